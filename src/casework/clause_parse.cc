#include <nlohmann/json.hpp>

#include "casework/clause.h"

namespace stafett::casework {
namespace {

using nlohmann::json;

auto malformed(const Place& place, std::string message) {
  return fail(ErrorCode::invalid_argument, place + ": " + message, place);
}

Result<int> whole_number(const json& j, const Place& place) {
  if (!j.is_number_integer() || j.get<std::int64_t>() < 0 || j.get<std::int64_t>() > 100000)
    return malformed(place, "a whole number from 0 to 100000 belongs here");
  return j.get<int>();
}

Result<Path> path_at(const json& j, const Place& place, const TypeSet& types, const Scope& scope) {
  if (!j.is_string()) return malformed(place, "a path belongs here");
  auto path = Path::compile(j.get<std::string>(), types, scope);
  if (!path) return fail(at_place(path.error(), place));
  return std::move(path.value());
}

// Calls `each` for every element of a list, or for the value itself when it is no list.
template <class Each>
Result<void> one_or_many(const json& j, const Place& place, Each each) {
  if (!j.is_array()) return each(j, place);
  for (std::size_t i = 0; i < j.size(); ++i) {
    STAFETT_TRY(each(j[i], place + "[" + std::to_string(i) + "]"));
  }
  return ok();
}

Result<Window> parse_window(const json& j, const Place& place, const Scope& scope) {
  Window w;
  using Kind = Window::Kind;
  if (j == "atOnce") {
    w.kind = Kind::at_once;
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
                   "not a window (days, months, workingDays, hours, endOf, startOf, until, periodEnd, "
                   "firstOf, if, \"atOnce\")");
}

Result<Requirement> parse_requirement(const json& j, const Place& place, const Scope& scope) {
  STAFETT_TRY(only_members(j, place, {"event", "where", "in", "count", "since", "unless", "validTo"}));
  Requirement r;
  STAFETT_TRY(auto event, parse_event_pattern(j, place, scope));
  r.event = std::move(event);
  if (j.contains("since")) {
    using Since = Requirement::Since;
    if (j["since"] == "period" && !scope.has_period)
      return malformed(place + ".since", "this rule has no calendar period");
    if (j["since"] != "ever" && j["since"] != "trigger" && j["since"] != "period")
      return malformed(place + ".since", "\"trigger\", \"ever\" or \"period\" belongs here");
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
    STAFETT_TRY(only_members(one, here, {"event", "where", "in", "until", "to", "anyTime"}));
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

Result<Trigger> parse_trigger(const json& j, const Place& place) {
  Trigger t;
  Scope none;
  if (j.contains("when") + j.contains("while") + j.contains("shared") + j.contains("calendar") > 1)
    return malformed(place, "has more than one of \"when\", \"while\", \"shared\" and \"calendar\"");
  if (j.contains("when")) {
    auto& when = j["when"];
    auto here = place + ".when";
    STAFETT_TRY(only_members(when, here, {"event", "where", "first", "perCase"}));
    t.kind = Trigger::Kind::event;
    STAFETT_TRY(auto event, parse_event_pattern(when, here, none));
    t.event = std::move(event);
    t.first = when.value("first", false);
    if (when.contains("perCase")) {
      STAFETT_TRY(auto path, path_at(when["perCase"], here + ".perCase", t.event->types, none));
      t.per_case = std::move(path);
    }
  } else if (j.contains("while")) {
    auto& state = j["while"];
    auto here = place + ".while";
    STAFETT_TRY(only_members(state, here, {"from", "to", "repeated", "onlyMissed", "inForce"}));
    if (!state.contains("from") || !state.contains("to")) return malformed(here, "needs \"from\" and \"to\"");
    t.kind = Trigger::Kind::interval;
    STAFETT_TRY(auto from, parse_event_pattern(state["from"], here + ".from", none));
    t.event = std::move(from);
    Scope begun{t.event->types, {}, false};
    STAFETT_TRY(auto to, parse_event_pattern(state["to"], here + ".to", begun));
    t.end = std::move(to);
    t.repeated = state.value("repeated", false);
    t.only_missed = state.value("onlyMissed", false);
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
  } else {
    return malformed(place, "needs \"when\", \"while\", \"shared\" or \"calendar\"");
  }
  return t;
}

Result<Subjects> parse_subjects(const json& j, const Place& place, const Scope& scope) {
  Subjects s;
  using Kind = Subjects::Kind;
  if (j.is_object()) {
    STAFETT_TRY(only_members(j, place, {"each", "minors", "adults"}));
    if (!j.contains("each")) return malformed(place, "needs \"each\": a path to persons");
    STAFETT_TRY(auto path, path_at(j["each"], place + ".each", scope.trigger, scope));
    s.kind = Kind::each;
    s.path = std::move(path);
    s.minors_only = j.value("minors", false);
    s.adults_only = j.value("adults", false);
    return s;
  }
  static const std::pair<const char*, Kind> names[] = {
      {"caseSubject", Kind::case_subject},   {"child", Kind::child},
      {"guardians", Kind::guardians},        {"affectedChildren", Kind::affected_children},
      {"caseChildren", Kind::case_children}, {"minorVictims", Kind::minor_victims},
      {"otherMinors", Kind::other_minors},   {"stream", Kind::stream},
  };
  for (auto& [name, kind] : names)
    if (j == name) {
      s.kind = kind;
      return s;
    }
  return malformed(place, j.dump() +
                              " is not one of caseSubject, child, guardians, affectedChildren, caseChildren, "
                              "minorVictims, otherMinors, stream, {\"each\": path}");
}

}  // namespace

Result<std::shared_ptr<const Clause>> parse_clause(const json& j, const Place& place,
                                                   const std::string& rule) {
  STAFETT_TRY(only_members(
      j, place,
      {"part", "when", "while", "shared", "calendar", "for", "given", "notGiven", "must", "own", "within",
       "warn", "waive", "waiveIf", "extend", "breach", "missed", "onClose", "answerable"}));
  auto clause = std::make_shared<Clause>();
  clause->rule = rule;
  clause->part = j.value("part", "");
  STAFETT_TRY(auto trigger, parse_trigger(j, place));
  clause->trigger = std::move(trigger);
  Scope scope;
  if (clause->trigger.event) scope.trigger = clause->trigger.event->types;
  scope.has_period = clause->trigger.kind == Trigger::Kind::calendar;
  if (clause->trigger.kind == Trigger::Kind::shared) {
    STAFETT_TRY(auto types,
                parse_event_types({"CaseOpened", "ResponsibilityAssigned", "MutualUpdateGiven"}, place));
    scope.trigger = types;
  }
  if (j.contains("for")) {
    STAFETT_TRY(auto subjects, parse_subjects(j["for"], place + ".for", scope));
    clause->subjects = std::move(subjects);
  }
  if (j.contains("given")) {
    STAFETT_TRY(parse_requirements(j["given"], place + ".given", scope, clause->given));
  }
  if (j.contains("notGiven")) {
    STAFETT_TRY(parse_requirements(j["notGiven"], place + ".notGiven", scope, clause->not_given));
  }
  if (j.contains("must")) {
    STAFETT_TRY(parse_requirements(j["must"], place + ".must", scope, clause->must));
  }
  if (j.contains("own")) {
    STAFETT_TRY(auto own, parse_pattern(j["own"], place + ".own", scope.trigger, scope));
    clause->own = std::move(own);
    clause->within.kind = Window::Kind::at_once;
  }
  if (j.contains("within")) {
    STAFETT_TRY(auto window, parse_window(j["within"], place + ".within", scope));
    clause->within = std::move(window);
  }
  if (j.contains("warn")) {
    auto& warn = j["warn"];
    if (warn.is_object() && warn.contains("daysBefore")) {
      STAFETT_TRY(only_members(warn, place + ".warn", {"daysBefore"}));
      STAFETT_TRY(auto n, whole_number(warn["daysBefore"], place + ".warn.daysBefore"));
      clause->warn_days_before = n;
    } else {
      STAFETT_TRY(auto window, parse_window(warn, place + ".warn", scope));
      clause->warn = std::move(window);
    }
  }
  if (j.contains("waive")) {
    STAFETT_TRY(parse_exceptions(j["waive"], place + ".waive", scope, clause->waive));
  }
  if (j.contains("extend")) {
    STAFETT_TRY(parse_exceptions(j["extend"], place + ".extend", scope, clause->extend));
  }
  if (j.contains("breach")) {
    STAFETT_TRY(parse_exceptions(j["breach"], place + ".breach", scope, clause->breach));
  }
  if (j.contains("waiveIf")) {
    STAFETT_TRY(auto pattern, parse_pattern(j["waiveIf"], place + ".waiveIf", scope.trigger, scope));
    clause->waive_if = std::move(pattern);
  }
  if (j.contains("missed")) {
    if (j["missed"] != "breached" && j["missed"] != "overdue")
      return malformed(place + ".missed", "\"breached\" or \"overdue\" belongs here");
    clause->missed_is_breach = j["missed"] == "breached";
  }
  if (j.contains("onClose")) {
    if (j["onClose"] != "waive" && j["onClose"] != "keep")
      return malformed(place + ".onClose", "\"waive\" or \"keep\" belongs here");
    clause->close_waives = j["onClose"] == "waive";
  }
  if (j.contains("answerable")) {
    STAFETT_TRY(auto path, path_at(j["answerable"], place + ".answerable", scope.trigger, scope));
    clause->answerable = std::move(path);
  }
  return std::shared_ptr<const Clause>(std::move(clause));
}

Result<std::shared_ptr<const Tally>> parse_tally(const json& j, const Place& place, const std::string& id) {
  auto tally = std::make_shared<Tally>();
  using Show = Tally::Show;
  static const std::pair<const char*, Show> shows[] = {
      {"share", Show::share}, {"count", Show::count}, {"held", Show::held}, {"days", Show::days},
      {"mean", Show::mean},   {"all", Show::all},     {"list", Show::list}};
  auto show = std::find_if(std::begin(shows), std::end(shows),
                           [&](auto& s) { return j.value("show", "share") == s.first; });
  if (show == std::end(shows))
    return malformed(place + ".show", "not one of share, count, held, days, mean, all, list");
  tally->show = show->second;
  bool composite = tally->show == Show::mean || tally->show == Show::all;
  if (composite != j.contains("of") || composite == j.contains("over"))
    return malformed(
        place, composite ? "needs \"of\": the indicators it is made of" : "needs \"over\": what it counts");
  if (composite) {
    STAFETT_TRY(one_or_many(j["of"], place + ".of", [&](const json& part, const Place& here) -> Result<void> {
      if (!part.is_string()) return malformed(here, "the id of an indicator belongs here");
      tally->of.push_back(part.get<std::string>());
      return ok();
    }));
  } else {
    STAFETT_TRY(
        one_or_many(j["over"], place + ".over", [&](const json& one, const Place& here) -> Result<void> {
          Tally::Over over;
          if (one.is_object() && one.contains("rule")) {
            STAFETT_TRY(only_members(one, here, {"rule", "part", "trigger"}));
            if (!one["rule"].is_string()) return malformed(here + ".rule", "the id of a rule belongs here");
            over.rule = one["rule"].get<std::string>();
            over.part = one.value("part", "");
            if (one.contains("trigger")) {
              STAFETT_TRY(auto types, parse_event_types(one["trigger"], here + ".trigger"));
              over.trigger = std::move(types);
            }
          } else {
            STAFETT_TRY(auto clause, parse_clause(one, here, id));
            over.own = std::move(clause);
          }
          tally->over.push_back(std::move(over));
          return ok();
        }));
  }
  if (j.contains("numerator")) {
    tally->numerator.clear();
    STAFETT_TRY(one_or_many(
        j["numerator"], place + ".numerator", [&](const json& s, const Place& here) -> Result<void> {
          auto state = s.is_string() ? state_from(s.get<std::string>()) : std::nullopt;
          if (!state)
            return malformed(here, "not one of open, fulfilled, fulfilledLate, overdue, waived, breached");
          tally->numerator.push_back(*state);
          return ok();
        }));
  }
  tally->timed = j.value("timed", false);
  tally->ripe = j.value("ripe", false);
  if (j.contains("distinct")) {
    tally->distinct = j["distinct"].is_string() ? j["distinct"].get<std::string>() : "";
    if (tally->distinct != "case" && tally->distinct != "subject" && tally->distinct != "stream")
      return malformed(place + ".distinct", "\"case\", \"subject\" or \"stream\" belongs here");
  }
  return std::shared_ptr<const Tally>(std::move(tally));
}

}  // namespace stafett::casework
