#include "stafett/crypto/seal.h"

#include <catch2/catch.hpp>
#include <set>

#include "stafett/crypto/random.h"

using namespace stafett;
using namespace stafett::crypto;

namespace {

Bytes from_hex(std::string_view hex) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(static_cast<std::byte>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return out;
}

}  // namespace

TEST_CASE("sealing is AES-256-GCM as specified", "[crypto]") {
  // Test case 16 of the GCM specification (McGrew and Viega, appendix B).
  Key key(from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
  Nonce nonce;
  auto iv = from_hex("cafebabefacedbaddecaf888");
  std::copy(iv.begin(), iv.end(), nonce.begin());
  auto sealed = seal(key, nonce, from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
                     from_hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                              "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
  CHECK(to_hex(sealed) ==
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f6"
        "1e6393ba7a0a"
        "bcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
}

TEST_CASE("what was sealed opens with the same key, nonce and associated data only", "[crypto]") {
  const auto key = Key::random();
  const auto nonce = random_bytes<12>();
  const auto associated = to_bytes("case/c-elin at 17");
  const auto text = to_bytes("a note about a child");
  const auto sealed = seal(key, nonce, associated, text);
  REQUIRE(open(key, nonce, associated, sealed).value() == text);

  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= std::byte{1};
    CHECK(open(key, nonce, associated, changed).error().code == ErrorCode::corruption);
    CHECK(open(key, nonce, associated, BytesView(sealed).first(i)).error().code == ErrorCode::corruption);
  }
  for (std::size_t i = 0; i < associated.size(); ++i) {
    auto changed = associated;
    changed[i] ^= std::byte{1};
    CHECK(open(key, nonce, changed, sealed).has_error());
  }
  auto other_nonce = nonce;
  other_nonce[11] ^= std::byte{1};
  CHECK(open(key, other_nonce, associated, sealed).has_error());
  CHECK(open(Key::random(), nonce, associated, sealed).has_error());
}

TEST_CASE("nothing can be sealed and opened", "[crypto]") {
  const auto key = Key::random();
  const Nonce nonce = random_bytes<12>();
  auto sealed = seal(key, nonce, {}, {});
  CHECK(sealed.size() == seal_tag_size);
  CHECK(open(key, nonce, {}, sealed).value().empty());
  CHECK(open(key, nonce, as_bytes("x"), sealed).has_error());
}

TEST_CASE("a key that has been moved away leaves zeros behind", "[crypto]") {
  auto key = Key::random();
  const auto copy = key.copy();
  Key moved = std::move(key);
  CHECK(equal_in_constant_time(moved.view(), copy.view()));
  CHECK(equal_in_constant_time(key.view(), Key().view()));  // NOLINT(bugprone-use-after-move)
}

TEST_CASE("comparison in constant time tells equal from different", "[crypto]") {
  CHECK(equal_in_constant_time(as_bytes("abc"), as_bytes("abc")));
  CHECK(!equal_in_constant_time(as_bytes("abc"), as_bytes("abd")));
  CHECK(!equal_in_constant_time(as_bytes("abc"), as_bytes("abcd")));
  CHECK(equal_in_constant_time({}, {}));
}

TEST_CASE("random bytes do not repeat", "[crypto]") {
  std::set<std::array<std::byte, 12>> seen;
  for (int i = 0; i < 10000; ++i) seen.insert(random_bytes<12>());
  CHECK(seen.size() == 10000);
}
