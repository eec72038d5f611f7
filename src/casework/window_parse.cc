#include <nlohmann/json.hpp>

#include "casework/clause_parse.h"

namespace stafett::casework {
namespace {

using nlohmann::json;

auto malformed(const Place& place, std::string message) {
  return fail(ErrorCode::invalid_argument, place + ": " + message, place);
}

}  // namespace

Result<Date> date_member(const json& j, const Place& place) {
  auto date = j.is_string() ? parse_date(j.get<std::string>())
                            : Result<Date>(fail(ErrorCode::invalid_argument, "a date belongs here"));
  if (!date) return fail(at_place(date.error(), place));
  return date.value();
}

Result<Window> parse_window(const json& j, const Place& place, const Scope& scope) {
  Window w;
  using Kind = Window::Kind;
  if (j == "atOnce" || j == "before") {
    w.kind = j == "before" ? Kind::before : Kind::at_once;
    return w;
  }
  if (!j.is_object() || j.empty()) return malformed(place, "a window such as {\"days\": 14} belongs here");
  static const std::pair<std::string_view, Kind> counted[] = {{"days", Kind::days},
                                                              {"months", Kind::months},
                                                              {"workingDays", Kind::working_days},
                                                              {"hours", Kind::hours},
                                                              {"periodEnd", Kind::period_end}};
  for (auto& [name, kind] : counted)
    if (j.contains(name)) {
      STAFETT_TRY(only_members(j, place, {name}));
      STAFETT_TRY(auto n, whole_number(j.at(std::string(name)), place + "." + std::string(name)));
      w.kind = kind;
      w.n = n;
      if (kind == Kind::period_end && !scope.has_period)
        return malformed(place, "this rule has no calendar period");
      return w;
    }
  for (auto& [name, kind] : {std::pair{"endOf", Kind::end_of}, std::pair{"startOf", Kind::start_of}})
    if (j.contains(name)) {
      STAFETT_TRY(only_members(j, place, {name}));
      STAFETT_TRY(auto path, path_at(j[name], place + "." + name, scope.trigger, scope));
      if (path.form() != event::FieldForm::date && path.form() != event::FieldForm::instant)
        return malformed(place + "." + name, "a field with a date belongs here");
      w.kind = kind;
      w.field = std::move(path);
      return w;
    }
  if (j.contains("date")) {
    STAFETT_TRY(only_members(j, place, {"date"}));
    STAFETT_TRY(auto date, date_member(j["date"], place + ".date"));
    w.kind = Kind::on_date;
    w.named_date = date;
    return w;
  }
  if (j.contains("until")) {
    STAFETT_TRY(only_members(j, place, {"until"}));
    STAFETT_TRY(auto event, parse_event_pattern(j["until"], place + ".until", scope));
    w.kind = Kind::until;
    w.event = std::move(event);
    return w;
  }
  if (j.contains("firstOf")) {
    STAFETT_TRY(only_members(j, place, {"firstOf"}));
    w.kind = Kind::first_of;
    STAFETT_TRY(one_or_many(j["firstOf"], place + ".firstOf",
                            [&](const json& part, const Place& here) -> Result<void> {
                              STAFETT_TRY(auto window, parse_window(part, here, scope));
                              w.parts.push_back(std::move(window));
                              return ok();
                            }));
    return w;
  }
  if (j.contains("if")) {
    STAFETT_TRY(only_members(j, place, {"if", "then", "else"}));
    if (!j.contains("then")) return malformed(place, "\"if\" needs \"then\"");
    STAFETT_TRY(auto condition, parse_pattern(j["if"], place + ".if", scope.trigger, scope));
    w.kind = Kind::choice;
    w.condition = std::move(condition);
    STAFETT_TRY(auto then, parse_window(j["then"], place + ".then", scope));
    w.parts.push_back(std::move(then));
    Window otherwise;
    if (j.contains("else")) {
      STAFETT_TRY(auto parsed, parse_window(j["else"], place + ".else", scope));
      otherwise = std::move(parsed);
    }
    w.parts.push_back(std::move(otherwise));
    return w;
  }
  return malformed(place,
                   "not a window (days, months, workingDays, hours, endOf, startOf, date, until, periodEnd, "
                   "firstOf, if, \"atOnce\", \"before\")");
}

}  // namespace stafett::casework
