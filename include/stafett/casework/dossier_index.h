#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stafett/event/recorded_event.h"

// Which events must be judged together. A dossier is what the persons, households and cases that events name
// tie together: rules relate a child's case to its guardians, its siblings and their cases, never to
// strangers. Each forum, unit, document, deviation and disagreement is a dossier of its own. An event of such
// a stream that names cases or persons also visits their dossiers: it may settle an obligation there, but
// ties no families together. A unit's dossier also knows the cases that tell its district, and each
// municipality has a dossier of its documents, forums, roles and frozen statistics.
namespace stafett::casework {

// The streams of persons, households and cases that an event of such a stream names, and so ties to its own.
// Sorted, each once; empty for events of other streams.
std::vector<std::string> tied_streams(const event::RecordedEvent& event);

// Const members may be called from many threads at once.
class DossierIndex {
 public:
  using Id = std::uint32_t;

  // Adds the next event; positions must ascend. Returns the dossiers that are not what
  // they were, each once: those it belongs to or visits, and those that ended because it tied them to
  // another.
  std::vector<Id> add(const event::RecordedEvent& event);

  // The dossier of a stream name ("case/c3-elin"); empty when nothing names it.
  std::optional<Id> find(std::string_view stream) const;
  // The dossier that `id` is part of now.
  Id current(Id id) const;
  // "unit/…" or "municipality/…" for the dossier of one; empty for a family's or any other.
  std::string_view home(Id id) const;
  // The first event it holds or is visited by; it has one.
  Position first(Id id) const;
  // All dossiers that hold events, and those of units and municipalities, ordered by their first event.
  std::vector<Id> all() const;

  // Positions of its own events and of its visitors, ascending.
  std::span<const Position> own(Id id) const { return nodes_[current(id)].own; }
  std::span<const Position> visiting(Id id) const { return nodes_[current(id)].visiting; }
  // Events every dossier needs to know: steering documents, forums, appointed roles, and their corrections.
  std::span<const Position> governance() const { return governance_; }

 private:
  struct Node {
    Id parent;
    std::vector<Position> own, visiting;
  };
  Id node_of(std::string_view key);
  Id unite(Id a, Id b);
  void visit(const std::string& key, Position position, std::vector<Id>& touched);
  void call_on(const event::EventId& id, Position position, const std::vector<std::string>& keys,
               std::vector<Id>& touched);
  void visit_homes(const event::RecordedEvent& event, std::vector<Id>& touched);

  std::vector<Node> nodes_;
  std::unordered_map<std::string, Id> keys_;
  std::vector<Position> governance_;
  std::unordered_map<Id, std::string> homes_;
  std::unordered_map<std::string, Instant> first_opened_;  // of unit, district and year
  std::map<event::EventId, std::string> shown_;            // what visits a unit, so that corrections follow
  std::map<event::EventId, std::vector<std::string>>
      called_on_;  // likewise: the keys that others' events name
  // Corrections registered before what they correct, by its id.
  std::map<event::EventId, std::vector<std::pair<event::EventId, Position>>> awaited_;
};

}  // namespace stafett::casework
