#pragma once

#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "stafett/event/correction.h"
#include "stafett/event/recorded_event.h"

// EventCorrected (domain.md 60): what each event's fields are once every correction that counts has been
// applied.
namespace stafett::casework {

struct EventIdHash {
  std::size_t operator()(const event::EventId& id) const;
};

class Corrections {
 public:
  // Reads the corrections among the events. The latest by `time` wins where two correct the same field; a
  // correction may itself be voided by a later one.
  explicit Corrections(std::span<const event::RecordedEvent* const> events);

  bool empty() const { return for_event_.empty(); }
  bool voids(const event::EventId& id) const { return voided_.contains(id); }
  // The corrected fields of the event: its own span when nothing corrects it. New values live in `values` and
  // `keep`. A correction that does not fit the event's type is left out, as if never made.
  std::span<const event::Value> apply(const event::RecordedEvent& event,
                                      std::vector<std::vector<event::Value>>& values,
                                      std::vector<std::shared_ptr<const void>>& keep) const;

 private:
  std::unordered_map<event::EventId, std::vector<const event::RecordedEvent*>, EventIdHash> for_event_;
  std::unordered_set<event::EventId, EventIdHash> voided_;
};

}  // namespace stafett::casework
