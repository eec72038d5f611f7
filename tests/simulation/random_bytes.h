#pragma once

#include <cstdint>

namespace stafett::simulation {

void seed_random_bytes(std::uint64_t seed);

}  // namespace stafett::simulation
