#include "stafett/crypto/random.h"

#include <openssl/rand.h>

#include "stafett/core/assert.h"

namespace stafett::crypto {

void random_fill(std::span<std::byte> out) {
  STAFETT_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size())) == 1);
}

std::array<std::byte, 16> random_uuid() {
  auto id = random_bytes<16>();
  id[6] = (id[6] & std::byte{0x0f}) | std::byte{0x40};
  id[8] = (id[8] & std::byte{0x3f}) | std::byte{0x80};
  return id;
}

}  // namespace stafett::crypto
