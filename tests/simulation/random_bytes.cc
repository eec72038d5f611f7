// In the place of OpenSSL's generator: keys, nonces and ids come from the seed.
#include "simulation/random_bytes.h"

#include <atomic>
#include <cstdint>

#include "simulation/random.h"

namespace stafett::simulation {
namespace {
Random source(0);
}
void seed_random_bytes(std::uint64_t seed) { source = Random(seed); }
}  // namespace stafett::simulation

extern "C" int RAND_bytes(unsigned char* out, int count) {
  for (int i = 0; i < count; ++i) out[i] = static_cast<unsigned char>(stafett::simulation::source.next());
  return 1;
}
