#include "stafett/casework/dossier_index.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "stafett/core/assert.h"

namespace stafett::casework {
namespace {

using event::EventType;
using event::Field;
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

bool ties(std::string_view category) {
  return category == "case" || category == "person" || category == "household";
}

bool is_governance(const RecordedEvent& e) {
  static const std::array types{event::find_event_type("SteeringDocumentAdopted")->ordinal,
                                event::find_event_type("ForumEstablished")->ordinal,
                                event::find_event_type("RoleAppointed")->ordinal};
  return std::find(types.begin(), types.end(), e.type) != types.end();
}

void insert_sorted(std::vector<Position>& into, std::vector<Position>& from) {
  auto middle = static_cast<std::ptrdiff_t>(into.size());
  into.insert(into.end(), from.begin(), from.end());
  std::inplace_merge(into.begin(), into.begin() + middle, into.end());
  into.erase(std::unique(into.begin(), into.end()), into.end());
  from = {};
}

}  // namespace

DossierIndex::Id DossierIndex::node_of(std::string_view key) {
  auto [found, fresh] = keys_.try_emplace(std::string(key), static_cast<Id>(nodes_.size()));
  if (fresh) nodes_.push_back({static_cast<Id>(nodes_.size()), {}, {}});
  return current(found->second);
}

// Smaller dossiers join larger ones, so that the way to the current one stays short without rewriting it on
// the way.
DossierIndex::Id DossierIndex::current(Id id) const {
  while (nodes_[id].parent != id) id = nodes_[id].parent;
  return id;
}

DossierIndex::Id DossierIndex::unite(Id a, Id b) {
  a = current(a);
  b = current(b);
  if (a == b) return a;
  if (nodes_[a].own.size() + nodes_[a].visiting.size() < nodes_[b].own.size() + nodes_[b].visiting.size())
    std::swap(a, b);
  nodes_[b].parent = a;
  insert_sorted(nodes_[a].own, nodes_[b].own);
  insert_sorted(nodes_[a].visiting, nodes_[b].visiting);
  return a;
}

std::vector<DossierIndex::Id> DossierIndex::add(const RecordedEvent& e) {
  auto category = e.category();
  if (category == "rules") return {};
  std::vector<std::string> keys;
  for (auto& [index, key_category] : keys_by_type()[e.type]) add_keys(key_category, e.fields[index], keys);
  static const auto corrected = event::find_event_type("EventCorrected")->ordinal;
  if (e.type == corrected) add_corrected_keys(e, keys);
  auto home = node_of(e.stream);
  std::vector<Id> touched{home};
  if (ties(category)) {
    for (auto& key : keys) {
      touched.push_back(node_of(key));
      home = unite(home, touched.back());
    }
  } else {
    for (auto& key : keys) {
      auto visited = node_of(key);
      auto& list = nodes_[visited].visiting;
      if (list.empty() || list.back() != e.position) list.push_back(e.position);
      touched.push_back(visited);
    }
    if (is_governance(e)) governance_.push_back(e.position);
  }
  auto& own = nodes_[home].own;
  STAFETT_ASSERT(own.empty() || own.back() < e.position);
  own.push_back(e.position);
  touched.push_back(home);
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  return touched;
}

std::optional<DossierIndex::Id> DossierIndex::find(std::string_view stream) const {
  auto found = keys_.find(std::string(stream));
  if (found == keys_.end()) return std::nullopt;
  return current(found->second);
}

std::vector<DossierIndex::Id> DossierIndex::all() const {
  std::vector<Id> out;
  for (Id id = 0; id < nodes_.size(); ++id)
    if (nodes_[id].parent == id && !nodes_[id].own.empty()) out.push_back(id);
  std::sort(out.begin(), out.end(),
            [&](Id a, Id b) { return nodes_[a].own.front() < nodes_[b].own.front(); });
  return out;
}

}  // namespace stafett::casework
