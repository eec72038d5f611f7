#include "stafett/casework/group_words.h"

#include <map>

namespace stafett::casework {
namespace {

using Words = std::map<std::string_view, std::string_view>;

std::string word(const Words& words, std::string_view name) {
  auto found = words.find(name);
  return std::string(found == words.end() ? name : found->second);
}

// The label of that enumerator of a field of that name; null where there is none.
const event::Label* enumerator_label(std::string_view field, std::string_view name) {
  for (auto& type : event::event_types())
    if (auto* f = type.field(field))
      for (auto& e : f->enumerators)
        if (e.name == name) return &e.label;
  return nullptr;
}

}  // namespace

event::Label dimension_in_words(std::string_view dimension) {
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
                           {"period", "period"},
                           {"type", "händelsetyp"},
                           {"of", "av"}};
  return {std::string(dimension), word(words, dimension)};
}

event::Label group_value_in_words(std::string_view dimension, std::string_view value) {
  static const Words words{{"yes", "ja"}, {"no", "nej"}, {"unknown", "okänt"}};
  event::Label out{std::string(value), std::string(value)};
  // Ids of units, districts and forums are names that people gave: "no" would be one of them.
  bool named = dimension == "unit" || dimension == "district" || dimension == "forum";
  auto* type = dimension == "type" ? event::find_event_type(value) : nullptr;
  auto* label = type ? &type->label : enumerator_label(dimension, value);
  if (label)
    out.swedish = label->swedish;
  else if (!named || value == "unknown")
    out.swedish = word(words, value);
  return out;
}

}  // namespace stafett::casework
