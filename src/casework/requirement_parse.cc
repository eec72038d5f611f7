#include <nlohmann/json.hpp>

#include "casework/clause_parse.h"

namespace stafett::casework {
namespace {

using nlohmann::json;

auto malformed(const Place& place, std::string message) {
  return fail(ErrorCode::invalid_argument, place + ": " + message, place);
}

}  // namespace

Result<Requirement> parse_requirement(const json& j, const Place& place, const Scope& scope) {
  STAFETT_TRY(
      only_members(j, place, {"event", "where", "in", "count", "since", "unless", "validTo", "validNow"}));
  Requirement r;
  STAFETT_TRY(auto event, parse_event_pattern(j, place, scope));
  r.event = std::move(event);
  if (j.contains("since")) {
    using Since = Requirement::Since;
    if (j["since"] == "period" && !scope.has_period)
      return malformed(place + ".since", "this rule has no calendar period");
    if (j["since"].is_object()) {
      auto here = place + ".since";
      STAFETT_TRY(only_members(j["since"], here, {"days", "months"}));
      if (j["since"].size() != 1) return malformed(here, "{\"days\": n} or {\"months\": n} belongs here");
      r.since = Since::recent;
      for (auto& [name, n] : {std::pair{"days", &r.recent_days}, std::pair{"months", &r.recent_months}})
        if (j["since"].contains(name)) {
          STAFETT_TRY(auto count, whole_number(j["since"][name], here + "." + name));
          *n = count;
        }
    } else if (j["since"] != "ever" && j["since"] != "trigger" && j["since"] != "period")
      return malformed(place + ".since",
                       "\"trigger\", \"ever\", \"period\", {\"days\": n} or {\"months\": n} belongs here");
    else
      r.since = j["since"] == "ever" ? Since::ever : j["since"] == "period" ? Since::period : Since::trigger;
  }
  if (j.contains("count")) {
    STAFETT_TRY(
        one_or_many(j["count"], place + ".count", [&](const json& n, const Place& here) -> Result<void> {
          STAFETT_TRY(auto operand, parse_operand(n, here, nullptr, scope));
          r.count.push_back(std::move(operand));
          return ok();
        }));
  }
  auto inner = scope;
  inner.match = r.event.types;
  if (j.contains("unless")) {
    STAFETT_TRY(
        one_or_many(j["unless"], place + ".unless", [&](const json& u, const Place& here) -> Result<void> {
          STAFETT_TRY(auto undone, parse_event_pattern(u, here, inner));
          r.unless.push_back(std::move(undone));
          return ok();
        }));
  }
  if (j.contains("validTo")) {
    STAFETT_TRY(auto path, path_at(j["validTo"], place + ".validTo", r.event.types, inner));
    r.valid_to = std::move(path);
  }
  return r;
}

Result<void> parse_requirements(const json& j, const Place& place, const Scope& scope,
                                std::vector<Requirement>& out) {
  return one_or_many(j, place, [&](const json& one, const Place& here) -> Result<void> {
    STAFETT_TRY(auto r, parse_requirement(one, here, scope));
    out.push_back(std::move(r));
    return ok();
  });
}

Result<void> parse_exceptions(const json& j, const Place& place, const Scope& scope,
                              std::vector<Exception>& out) {
  return one_or_many(j, place, [&](const json& one, const Place& here) -> Result<void> {
    STAFETT_TRY(only_members(one, here, {"event", "where", "in", "until", "to", "anyTime", "validNow"}));
    Exception e;
    STAFETT_TRY(auto event, parse_event_pattern(one, here, scope));
    e.event = std::move(event);
    auto inner = scope;
    inner.trigger = e.event.types;  // the window of an exception counts from the exception's own event
    for (auto name : {"until", "to"})
      if (one.contains(name)) {
        STAFETT_TRY(auto window, parse_window(one[name], here + "." + name, inner));
        e.until = std::move(window);
      }
    e.any_time = one.value("anyTime", false);
    out.push_back(std::move(e));
    return ok();
  });
}

}  // namespace stafett::casework
