#pragma once

#include <cstdint>

#include "stafett/core/bytes.h"

namespace stafett::crypto {

// SipHash-2-4 with a secret key: for hash tables whose keys strangers choose, so that they cannot make them
// collide. Not a digest: never store or publish it.
class KeyedHash {
 public:
  KeyedHash(std::uint64_t k0, std::uint64_t k1) : k0_(k0), k1_(k1) {}
  // With a key of its own that nobody knows.
  static KeyedHash random();

  std::uint64_t operator()(BytesView bytes) const;

 private:
  std::uint64_t k0_, k1_;
};

}  // namespace stafett::crypto
