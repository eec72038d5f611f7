#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "casework/clause.h"

namespace stafett::casework {
namespace {

using nlohmann::json;

constexpr Date always_from{-1000000}, always_to{1000000000};

auto malformed(const Place& place, std::string message) {
  return fail(ErrorCode::invalid_argument, place + ": " + message, place);
}

Result<std::string> text_at(const json& j, const char* name, const Place& place, bool required) {
  auto here = place.empty() ? std::string(name) : place + "." + name;
  if (!j.contains(name)) {
    if (required) return malformed(here, "missing");
    return std::string{};
  }
  if (!j[name].is_string()) return malformed(here, "a text belongs here");
  return j[name].get<std::string>();
}

Result<event::Label> label_at(const json& j, const char* name, const Place& place, bool required) {
  event::Label label;
  auto here = place + "." + name;
  if (!j.contains(name)) {
    if (required) return malformed(here, "missing: a text in each language, {\"en\": …, \"sv\": …}");
    return label;
  }
  STAFETT_TRY(only_members(j[name], here, {"en", "sv"}));
  STAFETT_TRY(auto en, text_at(j[name], "en", here, true));
  STAFETT_TRY(auto sv, text_at(j[name], "sv", here, true));
  label.english = en;
  label.swedish = sv;
  return label;
}

// One text serves both languages where it is no more than a name.
Result<event::Label> label_or_text_at(const json& j, const char* name, const Place& place) {
  if (!j.contains(name) || !j[name].is_string()) return label_at(j, name, place, false);
  auto text = j[name].get<std::string>();
  return event::Label{text, text};
}

Result<Date> date_at(const json& j, const char* name, const Place& place, Date otherwise) {
  if (!j.contains(name)) return otherwise;
  auto date = j[name].is_string() ? parse_date(j[name].get<std::string>())
                                  : Result<Date>(fail(ErrorCode::invalid_argument, "a date belongs here"));
  if (!date) return fail(at_place(date.error(), place.empty() ? name : place + "." + name));
  return date.value();
}

Result<Severity> severity_at(const json& j, const Place& place) {
  STAFETT_TRY(auto text, text_at(j, "severity", place, true));
  for (auto s : {Severity::must, Severity::should, Severity::agreed, Severity::advisory, Severity::system})
    if (to_string(s) == text) return s;
  return malformed(place + ".severity", "not one of must, should, agreed, advisory, system");
}

Result<Rule> parse_rule(const json& j, const Place& place) {
  STAFETT_TRY(only_members(
      j, place, {"id", "severity", "name", "overdue", "limit", "source", "legalRefs", "inForce", "clauses"}));
  Rule rule;
  STAFETT_TRY(auto id, text_at(j, "id", place, true));
  rule.id = id;
  STAFETT_TRY(auto severity, severity_at(j, place));
  rule.severity = severity;
  STAFETT_TRY(auto name, label_at(j, "name", place, true));
  rule.name = name;
  STAFETT_TRY(auto overdue, label_at(j, "overdue", place, false));
  rule.overdue = overdue;
  STAFETT_TRY(auto limit, label_or_text_at(j, "limit", place));
  rule.limit = limit;
  STAFETT_TRY(auto source, text_at(j, "source", place, false));
  rule.source = source;
  const json refs = j.value("legalRefs", json::array());
  for (std::size_t i = 0; i < refs.size(); ++i) {
    auto here = place + ".legalRefs[" + std::to_string(i) + "]";
    STAFETT_TRY(only_members(refs[i], here, {"act", "section", "from", "to", "verified"}));
    LegalReference ref;
    STAFETT_TRY(auto act, text_at(refs[i], "act", here, true));
    ref.act = act;
    STAFETT_TRY(auto section, text_at(refs[i], "section", here, false));
    ref.section = section;
    ref.text = section.empty() ? act : act + " " + section;
    STAFETT_TRY(auto from, date_at(refs[i], "from", here, always_from));
    ref.from = from;
    STAFETT_TRY(auto to, date_at(refs[i], "to", here, always_to));
    ref.to = to;
    ref.verified = refs[i].value("verified", false);
    rule.legal_refs.push_back(ref);
  }
  const json in_force = j.value("inForce", json::object());
  STAFETT_TRY(only_members(in_force, place + ".inForce", {"from", "to"}));
  STAFETT_TRY(auto from, date_at(in_force, "from", place + ".inForce", always_from));
  rule.from = from;
  STAFETT_TRY(auto to, date_at(in_force, "to", place + ".inForce", always_to));
  rule.to = to;
  if (!j.contains("clauses") || !j["clauses"].is_array() || j["clauses"].empty())
    return malformed(place + ".clauses", "a list with at least one clause belongs here");
  for (std::size_t i = 0; i < j["clauses"].size(); ++i) {
    auto here = place + ".clauses[" + std::to_string(i) + "]";
    STAFETT_TRY(auto clause, parse_clause(j["clauses"][i], here, rule.id));
    if (clause->must.empty() && !clause->own && !clause->trigger.in_force)
      return malformed(here + ".must",
                       "missing: what has to happen (or \"own\": what the trigger has to say)");
    rule.clauses.push_back(std::move(clause));
  }
  return rule;
}

// What publishing has to know beside the figures.
Result<void> disclosure_members(Indicator& indicator, const json& j, const Place& place) {
  if (j.contains("smallest")) {
    auto& smallest = j["smallest"];
    constexpr std::uint32_t smallest_max = 1'000'000;
    if (!smallest.is_number_unsigned() || smallest.get<std::uint64_t>() > smallest_max)
      return malformed(place + ".smallest", "not a whole number up to 1000000");
    indicator.smallest = smallest.get<std::uint32_t>();
  }
  if (j.contains("partOf")) {
    auto& ids = j["partOf"];
    if (!ids.is_array() || !std::all_of(ids.begin(), ids.end(), [](auto& id) { return id.is_string(); }))
      return malformed(place + ".partOf", "not a list of indicators");
    for (auto& id : ids) indicator.part_of.push_back(id.template get<std::string>());
  }
  return ok();
}

Result<Indicator> parse_indicator(const json& j, const Place& place) {
  STAFETT_TRY(only_members(j, place,
                           {"id", "name", "unitOfCount", "basis", "source", "show", "over", "of", "numerator",
                            "distinct", "timed", "ripe", "cohort", "among", "smallest", "partOf"}));
  Indicator indicator;
  STAFETT_TRY(auto id, text_at(j, "id", place, true));
  indicator.id = id;
  STAFETT_TRY(auto name, label_at(j, "name", place, true));
  indicator.name = name;
  STAFETT_TRY(auto unit, label_or_text_at(j, "unitOfCount", place));
  indicator.unit_of_count = unit;
  STAFETT_TRY(auto basis, text_at(j, "basis", place, true));
  if (basis != "trigger" && basis != "completion" && basis != "calendar" && basis != "as-of")
    return malformed(place + ".basis", "not one of trigger, completion, calendar, as-of");
  indicator.basis = basis;
  STAFETT_TRY(auto source, text_at(j, "source", place, false));
  indicator.source = source;
  STAFETT_TRY(auto tally, parse_tally(j, place, indicator.id));
  indicator.tally = std::move(tally);
  STAFETT_TRY(disclosure_members(indicator, j, place));
  return indicator;
}

// {"like": {"rule", "part"}, …}: the clause is triggered as that rule's clause is, and for the same persons.
Result<json> like_clause(const json& clause, const json& rules, const Place& place) {
  if (!clause.is_object() || !clause.contains("like")) return clause;
  auto& like = clause["like"];
  STAFETT_TRY(only_members(like, place + ".like", {"rule", "part"}));
  for (auto& rule : rules)
    for (auto& model : rule.value("clauses", json::array()))
      if (rule.value("id", json()) == like.value("rule", json()) &&
          (!like.contains("part") || model.value("part", json()) == like["part"])) {
        auto whole = clause;
        whole.erase("like");
        for (auto name : {"when", "while", "shared", "calendar", "birthday", "for", "given", "notGiven",
                          "gone", "waiveIf", "dossier", "split"})
          if (model.contains(name) && !whole.contains(name)) whole[name] = model[name];
        return whole;
      }
  return malformed(place + ".like", "this set has no such rule and part");
}

Result<json> with_likeness(const json& indicator, const json& rules, const Place& place) {
  auto whole = indicator;
  if (!whole.is_object() || !whole.contains("over")) return whole;
  auto& over = whole["over"];
  if (!over.is_array()) {
    STAFETT_TRY(auto one, like_clause(over, rules, place + ".over"));
    over = std::move(one);
    return whole;
  }
  for (std::size_t i = 0; i < over.size(); ++i) {
    STAFETT_TRY(auto one, like_clause(over[i], rules, place + ".over[" + std::to_string(i) + "]"));
    over[i] = std::move(one);
  }
  return whole;
}

// Every id an indicator counts over must exist, here or in what is in force already.
Result<void> check_references(const RuleSet& set, const std::vector<std::string>& known) {
  std::set<std::string, std::less<>> ids(known.begin(), known.end());
  for (auto& r : set.rules) ids.insert(r.id);
  for (auto& i : set.indicators) ids.insert(i.id);
  for (std::size_t n = 0; n < set.indicators.size(); ++n) {
    auto place = "indicators[" + std::to_string(n) + "]";
    for (auto& over : set.indicators[n].tally->over)
      if (!over.own && over.recorded.empty() && !ids.contains(over.rule))
        return malformed(place + ".over", "there is no rule " + over.rule);
    for (auto& of : set.indicators[n].tally->of)
      if (!ids.contains(of) || of == set.indicators[n].id)
        return malformed(place + ".of", "there is no other indicator " + of);
    for (auto& whole : set.indicators[n].part_of)
      if (!ids.contains(whole) || whole == set.indicators[n].id)
        return malformed(place + ".partOf", "there is no other indicator " + whole);
  }
  return ok();
}

Result<RuleSet> parse_document(const json& j, const std::vector<std::string>& known) {
  STAFETT_TRY(only_members(j, "",
                           {"ruleSetId", "name", "inForceFrom", "inForceTo", "municipality", "replaces",
                            "appliesToOpen", "holidays", "rules", "indicators"}));
  RuleSet set;
  STAFETT_TRY(auto id, text_at(j, "ruleSetId", "", true));
  set.id = id;
  STAFETT_TRY(auto from, date_at(j, "inForceFrom", "", Date{always_to}));
  if (from == always_to) return malformed("inForceFrom", "missing: the date from which it is in force");
  set.in_force_from = from;
  STAFETT_TRY(auto to, date_at(j, "inForceTo", "", always_to));
  set.in_force_to = to;
  STAFETT_TRY(auto municipality, text_at(j, "municipality", "", false));
  set.municipality = municipality.empty() ? "0000" : municipality;
  if (set.municipality.size() != 4 || !std::all_of(set.municipality.begin(), set.municipality.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; }))
    return malformed("municipality", "a code of four digits belongs here");
  STAFETT_TRY(auto replaces, text_at(j, "replaces", "", false));
  set.replaces = replaces;
  set.applies_to_open = j.value("appliesToOpen", false);
  if (j.contains("name")) {
    STAFETT_TRY(auto name, label_at(j, "name", "", true));
    set.name = name;
  }
  const json holidays = j.value("holidays", json::array());
  for (std::size_t i = 0; i < holidays.size(); ++i) {
    auto date = holidays[i].is_string()
                    ? parse_date(holidays[i].get<std::string>())
                    : Result<Date>(fail(ErrorCode::invalid_argument, "a date belongs here"));
    if (!date) return fail(at_place(date.error(), "holidays[" + std::to_string(i) + "]"));
    set.holidays.push_back(date.value());
  }
  std::sort(set.holidays.begin(), set.holidays.end());
  std::set<std::string> seen;
  const json rules = j.value("rules", json::array());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto place = "rules[" + std::to_string(i) + "]";
    STAFETT_TRY(auto rule, parse_rule(rules[i], place));
    if (!seen.insert(rule.id).second) return malformed(place + ".id", "the id " + rule.id + " is used twice");
    set.rules.push_back(std::move(rule));
  }
  const json indicators = j.value("indicators", json::array());
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    auto place = "indicators[" + std::to_string(i) + "]";
    STAFETT_TRY(auto whole, with_likeness(indicators[i], rules, place));
    STAFETT_TRY(auto indicator, parse_indicator(whole, place));
    indicator.municipality = set.municipality;
    if (!seen.insert(indicator.id).second)
      return malformed(place + ".id", "the id " + indicator.id + " is used twice");
    set.indicators.push_back(std::move(indicator));
  }
  if (set.rules.empty() && set.indicators.empty())
    return malformed("rules", "a rule set has at least one rule or indicator");
  STAFETT_TRY(check_references(set, known));
  return set;
}

}  // namespace

Result<RuleSet> RuleSet::parse(std::string_view text, const std::vector<std::string>& known_rules) {
  try {
    return parse_document(json::parse(text), known_rules);
  } catch (const json::exception& e) {
    // The library's own prefix tells a reader nothing.
    std::string_view what = e.what();
    if (auto end = what.find("] "); what.starts_with('[') && end != std::string_view::npos)
      what.remove_prefix(end + 2);
    return fail(ErrorCode::invalid_argument, "not a rule set: " + std::string(what));
  }
}

}  // namespace stafett::casework
