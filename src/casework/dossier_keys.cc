#include "casework/dossier_keys.h"

#include <array>
#include <nlohmann/json.hpp>

namespace stafett::casework {
namespace {

using event::RecordedEvent;
using event::Value;
using event::ValueKind;

struct KeyField {
  std::string_view name, category;
};

// The fields that tie an event to a person, a household or a case.
constexpr std::array key_fields{
    KeyField{"personId", "person"},
    KeyField{"fromPersonId", "person"},
    KeyField{"toPersonId", "person"},
    KeyField{"subjectPersonId", "person"},
    KeyField{"childrenInHousehold", "person"},
    KeyField{"childId", "person"},
    KeyField{"applicantId", "person"},
    KeyField{"childrenConcerned", "person"},
    KeyField{"guardianId", "person"},
    KeyField{"victims", "person"},
    KeyField{"injuredPersonIds", "person"},
    KeyField{"askedPersonId", "person"},
    KeyField{"childrenAffected", "person"},
    KeyField{"siblingsConsidered", "person"},
    KeyField{"childrenFound", "person"},
    KeyField{"giverId", "person"},
    KeyField{"subjectId", "person"},
    KeyField{"subjectIds", "person"},
    KeyField{"householdId", "household"},
    KeyField{"caseId", "case"},
    KeyField{"caseIds", "case"},
    KeyField{"sharedCaseIds", "case"},
    KeyField{"caseRefs", "case"},
};

std::string_view category_of(std::string_view field) {
  for (auto& k : key_fields)
    if (k.name == field) return k.category;
  return {};
}

// The key fields of each event type, resolved once.
const std::vector<std::vector<std::pair<std::uint16_t, std::string_view>>>& keys_by_type() {
  static const auto table = [] {
    std::vector<std::vector<std::pair<std::uint16_t, std::string_view>>> out;
    for (auto& type : event::event_types()) {
      auto& keys = out.emplace_back();
      for (auto& f : type.fields)
        if (auto category = category_of(f.name); !category.empty()) keys.emplace_back(f.index, category);
    }
    return out;
  }();
  return table;
}

void add_key(std::string_view category, std::string_view id, std::vector<std::string>& out) {
  std::string key(category);
  key += '/';
  key += id;
  out.push_back(std::move(key));
}

void add_keys(std::string_view category, const Value& v, std::vector<std::string>& out) {
  if (v.kind() == ValueKind::text) add_key(category, v.text(), out);
  if (v.kind() == ValueKind::list)
    for (auto& item : v.items())
      if (item.kind() == ValueKind::text) add_key(category, item.text(), out);
}

// A correction may name another person or case than the event it corrects did.
void add_corrected_keys(const RecordedEvent& e, std::vector<std::string>& out) {
  static const auto index = event::find_event_type("EventCorrected")->field("correctedFields")->index;
  if (e.fields[index].kind() != ValueKind::list) return;
  for (auto& row : e.fields[index].items()) {
    auto category = category_of(row.items()[0].text());
    if (category.empty()) continue;
    auto value = nlohmann::json::parse(row.items()[1].text(), nullptr, false);
    if (value.is_string()) add_key(category, value.get<std::string>(), out);
    if (value.is_array())
      for (auto& item : value)
        if (item.is_string()) add_key(category, item.get<std::string>(), out);
  }
}

}  // namespace

std::vector<std::string> keys_named(const RecordedEvent& e) {
  static const auto corrected = event::find_event_type("EventCorrected")->ordinal;
  std::vector<std::string> keys;
  for (auto& [index, category] : keys_by_type()[e.type]) add_keys(category, e.fields[index], keys);
  if (e.type == corrected) add_corrected_keys(e, keys);
  return keys;
}

std::string_view corrected_event(const RecordedEvent& e) {
  static const auto* type = event::find_event_type("EventCorrected");
  static const auto index = type->field("correctsEventId")->index;
  return e.type == type->ordinal ? e.fields[index].text() : std::string_view{};
}

}  // namespace stafett::casework
