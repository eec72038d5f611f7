#include "stafett/crypto/ed25519.h"

#include <catch2/catch.hpp>

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

TEST_CASE("signing gives the signatures of RFC 8032", "[crypto]") {
  struct Vector {
    const char *seed, *public_key, *message, *signature;
  };
  // Section 7.1, tests 1, 2 and 3.
  const Vector vectors[] = {{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                             "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                             "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33ba"
                             "cc61e39701cf9b46bd25bf5f0595bbe246"
                             "55141438e7a100b"},
                            {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                             "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                             "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996"
                             "e458f3613d0f11d8c387b2eaeb4302aeeb"
                             "00d291612bb0c00"},
                            {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                             "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                             "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f29"
                             "0ae67f760984dc6594a7c15e9716ed28dc"
                             "027beceea1ec40a"}};
  for (const auto& v : vectors) {
    SigningKey key{Key(from_hex(v.seed))};
    CHECK(to_hex(key.public_key()) == v.public_key);
    const auto message = from_hex(v.message);
    const auto signature = key.sign(message);
    CHECK(to_hex(signature) == v.signature);
    CHECK(verify(key.public_key(), message, signature));
  }
}

TEST_CASE("a signature holds for its message and key only", "[crypto]") {
  SigningKey key(Key::random()), other(Key::random());
  const auto message = to_bytes("stafett.example\n17\nroot\n");
  const auto signature = key.sign(message);
  REQUIRE(verify(key.public_key(), message, signature));
  CHECK(!verify(other.public_key(), message, signature));
  CHECK(!verify(PublicKey{}, message, signature));
  for (std::size_t i = 0; i < message.size(); ++i) {
    auto changed = message;
    changed[i] ^= std::byte{1};
    CHECK(!verify(key.public_key(), changed, signature));
  }
  for (std::size_t i = 0; i < signature.size(); ++i) {
    auto changed = signature;
    changed[i] ^= std::byte{1};
    CHECK(!verify(key.public_key(), message, changed));
  }
}
