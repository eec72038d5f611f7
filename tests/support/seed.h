#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>

namespace stafett::support {

// The seed of a random test: STAFETT_SEED, else a new one. Printed, so that a failure can be repeated.
inline std::uint64_t seed() {
  static const std::uint64_t value = [] {
    const char* given = std::getenv("STAFETT_SEED");
    const std::uint64_t s = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::cerr << "STAFETT_SEED=" << s << "\n";
    return s;
  }();
  return value;
}

}  // namespace stafett::support
