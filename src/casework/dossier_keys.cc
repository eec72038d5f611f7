#include "casework/dossier_keys.h"

#include <nlohmann/json.hpp>
#include <unordered_map>

namespace stafett::casework {
namespace {

using event::RecordedEvent;
using event::Value;
using event::ValueKind;

// The category that the field ties its event to: what it refers to, if that has a family's dossier.
std::string_view tie_of(const event::Field& field) {
  bool family = field.refers == "person" || field.refers == "household" || field.refers == "case";
  return family && !field.loose ? std::string_view(field.refers) : std::string_view{};
}

// By the name alone, for a correction that names a field before it is known of which type.
std::string_view category_of(std::string_view field) {
  static const auto table = [] {
    std::unordered_map<std::string_view, std::string_view> out;
    for (auto& type : event::event_types())
      for (auto& f : type.fields)
        if (auto category = tie_of(f); !category.empty()) out.emplace(f.name, category);
    return out;
  }();
  auto found = table.find(field);
  return found == table.end() ? std::string_view{} : found->second;
}

// The key fields of each event type, resolved once.
const std::vector<std::vector<std::pair<std::uint16_t, std::string_view>>>& keys_by_type() {
  static const auto table = [] {
    std::vector<std::vector<std::pair<std::uint16_t, std::string_view>>> out;
    for (auto& type : event::event_types()) {
      auto& keys = out.emplace_back();
      for (auto& f : type.fields)
        if (auto category = tie_of(f); !category.empty()) keys.emplace_back(f.index, category);
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
