#include "stafett/crypto/keyed_hash.h"

#include <bit>

#include "stafett/crypto/random.h"

namespace stafett::crypto {
namespace {

static_assert(std::endian::native == std::endian::little, "words are read as they lie in memory");

// The state of the SipHash paper (Aumasson and Bernstein 2012, section 2).
struct State {
  std::uint64_t v0, v1, v2, v3;

  void round() {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  }
  void take(std::uint64_t word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }
};

}  // namespace

KeyedHash KeyedHash::random() {
  auto key = random_bytes<16>();
  std::uint64_t k[2];
  std::memcpy(k, key.data(), sizeof k);
  return KeyedHash(k[0], k[1]);
}

std::uint64_t OutsideHash::hash(BytesView bytes) {
  static const KeyedHash keyed = KeyedHash::random();
  return keyed(bytes);
}

std::uint64_t KeyedHash::operator()(BytesView bytes) const {
  State s{k0_ ^ 0x736f6d6570736575u, k1_ ^ 0x646f72616e646f6du, k0_ ^ 0x6c7967656e657261u,
          k1_ ^ 0x7465646279746573u};
  const std::byte* p = bytes.data();
  for (std::size_t left = bytes.size() / 8; left > 0; --left, p += 8) {
    std::uint64_t word;
    std::memcpy(&word, p, 8);
    s.take(word);
  }
  std::uint64_t last = static_cast<std::uint64_t>(bytes.size()) << 56;
  for (std::size_t i = 0; i < bytes.size() % 8; ++i) last |= std::to_integer<std::uint64_t>(p[i]) << (8 * i);
  s.take(last);
  s.v2 ^= 0xff;
  for (int i = 0; i < 4; ++i) s.round();
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

}  // namespace stafett::crypto
