#include "stafett/crypto/key.h"

#include <openssl/crypto.h>

#include <algorithm>

#include "stafett/core/assert.h"
#include "stafett/crypto/random.h"

namespace stafett::crypto {

void wipe(std::span<std::byte> memory) { OPENSSL_cleanse(memory.data(), memory.size()); }

bool equal_in_constant_time(BytesView a, BytesView b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Key::Key(BytesView bytes) {
  STAFETT_ASSERT(bytes.size() == size);
  std::ranges::copy(bytes, bytes_.begin());
}

Key Key::random() {
  Key key;
  random_fill(key.bytes_);
  return key;
}

}  // namespace stafett::crypto
