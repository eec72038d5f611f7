#pragma once

#include <cstdlib>
#include <iostream>
#include <random>

#include "casework/random_history.h"
#include "support/seed.h"

// How many random histories a property is held against, and which.
namespace stafett::history {

// STAFETT_HISTORIES, else `usual`.
inline std::uint64_t how_many(std::uint64_t usual) {
  const char* given = std::getenv("STAFETT_HISTORIES");
  return given ? std::strtoull(given, nullptr, 10) : usual;
}

// Calls `property(seed, dice)` for every history. The seed of history n is STAFETT_SEED + n, so that a
// failing seed, given as STAFETT_SEED with STAFETT_HISTORIES=1, replays exactly. Stops at the first that
// returns false.
template <class Property>
void for_each_seed(std::uint64_t usual, Property property) {
  for (std::uint64_t n = 0, count = how_many(usual); n < count; ++n) {
    auto seed = support::seed() + n;
    std::mt19937_64 dice(seed ^ 0x5747414645545455ull);
    if (property(seed, dice)) continue;
    std::cerr << "replay with STAFETT_SEED=" << seed << " STAFETT_HISTORIES=1\n";
    return;
  }
}

inline std::vector<std::string> lines_of(const std::vector<nlohmann::json>& events) {
  std::vector<std::string> out;
  for (auto& e : events) out.push_back(e.dump());
  return out;
}

inline Instant some_time(std::mt19937_64& dice, Instant from, Instant to) {
  return from + std::chrono::microseconds(dice() % std::uint64_t((to - from).count()));
}

}  // namespace stafett::history
