#pragma once

#include <cstdint>

#include "chance.h"
#include "stafett/core/instant.h"

namespace stafett::municipality {

inline constexpr unsigned adults_max = 2, children_max = 4;

// A family as the municipality comes to know it. All of it follows from the seed and the family's number, so
// that nothing of it need be kept.
struct Household {
  std::uint64_t number = 0;
  Instant arrival;  // when the first unit meets it
  unsigned district = 0;
  unsigned adults = 1, children = 1;
  Date birth[adults_max + children_max];  // adults first
  bool girl[children_max] = {}, disability[children_max] = {};
  bool violence = false, poor = false, misuse = false, eviction = false;

  unsigned people() const { return adults + children; }
};

// The chance decides on the family; what it has to say afterwards goes on from there.
Household household(std::uint64_t number, Instant arrival, unsigned districts, Chance& chance);

}  // namespace stafett::municipality
