#include "stafett/casework/dossier_index.h"

#include <algorithm>
#include <array>

#include "casework/dossier_keys.h"
#include "stafett/core/assert.h"
#include "stafett/core/calendar.h"

namespace stafett::casework {
namespace {

using event::RecordedEvent;

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

std::vector<std::string> tied_streams(const RecordedEvent& e) {
  if (!ties(e.category())) return {};
  auto keys = keys_named(e);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

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

void DossierIndex::visit(const std::string& key, Position position, std::vector<Id>& touched) {
  auto visited = node_of(key);
  auto& list = nodes_[visited].visiting;
  auto place = std::lower_bound(list.begin(), list.end(), position);
  if (place == list.end() || *place != position) list.insert(place, position);
  touched.push_back(visited);
}

void DossierIndex::call_on(const event::EventId& id, Position position, const std::vector<std::string>& keys,
                           std::vector<Id>& touched) {
  for (auto& key : keys) visit(key, position, touched);
  if (keys.empty()) return;
  auto& known = called_on_[id];
  known.insert(known.end(), keys.begin(), keys.end());
  auto before = awaited_.extract(id);
  if (before.empty()) return;
  for (auto& [correction, its_position] : before.mapped()) call_on(correction, its_position, keys, touched);
}

// What a unit's or a municipality's dossier has to know of events in other streams.
void DossierIndex::visit_homes(const RecordedEvent& e, std::vector<Id>& touched) {
  static const auto* opened = event::find_event_type("CaseOpened");
  static const auto unit = opened->field("unitId")->index, district = opened->field("district")->index;
  static const auto* frozen = event::find_event_type("StatisticsFrozen");
  std::string home;
  if (e.type == opened->ordinal && e.fields[district].present()) {
    // The first of each year tells the unit's district: enough for what is judged a year at a time, and few.
    auto year = static_cast<int>(civil(local_date(e.occurred_at)).year());
    home = "unit/" + std::string(e.fields[unit].text());
    auto key = home + '\n' + std::string(e.fields[district].text()) + '\n' + std::to_string(year);
    auto [known, fresh] = first_opened_.try_emplace(std::move(key), e.occurred_at);
    if (!fresh && known->second <= e.occurred_at) return;
    known->second = e.occurred_at;
  } else if (is_governance(e) || (frozen && e.type == frozen->ordinal)) {
    home = "municipality/" + std::string(e.municipality);
  } else if (auto corrected = corrected_event(e); corrected.empty()) {
    return;
  } else if (e.category() == "document" || e.category() == "forum" || e.category() == "unit") {
    home = "municipality/" + std::string(e.municipality);
    governance_.push_back(e.position);
  } else {
    auto id = event::parse_event_id(corrected);
    auto found = id ? shown_.find(id.value()) : shown_.end();
    if (found == shown_.end()) return;
    home = found->second;
  }
  if (home.starts_with("unit/")) shown_.emplace(e.id, home);
  visit(home, e.position, touched);
  homes_.emplace(node_of(home), home);
}

std::vector<DossierIndex::Id> DossierIndex::add(const RecordedEvent& e) {
  auto category = e.category();
  if (category == "rules") return {};
  auto home = node_of(e.stream);
  std::vector<Id> touched{home};
  auto keys = keys_named(e);
  if (ties(category)) {
    for (auto& key : keys) {
      touched.push_back(node_of(key));
      home = unite(home, touched.back());
    }
  } else {
    // A correction goes where the corrected event went: a meeting that was not held is known where its
    // children are.
    if (auto id = event::parse_event_id(corrected_event(e))) {
      auto found = called_on_.find(id.value());
      if (found != called_on_.end())
        keys.insert(keys.end(), found->second.begin(), found->second.end());
      else
        awaited_[id.value()].emplace_back(e.id, e.position);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    call_on(e.id, e.position, keys, touched);
    if (is_governance(e)) governance_.push_back(e.position);
    if (category == "unit") homes_.emplace(home, e.stream);
  }
  visit_homes(e, touched);
  auto& own = nodes_[home].own;
  STAFETT_ASSERT(own.empty() || own.back() < e.position);
  own.push_back(e.position);
  touched.push_back(home);
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  return touched;
}

std::string_view DossierIndex::home(Id id) const {
  auto found = homes_.find(current(id));
  return found == homes_.end() ? std::string_view{} : found->second;
}

Position DossierIndex::first(Id id) const {
  auto own_events = own(id), visitors = visiting(id);
  if (own_events.empty()) return visitors.front();
  return visitors.empty() ? own_events.front() : std::min(own_events.front(), visitors.front());
}

std::optional<DossierIndex::Id> DossierIndex::find(std::string_view stream) const {
  auto found = keys_.find(std::string(stream));
  if (found == keys_.end()) return std::nullopt;
  return current(found->second);
}

std::vector<DossierIndex::Id> DossierIndex::all() const {
  std::vector<Id> out;
  for (Id id = 0; id < nodes_.size(); ++id)
    if (nodes_[id].parent == id && (!nodes_[id].own.empty() || homes_.contains(id))) out.push_back(id);
  std::sort(out.begin(), out.end(), [&](Id a, Id b) {
    auto one = first(a), other = first(b);
    return one != other ? one < other : a < b;
  });
  return out;
}

}  // namespace stafett::casework
