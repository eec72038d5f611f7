#include "casework/clause_parse.h"

#include "stafett/casework/judge.h"

namespace stafett::casework {
namespace {

using nlohmann::json;

auto malformed(const Place& place, std::string message) {
  return fail(ErrorCode::invalid_argument, place + ": " + message, place);
}

Result<Subjects> parse_subjects(const json& j, const Place& place, const Scope& scope) {
  Subjects s;
  using Kind = Subjects::Kind;
  if (j.is_object()) {
    STAFETT_TRY(only_members(j, place, {"each", "minors", "adults"}));
    if (!j.contains("each")) return malformed(place, "needs \"each\": a path to persons");
    s.kind = Kind::each;
    STAFETT_TRY(
        one_or_many(j["each"], place + ".each", [&](const json& one, const Place& here) -> Result<void> {
          STAFETT_TRY(auto path, path_at(one, here, scope.trigger, scope));
          s.paths.push_back(std::move(path));
          return ok();
        }));
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

// {"name": path of the trigger, or several} or {"name": {"event", "where", …, "value": path of that event}}
// or
// {"name": {"is": "text"}}
Result<void> parse_splits(const json& j, const Place& place, const Scope& scope, std::vector<Split>& out) {
  if (!j.is_object()) return malformed(place, "an object from names to paths belongs here");
  for (auto& [name, value] : j.items()) {
    auto here = place + "." + name;
    Split split;
    split.name = name;
    if (dimension_from(name)) return malformed(here, "every instance has that dimension already");
    if (value.is_object() && value.contains("is")) {
      STAFETT_TRY(only_members(value, here, {"is"}));
      if (!value["is"].is_string()) return malformed(here + ".is", "a text belongs here");
      split.constant = value["is"].get<std::string>();
    } else if (value.is_object()) {
      auto requirement = value;
      requirement.erase("value");
      if (!value.contains("value")) return malformed(here, "needs \"value\": a path of the event");
      STAFETT_TRY(auto last, parse_requirement(requirement, here, scope));
      STAFETT_TRY(auto path, path_at(value["value"], here + ".value", last.event.types, scope));
      split.last = std::move(last);
      split.paths.push_back(std::move(path));
    } else {
      STAFETT_TRY(one_or_many(value, here, [&](const json& one, const Place& at) -> Result<void> {
        STAFETT_TRY(auto path, path_at(one, at, scope.trigger, scope));
        split.paths.push_back(std::move(path));
        return ok();
      }));
    }
    out.push_back(std::move(split));
  }
  return ok();
}

// What an indicator measures on each trigger: a number to add up, or values to cover.
Result<void> parse_measures(const json& j, const Place& place, const Scope& scope, Clause& clause) {
  if (j.contains("measure")) {
    STAFETT_TRY(auto path, path_at(j["measure"], place + ".measure", scope.trigger, scope));
    using event::FieldForm;
    if (path.form() != FieldForm::u8 && path.form() != FieldForm::u16 && path.form() != FieldForm::u32)
      return malformed(place + ".measure", "a field with a whole number belongs here");
    clause.measure = std::move(path);
  }
  if (j.contains("covers")) {
    STAFETT_TRY(
        one_or_many(j["covers"], place + ".covers", [&](const json& one, const Place& here) -> Result<void> {
          STAFETT_TRY(auto path, path_at(one, here, scope.trigger, scope));
          clause.covers.push_back(std::move(path));
          return ok();
        }));
    if (clause.covers.empty() || clause.covers.size() > 2)
      return malformed(place + ".covers", "one path, or a pair of them, belongs here");
  }
  return ok();
}

}  // namespace

Result<std::shared_ptr<const Clause>> parse_clause(const json& j, const Place& place,
                                                   const std::string& rule) {
  STAFETT_TRY(only_members(
      j, place, {"part",    "when",       "while",    "shared",   "calendar", "birthday", "once",
                 "for",     "given",      "notGiven", "gone",     "must",     "own",      "within",
                 "warn",    "waive",      "waiveIf",  "extend",   "breach",   "blocked",  "missed",
                 "onClose", "answerable", "dossier",  "concerns", "split",    "measure",  "covers"}));
  auto clause = std::make_shared<Clause>();
  clause->rule = rule;
  clause->part = j.value("part", "");
  STAFETT_TRY(auto trigger, parse_trigger(j, place));
  clause->trigger = std::move(trigger);
  Scope scope;
  if (clause->trigger.event) scope.trigger = clause->trigger.event->types;
  if (clause->trigger.kind == Trigger::Kind::once) {  // the first document, forum or role of the municipality
    STAFETT_TRY(auto types,
                parse_event_types({"SteeringDocumentAdopted", "ForumEstablished", "RoleAppointed"}, place));
    scope.trigger = types;
  }
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
  if (j.contains("gone")) {
    STAFETT_TRY(
        one_or_many(j["gone"], place + ".gone", [&](const json& one, const Place& here) -> Result<void> {
          STAFETT_TRY(only_members(one, here, {"event", "where", "in", "validNow"}));
          STAFETT_TRY(auto event, parse_event_pattern(one, here, scope));
          clause->gone.push_back(std::move(event));
          return ok();
        }));
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
  if (j.contains("blocked")) {
    STAFETT_TRY(parse_exceptions(j["blocked"], place + ".blocked", scope, clause->blocked));
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
  if (j.contains("dossier")) {
    using Dossier = Clause::Dossier;
    if (j["dossier"] != "own" && j["dossier"] != "unit" && j["dossier"] != "municipality")
      return malformed(place + ".dossier", "\"own\", \"unit\" or \"municipality\" belongs here");
    clause->dossier = j["dossier"] == "own"    ? Dossier::own
                      : j["dossier"] == "unit" ? Dossier::unit
                                               : Dossier::municipality;
  }
  if (clause->trigger.kind == Trigger::Kind::once && clause->dossier != Clause::Dossier::municipality)
    return malformed(place + ".dossier", "what falls due on a date needs \"municipality\"");
  if (j.contains("concerns")) {
    STAFETT_TRY(auto concerns, parse_subjects(j["concerns"], place + ".concerns", scope));
    clause->concerns = std::move(concerns);
  }
  if (j.contains("split")) {
    STAFETT_TRY(parse_splits(j["split"], place + ".split", scope, clause->splits));
  }
  STAFETT_TRY(parse_measures(j, place, scope, *clause));
  return std::shared_ptr<const Clause>(std::move(clause));
}

TypeSet Clause::trigger_types() const { return trigger.event ? trigger.event->types : TypeSet{}; }

}  // namespace stafett::casework
