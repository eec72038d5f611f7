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

}  // namespace stafett::tools
