#include "stafett/merkle/stream_map.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "stafett/crypto/sha256.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::merkle;

namespace {

using Streams = std::map<Hash, StreamEnd>;

bool bit_of(const Hash& key, std::size_t d) {
  return (std::to_integer<unsigned>(key[d / 8]) & (0x80u >> (d % 8))) != 0;
}

Bytes joined(std::initializer_list<BytesView> parts) {
  Bytes out;
  for (auto part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

Bytes big_endian(std::uint64_t n) {
  Bytes out(8);
  for (std::size_t i = 8; i-- > 0; n >>= 8) out[i] = static_cast<std::byte>(n & 0xff);
  return out;
}

// The definition of stream_map.h, as it stands there.
Hash reference(const Streams& streams, std::size_t d = 0) {
  if (streams.empty()) return Hash{};
  if (streams.size() == 1) {
    const auto& [key, end] = *streams.begin();
    return crypto::sha256(
        joined({to_bytes("\x02"), key, big_endian(end.last.value), big_endian(end.position.value)}));
  }
  Streams zero, one;
  for (const auto& stream : streams) (bit_of(stream.first, d) ? one : zero).insert(stream);
  return crypto::sha256(joined({to_bytes("\x03"), reference(zero, d + 1), reference(one, d + 1)}));
}

Hash key_of(std::uint64_t n) { return stream_key("case/c" + std::to_string(n)); }

// Keys that share long beginnings, as names chosen with effort could.
Hash near_key(std::uint64_t n) {
  Hash key{};
  key[31] = static_cast<std::byte>(n);
  key[15] = static_cast<std::byte>(n >> 4);
  return key;
}

StreamMap map_of(const Streams& streams) {
  StreamMap map;
  for (const auto& [key, end] : streams) map.set(key, end);
  return map;
}

void check_all(StreamMap& map, const Streams& streams, const std::vector<Hash>& absent) {
  const auto root = map.root();
  REQUIRE(root == reference(streams));
  for (const auto& [key, end] : streams) {
    const auto proof = map.prove(key);
    REQUIRE(proof.end == end);
    REQUIRE(verify_stream(key, proof, root));
  }
  for (const auto& key : absent) {
    if (streams.contains(key)) continue;
    const auto proof = map.prove(key);
    REQUIRE_FALSE(proof.end);
    REQUIRE(verify_stream(key, proof, root));
  }
}

}  // namespace

TEST_CASE("the root of the streams is that of the definition, whatever the order they came in", "[merkle]") {
  std::mt19937_64 random(support::seed());
  for (auto* key : {key_of, near_key}) {
    std::vector<Hash> keys;
    for (std::uint64_t n = 0; n < 200; ++n) keys.push_back(key(n));
    std::shuffle(keys.begin(), keys.end(), random);
    Streams streams;
    StreamMap grown;
    check_all(grown, streams, keys);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const StreamEnd end{Version(random() % 100), Position(random())};
      streams[keys[i]] = end;
      grown.set(keys[i], end);
      if (i < 20 || i % 40 == 0) check_all(grown, streams, keys);
    }
    check_all(grown, streams, keys);
    CHECK(grown.size() == streams.size());
    CHECK(map_of(streams).root() == grown.root());
  }
}

TEST_CASE("a stream's end moves, and the root with it", "[merkle]") {
  std::mt19937_64 random(support::seed());
  Streams streams;
  StreamMap map;
  for (std::uint64_t position = 0; position < 600; ++position) {
    const auto key = key_of(random() % 60);
    const auto found = streams.find(key);
    const StreamEnd end{found == streams.end() ? Version(0) : found->second.last.next(), Position(position)};
    streams[key] = end;
    map.set(key, end);
    if (position % 7 == 0) REQUIRE(map.root() == reference(streams));
  }
  check_all(map, streams, {key_of(60), key_of(61), near_key(1)});
}

TEST_CASE("a stream proof with one thing changed is rejected", "[merkle]") {
  for (std::uint64_t count : {0, 1, 2, 3, 17, 64}) {
    Streams streams;
    for (std::uint64_t n = 0; n < count; ++n) streams[key_of(n)] = {Version(n), Position(1000 + n)};
    auto map = map_of(streams);
    const auto root = map.root();
    for (std::uint64_t n = 0; n < count + 20; ++n) {
      const auto key = key_of(n);
      const auto proof = map.prove(key);
      REQUIRE(verify_stream(key, proof, root));
      auto rejected = [&](const StreamProof& changed) { return !verify_stream(key, changed, root); };
      auto other_root = root;
      other_root[n % 32] ^= std::byte{4};
      CHECK_FALSE(verify_stream(key, proof, other_root));
      for (std::size_t i = 0; i < proof.siblings.size(); ++i) {
        auto bit = proof, missing = proof, twice = proof, cut = proof;
        bit.siblings[i][i % 32] ^= std::byte{1};
        missing.siblings.erase(missing.siblings.begin() + static_cast<std::ptrdiff_t>(i));
        twice.siblings.insert(twice.siblings.begin() + static_cast<std::ptrdiff_t>(i), proof.siblings[i]);
        cut.siblings.resize(i);
        CHECK(rejected(bit));
        CHECK(rejected(missing));
        CHECK(rejected(twice));
        CHECK(rejected(cut));
        if (i > 0 && proof.siblings[i] != proof.siblings[i - 1]) {
          auto swapped = proof;
          std::swap(swapped.siblings[i], swapped.siblings[i - 1]);
          CHECK(rejected(swapped));
        }
      }
      auto longer = proof;
      longer.siblings.push_back(Hash{});
      CHECK(rejected(longer));
      // Another end, the absence of what is there, the presence of what is not.
      auto changed = proof;
      if (proof.end) {
        changed.end->last = Version(proof.end->last.value + 1);
        CHECK(rejected(changed));
        changed = proof;
        changed.end->position = Position(proof.end->position.value ^ 1);
        CHECK(rejected(changed));
        changed = proof;
        changed.end.reset();
        CHECK(rejected(changed));
        changed.other = StreamProof::Other{key, *proof.end};
        CHECK(rejected(changed));
      } else {
        changed.end = StreamEnd{Version(0), Position(0)};
        CHECK(rejected(changed));
        if (proof.other) {
          changed = proof;
          changed.end = proof.other->end;
          changed.other.reset();
          CHECK(rejected(changed));
          changed = proof;
          changed.other->end.last = Version(99);
          CHECK(rejected(changed));
        }
      }
    }
  }
}

TEST_CASE("a leaf proves the absence only of keys that would stand where it stands", "[merkle]") {
  Streams streams;
  for (std::uint64_t n = 0; n < 40; ++n) streams[key_of(n)] = {Version(n), Position(n)};
  auto map = map_of(streams);
  const auto root = map.root();
  // Every leaf's true proof, held up as the proof that another, existing stream is absent.
  for (const auto& [key, end] : streams)
    for (const auto& [present, ignored] : streams) {
      auto proof = map.prove(key);
      proof.other = StreamProof::Other{key, end};
      proof.end.reset();
      CHECK_FALSE(verify_stream(present, proof, root));
    }
}

TEST_CASE("a proof deeper than any key is rejected", "[merkle]") {
  StreamProof proof;
  proof.end = StreamEnd{Version(1), Position(1)};
  proof.siblings.assign(257, near_key(3));
  CHECK_FALSE(verify_stream(near_key(1), proof, Hash{}));
}
