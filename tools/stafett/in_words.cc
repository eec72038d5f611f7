#include "stafett/in_words.h"

#include "stafett/answers_json.h"
#include "stafett/events_shown.h"
#include "stafett/swedish.h"

namespace stafett::tools {

std::string in_words(const Globals& globals, wire::State state) {
  switch (state) {
    case wire::State::open:
      return globals.say("open", "öppen");
    case wire::State::fulfilled:
      return globals.say("done in time", "gjord i tid");
    case wire::State::fulfilled_late:
      return globals.say("done late", "gjord för sent");
    case wire::State::overdue:
      return globals.say("OVERDUE", "FÖRSENAD");
    case wire::State::waived:
      return globals.say("waived", "bortfallen");
    case wire::State::breached:
      return globals.say("BREACHED", "BRUTEN");
  }
  return "";
}

std::string in_words(const Globals& globals, wire::Severity severity) {
  switch (severity) {
    case wire::Severity::must:
      return globals.say("must", "ska");
    case wire::Severity::should:
      return globals.say("should", "bör");
    case wire::Severity::agreed:
      return globals.say("agreed", "överenskommet");
    case wire::Severity::advisory:
      return globals.say("advisory", "råd");
    case wire::Severity::system:
      return globals.say("system", "system");
  }
  return "";
}

std::string due(const wire::Obligation& obligation) {
  if (!obligation.due_at) return "–";
  auto day = local_date(*obligation.due_at);
  if (start_of_day(day) == *obligation.due_at) return format_date(add_days(day, -1));
  return short_time(*obligation.due_at);
}

std::string severity_in_words(const Globals& globals, const std::string& name) {
  for (auto severity : {wire::Severity::must, wire::Severity::should, wire::Severity::agreed,
                        wire::Severity::advisory, wire::Severity::system})
    if (wire::to_string(severity) == name) return in_words(globals, severity);
  return name;
}

std::string in_words(const Globals& globals, const wire::Group& group) {
  bool english = globals.language == event::Language::english;
  std::string out;
  for (auto& [dimension, value] : group)
    out += (out.empty() ? "" : ", ") + (english ? dimension : swedish_dimension(dimension)) + ": " +
           (english ? value : swedish_group_value(dimension, value));
  return out;
}

std::string in_words(const Globals& globals, ErrorCode code) {
  return globals.language == event::Language::english ? std::string(to_string(code)) : swedish_code(code);
}

std::string standing_in_words(const Globals& globals, const std::string& standing) {
  if (standing == "counted") return globals.say("counted", "räknas");
  if (standing == "pending") return globals.say("pending", "pågår");
  if (standing == "waived") return globals.say("waived", "bortfaller");
  return standing;
}

void print_basis(const Globals& globals, const wire::Basis& basis) {
  std::printf("%s %s, %s %s, %llu %s\n", globals.say("As of", "Per"), short_time(basis.at).c_str(),
              globals.say("rule set", "regelverk"), basis.rule_set.c_str(),
              static_cast<unsigned long long>(basis.size.value), globals.say("events", "händelser"));
}

std::string case_word(const Globals& globals, const std::string& name) {
  static const std::map<std::string, const char*> swedish{{"child", "barn"},
                                                          {"adult", "vuxen"},
                                                          {"open", "öppet"},
                                                          {"closed", "avslutat"},
                                                          {"intake", "intag"},
                                                          {"investigating", "utredning"},
                                                          {"concluded", "utredning avslutad"},
                                                          {"measure", "insats"}};
  auto found = swedish.find(name);
  return globals.language == event::Language::swedish && found != swedish.end() ? found->second : name;
}

std::string outcome_in_words(const Globals& globals, const std::string& name) {
  for (auto& [type, field] : {std::pair{"InvestigationConcluded", "outcome"}, {"CaseClosed", "reason"}})
    for (auto& e : event::find_event_type(type)->field(field)->enumerators)
      if (e.name == name) return e.label.in(globals.language);
  return name;
}

Result<RuleNames> RuleNames::of(const Globals& globals, client::Connection& connection,
                                const wire::AsOf& as_of) {
  STAFETT_TRY(auto rules, connection.rules({as_of}));
  RuleNames out;
  for (auto& rule : rules.rules)
    out.names_.emplace(rule.rule_id,
                       globals.language == event::Language::swedish ? rule.name_sv : rule.name_en);
  return out;
}

void RuleNames::add_those_of(const Globals& globals, const std::string& definition) {
  auto set = Json::parse(definition, nullptr, false);
  for (auto list : {"rules", "indicators"}) {
    if (!set.is_object() || !set.contains(list)) continue;
    for (auto& one : set[list])
      names_.emplace(one.at("id").get<std::string>(),
                     one.at("name").value(globals.say("en", "sv"), std::string()));
  }
}

std::string RuleNames::of(const std::string& id) const {
  auto found = names_.find(id);
  return found == names_.end() || found->second.empty() ? id : found->second;
}

}  // namespace stafett::tools
