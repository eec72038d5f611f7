#include <nlohmann/json.hpp>

#include "casework/clause_parse.h"

namespace stafett::casework {
namespace {

using nlohmann::json;

auto malformed(const Place& place, std::string message) {
  return fail(ErrorCode::invalid_argument, place + ": " + message, place);
}

}  // namespace

Result<Trigger> parse_trigger(const json& j, const Place& place) {
  Trigger t;
  Scope none;
  int kinds = 0;
  for (auto name : {"when", "while", "shared", "calendar", "birthday", "once"}) kinds += j.contains(name);
  if (kinds != 1)
    return malformed(place, std::string(kinds == 0 ? "needs" : "has more than") +
                                " one of \"when\", \"while\", \"shared\", \"calendar\", \"birthday\" and "
                                "\"once\"");
  if (j.contains("when")) {
    auto& when = j["when"];
    auto here = place + ".when";
    STAFETT_TRY(only_members(when, here, {"event", "where", "first", "perCase", "perChild", "validNow"}));
    t.kind = Trigger::Kind::event;
    STAFETT_TRY(auto event, parse_event_pattern(when, here, none));
    t.event = std::move(event);
    if (when.contains("first") && when["first"].is_string()) {
      STAFETT_TRY(auto path, path_at(when["first"], here + ".first", t.event->types, none));
      t.first_of = std::move(path);
      t.first = true;
    } else {
      t.first = when.value("first", false);
    }
    if (when.contains("perCase")) {
      STAFETT_TRY(auto path, path_at(when["perCase"], here + ".perCase", t.event->types, none));
      t.per_case = std::move(path);
    }
    if (when.contains("perChild")) {
      STAFETT_TRY(one_or_many(when["perChild"], here + ".perChild",
                              [&](const nlohmann::json& one, const Place& at) -> Result<void> {
                                STAFETT_TRY(auto path, path_at(one, at, t.event->types, none));
                                t.per_child.push_back(std::move(path));
                                return ok();
                              }));
    }
  } else if (j.contains("while")) {
    auto& state = j["while"];
    auto here = place + ".while";
    STAFETT_TRY(only_members(state, here, {"from", "to", "repeated", "onlyMissed", "onlyLast", "inForce"}));
    if (!state.contains("from") || !state.contains("to")) return malformed(here, "needs \"from\" and \"to\"");
    t.kind = Trigger::Kind::interval;
    STAFETT_TRY(auto from, parse_event_pattern(state["from"], here + ".from", none));
    t.event = std::move(from);
    Scope begun{t.event->types, {}, false};
    STAFETT_TRY(auto to, parse_event_pattern(state["to"], here + ".to", begun));
    t.end = std::move(to);
    t.end_in_common = state["to"].dump().find("$trigger") == std::string::npos;
    t.repeated = state.value("repeated", false);
    t.only_missed = state.value("onlyMissed", false);
    t.only_last = state.value("onlyLast", false);
    if (state.contains("inForce")) {
      auto& f = state["inForce"];
      STAFETT_TRY(only_members(f, here + ".inForce", {"event", "where", "in", "until"}));
      STAFETT_TRY(auto in_force, parse_event_pattern(f, here + ".inForce", begun));
      t.in_force = std::move(in_force);
      if (f.contains("until")) {
        STAFETT_TRY(auto path, path_at(f["until"], here + ".inForce.until", t.in_force->types, begun));
        t.in_force_until = std::move(path);
      }
    }
  } else if (j.contains("shared")) {
    auto& shared = j["shared"];
    auto here = place + ".shared";
    STAFETT_TRY(only_members(shared, here, {"units", "kinds", "repeated"}));
    t.kind = Trigger::Kind::shared;
    if (shared.contains("units")) {
      STAFETT_TRY(auto n, whole_number(shared["units"], here + ".units"));
      t.units = static_cast<std::size_t>(n);
    }
    if (shared.contains("kinds")) {
      STAFETT_TRY(
          one_or_many(shared["kinds"], here + ".kinds", [&](const json& k, const Place& at) -> Result<void> {
            if (!k.is_string()) return malformed(at, "a unit kind belongs here");
            t.kinds.push_back(k.get<std::string>());
            return ok();
          }));
    }
    t.repeated = shared.value("repeated", false);
  } else if (j.contains("calendar")) {
    auto& calendar = j["calendar"];
    auto here = place + ".calendar";
    STAFETT_TRY(only_members(calendar, here, {"each", "of", "from", "to"}));
    if (calendar.value("each", "") != "year" && calendar.value("each", "") != "term")
      return malformed(here + ".each", "\"year\" or \"term\" belongs here");
    if (!calendar.contains("of")) return malformed(here, "needs \"of\": the event that says what it is for");
    t.kind = Trigger::Kind::calendar;
    t.each = calendar["each"] == "year" ? Trigger::Each::year : Trigger::Each::term;
    STAFETT_TRY(auto of, parse_event_pattern(calendar["of"], here + ".of", none));
    t.event = std::move(of);
    for (auto& [name, path] : {std::pair{"from", &t.valid_from}, std::pair{"to", &t.valid_to}})
      if (calendar.contains(name)) {
        STAFETT_TRY(auto p, path_at(calendar[name], here + "." + name, t.event->types, none));
        *path = std::move(p);
      }
  } else if (j.contains("birthday")) {
    auto& birthday = j["birthday"];
    auto here = place + ".birthday";
    STAFETT_TRY(only_members(birthday, here, {"age", "of"}));
    if (!birthday.contains("age") || !birthday.contains("of"))
      return malformed(here, "needs \"age\" and \"of\": the event that opens the case");
    t.kind = Trigger::Kind::birthday;
    STAFETT_TRY(auto age, whole_number(birthday["age"], here + ".age"));
    t.age = age;
    STAFETT_TRY(auto of, parse_event_pattern(birthday["of"], here + ".of", none));
    t.event = std::move(of);
  } else {
    STAFETT_TRY(only_members(j["once"], place + ".once", {"on"}));
    if (!j["once"].contains("on")) return malformed(place + ".once", "needs \"on\": a date");
    STAFETT_TRY(auto date, date_member(j["once"]["on"], place + ".once.on"));
    t.kind = Trigger::Kind::once;
    t.date = date;
  }
  return t;
}

}  // namespace stafett::casework
