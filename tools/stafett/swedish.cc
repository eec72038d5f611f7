#include "stafett/swedish.h"

#include <map>

#include "stafett/event/catalogue.h"

namespace stafett::tools {
namespace {

using Words = std::map<std::string, std::string>;

std::string word(const Words& words, const std::string& name) {
  auto found = words.find(name);
  return found == words.end() ? name : found->second;
}

}  // namespace

std::string swedish_dimension(const std::string& dimension) {
  static const Words words{{"municipality", "kommun"},
                           {"district", "distrikt"},
                           {"unit", "enhet"},
                           {"unitKind", "enhetstyp"},
                           {"area", "verksamhetsområde"},
                           {"caseKind", "ärendetyp"},
                           {"ageBand", "åldersgrupp"},
                           {"gender", "kön"},
                           {"disability", "funktionsnedsättning"},
                           {"unaccompanied", "ensamkommande"},
                           {"placed", "placerad"},
                           {"violence", "våld"},
                           {"reporterKind", "anmälare"},
                           {"forum", "forum"},
                           {"period", "period"}};
  return word(words, dimension);
}

std::string swedish_group_value(const std::string& dimension, const std::string& value) {
  // Where the value comes from, and with it its label.
  static const std::map<std::string, const char*> events{{"area", "CaseOpened"},
                                                         {"caseKind", "CaseOpened"},
                                                         {"gender", "PersonRegistered"},
                                                         {"disability", "PersonRegistered"},
                                                         {"reporterKind", "ConcernReported"}};
  static const Words words{{"yes", "ja"}, {"no", "nej"}, {"unknown", "okänt"}};
  if (auto found = events.find(dimension); found != events.end()) {
    auto* type = event::find_event_type(found->second);
    auto* field = type ? type->field(dimension) : nullptr;
    if (field)
      for (auto& e : field->enumerators)
        if (e.name == value) return e.label.swedish;
  }
  // Ids of units, districts and forums are names that people gave: "no" would be one of them.
  bool named = dimension == "unit" || dimension == "district" || dimension == "forum";
  return named && value != "unknown" ? value : word(words, value);
}

std::string swedish_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument:
      return "felaktig";
    case ErrorCode::not_found:
      return "finns inte";
    case ErrorCode::version_conflict:
      return "strömmen har en annan version";
    case ErrorCode::id_conflict:
      return "id:t är upptaget";
    case ErrorCode::too_large:
      return "för stor";
    case ErrorCode::forbidden:
      return "inte tillåtet";
    case ErrorCode::unavailable:
      return "inte tillgänglig just nu";
    case ErrorCode::io_error:
      return "diskfel";
    case ErrorCode::corruption:
      return "skadade data";
  }
  return "";
}

std::string swedish_limit(const std::string& limit) {
  static const Words words{
      {"14 days", "14 dagar"},
      {"14 days and before the first decision", "14 dagar och före första beslutet"},
      {"2 working days", "2 arbetsdagar"},
      {"2 working days; urgent 2 hours", "2 arbetsdagar; brådskande 2 timmar"},
      {"3 a term", "3 per termin"},
      {"3 a year", "3 per år"},
      {"3 working days", "3 arbetsdagar"},
      {"30 days (child), 90 days (adult)", "30 dagar (barn), 90 dagar (vuxen)"},
      {"30 days, then yearly", "30 dagar, sedan årligen"},
      {"31 January", "31 januari"},
      {"4 months", "4 månader"},
      {"5 working days", "5 arbetsdagar"},
      {"5 working days a level", "5 arbetsdagar per nivå"},
      {"6 months", "6 månader"},
      {"60 days", "60 dagar"},
      {"7 days", "7 dagar"},
      {"8 a year", "8 per år"},
      {"90 days a step", "90 dagar per steg"},
      {"at the meeting", "vid mötet"},
      {"at the planned follow-up; 6 months", "vid planerad uppföljning; 6 månader"},
      {"at the report", "vid anmälan"},
      {"at the training", "vid utbildningen"},
      {"before conclusion or decision", "före avslut eller beslut"},
      {"before conclusion or the first decision", "före avslut eller första beslutet"},
      {"before conclusion; 14 days after placement", "före avslut; 14 dagar efter placering"},
      {"before conclusion; at the start of the measure", "före avslut; när insatsen börjar"},
      {"before guardians are contacted", "innan vårdnadshavare kontaktas"},
      {"before or at the conversation", "före eller vid samtalet"},
      {"before sharing", "innan uppgifter delas"},
      {"before the decision", "före beslutet"},
      {"before the decision, when needed", "före beslutet, vid behov"},
      {"before the meeting", "före mötet"},
      {"before the plan expires", "innan planen löper ut"},
      {"before the planned date", "före planerat datum"},
      {"before the talk", "före samtalet"},
      {"each meeting", "varje möte"},
      {"every 30 days", "var 30:e dag"},
      {"in the call", "i kallelsen"},
      {"same day", "samma dag"},
      {"same day, then daily", "samma dag, sedan dagligen"},
      {"the date in the plan", "datumet i planen"},
      {"yearly, or at the next date given", "årligen, eller vid nästa angivna datum"}};
  return word(words, limit);
}

}  // namespace stafett::tools
