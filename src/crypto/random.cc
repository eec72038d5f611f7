#include "stafett/crypto/random.h"

#include <openssl/rand.h>

#include "stafett/core/assert.h"

namespace stafett::crypto {

void random_fill(std::span<std::byte> out) {
  STAFETT_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size())) == 1);
}

}  // namespace stafett::crypto
