#pragma once

#include <string>

#include "household.h"
#include "stafett/event/new_event.h"
#include "step.h"

namespace stafett::municipality {

// Puts steps into words: proposed events, through the same checks as what comes over the wire.
class Wording {
 public:
  // Ids of persons, cases and the rest begin with the prefix, if any, so that several municipalities can go
  // into one ledger. `record_bytes`: personal text fills the records up to about that size.
  Wording(std::uint64_t seed, std::string prefix, std::size_t record_bytes);

  event::NewEvent event(const Story& story, const Step& step, const Household& household) const;

 private:
  event::EventId event_id(const Story& story, std::uint16_t serial) const;
  void fill(event::NewEvent& event) const;

  std::uint64_t seed_;
  std::string prefix_;
  std::size_t record_bytes_;
};

}  // namespace stafett::municipality
