#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stafett/event/new_event.h"

namespace stafett::load {

// Believable events of children's cases, seeded: a case is opened, a concern reported, assessed, decided on,
// the child heard, informed and given feedback. Events of one lane belong to its own cases and stand in the
// order they must be appended in. `size`: bytes of a stored record, about: personal text fills it up.
std::vector<event::NewEvent> workload(std::uint64_t seed, std::uint32_t lane, std::size_t events,
                                      std::size_t size);

}  // namespace stafett::load
