#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "stafett/crypto/keyed_hash.h"
#include "stafett/crypto/sha256.h"

using namespace stafett;
using crypto::sha256;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4", "[crypto]") {
  CHECK(to_hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256(as_bytes("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("hashing in parts equals hashing the whole", "[crypto]") {
  const std::string text =
      "one part and another, and a third of some length to cross a block of sixty-four bytes";
  const auto whole = sha256(as_bytes(text));
  for (std::size_t i = 0; i <= text.size(); ++i) {
    auto a = as_bytes(text).first(i), b = as_bytes(text).subspan(i);
    CHECK(sha256(a, b) == whole);
    CHECK(sha256(a, b.first(b.size() / 2), b.subspan(b.size() / 2)) == whole);
    crypto::Sha256 streaming;
    streaming.update(a);
    streaming.update(b);
    CHECK(streaming.finish() == whole);
    CHECK(streaming.finish() == sha256({}));
  }
}

TEST_CASE("threads hash without disturbing each other", "[crypto]") {
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([t, &wrong] {
      std::string text(static_cast<std::size_t>(t) + 1, 'x');
      auto expected = sha256(as_bytes(text));
      for (int i = 0; i < 2000; ++i) wrong[static_cast<std::size_t>(t)] += sha256(as_bytes(text)) != expected;
    });
  for (auto& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("the keyed hash is SipHash-2-4", "[crypto]") {
  Bytes input;
  for (unsigned i = 0; i < 15; ++i) input.push_back(static_cast<std::byte>(i));
  crypto::KeyedHash hash(0x0706050403020100u, 0x0f0e0d0c0b0a0908u);
  CHECK(hash(input) == 0xa129ca6149be45e5u);        // appendix A of the paper
  CHECK(hash(BytesView{}) == 0x726fdb47dd0e0e31u);  // first of the reference vectors
  CHECK(hash(BytesView(input).first(8)) == 0x93f5f5799a932462u);
}

TEST_CASE("two tables hash the same bytes differently", "[crypto]") {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 100; ++i) seen.insert(crypto::KeyedHash::random()(as_bytes("case/c-elin")));
  CHECK(seen.size() == 100);
}
