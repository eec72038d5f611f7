#pragma once

#include <array>
#include <cstdint>
#include <string_view>

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

// For unordered containers whose keys come from outside: ids and names. One secret key for the whole process.
struct OutsideHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const { return hash(as_bytes(name)); }
  template <std::size_t N>
  std::size_t operator()(const std::array<std::byte, N>& id) const {
    return hash(id);
  }

 private:
  static std::uint64_t hash(BytesView bytes);
};

}  // namespace stafett::crypto
