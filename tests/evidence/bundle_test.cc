#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "evidence/small_ledger.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::evidence;

namespace {

Bytes sample() {
  const SmallLedger ledger(3, 4);
  auto bundle = ledger.bundle_of("c1", {"case/c9", "person/p-1"});
  bundle.older = OlderTree{TreeSize(5), ledger.roots[5], ledger.consistency(5, ledger.records.size())};
  return encode(bundle);
}

// Nobody is kept from making the checksum fit.
Bytes with_checksum(Bytes file) {
  constexpr std::ptrdiff_t checksum_at = 16, checksum_size = 32;
  if (file.size() < checksum_at + checksum_size) return file;
  std::fill_n(file.begin() + checksum_at, checksum_size, std::byte{0});
  const auto digest = crypto::sha256(file);
  std::copy(digest.begin(), digest.end(), file.begin() + checksum_at);
  return file;
}

// Empty when it is verified, "file" when it cannot even be read, else the check that fails.
std::string refusal_of(const Bytes& file, const Trust& trust) {
  const auto bundle = decode(with_checksum(file));
  return bundle ? flaw_of(bundle.value(), trust) : "file";
}

}  // namespace

TEST_CASE("a bundle is read as it was written, and would be written so again", "[evidence]") {
  const auto file = sample();
  const auto bundle = decode(file);
  REQUIRE(bundle.has_value());
  CHECK(bundle.value().case_id == "c1");
  CHECK(bundle.value().records.size() == 5);
  CHECK(bundle.value().streams.size() == 4);
  CHECK(bundle.value().older->size == TreeSize(5));
  CHECK(encode(bundle.value()) == file);
}

TEST_CASE("a file with any one bit changed is refused", "[evidence]") {
  const auto file = sample();
  for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
    auto changed = file;
    changed[bit / 8] ^= static_cast<std::byte>(1u << bit % 8);
    REQUIRE_FALSE(decode(changed).has_value());
  }
}

TEST_CASE("a file with any byte changed and the checksum put right is refused by what it then says",
          "[evidence]") {
  std::mt19937_64 random(support::seed());
  const SmallLedger ledger(3, 4);
  // No stream that does not exist: that another one does not is as true, and its proof may be the same.
  auto bundle = ledger.bundle_of("c1", {});
  bundle.older = OlderTree{TreeSize(5), ledger.roots[5], ledger.consistency(5, ledger.records.size())};
  const auto file = encode(bundle);
  REQUIRE(refusal_of(file, ledger.trust()).empty());
  std::set<std::string> refusals;
  for (std::size_t at = 0; at < file.size(); ++at)
    for (const auto bits : {std::uint64_t{1}, 1 + random() % 255}) {
      auto changed = file;
      changed[at] ^= static_cast<std::byte>(bits);
      if (with_checksum(changed) == file) continue;  // of the checksum itself
      const auto refusal = refusal_of(changed, ledger.trust());
      INFO("byte " << at);
      REQUIRE_FALSE(refusal.empty());
      refusals.insert(refusal);
    }
  // It was not one check that refused them all.
  for (const char* check :
       {"file", "format", "signature", "consistency", "inclusion", "completeness", "scope", "schema"}) {
    INFO(check);
    CHECK(refusals.contains(check));
  }
}

TEST_CASE("a file with pieces exchanged, doubled or left out and the checksum put right is refused",
          "[evidence]") {
  std::mt19937_64 random(support::seed());
  const SmallLedger ledger(3, 4);
  const auto file = encode(ledger.bundle_of("c1", {}));
  for (int i = 0; i < 300; ++i) {
    const auto words = file.size() / 8;
    const auto length = random() % 8 + 1, a = random() % (words - length), b = random() % (words - length);
    const auto at = [](Bytes& bytes, std::size_t index) {
      return bytes.begin() + static_cast<std::ptrdiff_t>(8 * index);
    };
    auto swapped = file, doubled = file, missing = file;
    if (a + length <= b) std::swap_ranges(at(swapped, a), at(swapped, a + length), at(swapped, b));
    if (with_checksum(swapped) != file) REQUIRE_FALSE(refusal_of(swapped, ledger.trust()).empty());
    doubled.insert(at(doubled, a), file.begin(), file.begin() + static_cast<std::ptrdiff_t>(8 * length));
    REQUIRE_FALSE(refusal_of(doubled, ledger.trust()).empty());
    missing.erase(at(missing, a), at(missing, a + length));
    REQUIRE_FALSE(refusal_of(missing, ledger.trust()).empty());
  }
}

TEST_CASE("a file that is shorter or longer by any number of bytes is refused", "[evidence]") {
  const auto file = sample();
  for (std::size_t size = 0; size < file.size(); ++size)
    REQUIRE_FALSE(decode(BytesView(file).first(size)).has_value());
  auto longer = file;
  for (int i = 0; i < 64; ++i) {
    longer.push_back(std::byte{0});
    REQUIRE_FALSE(decode(longer).has_value());
  }
}

TEST_CASE("pieces that are exchanged, doubled or left out are refused", "[evidence]") {
  std::mt19937_64 random(support::seed());
  const auto file = sample();
  for (int i = 0; i < 300; ++i) {
    const auto words = file.size() / 8;
    const auto length = random() % 8 + 1, a = random() % (words - length), b = random() % (words - length);
    auto swapped = file, doubled = file, missing = file;
    const auto at = [&](Bytes& bytes, std::size_t index) {
      return bytes.begin() + static_cast<std::ptrdiff_t>(8 * index);
    };
    std::swap_ranges(at(swapped, a), at(swapped, a + length), at(swapped, b));
    if (swapped != file && a + length <= b) REQUIRE_FALSE(decode(swapped).has_value());
    doubled.insert(at(doubled, a), file.begin(), file.begin() + static_cast<std::ptrdiff_t>(8 * length));
    REQUIRE_FALSE(decode(doubled).has_value());
    missing.erase(at(missing, a), at(missing, a + length));
    REQUIRE_FALSE(decode(missing).has_value());
  }
}

TEST_CASE("bundles carry the schema of their release", "[evidence]") {
  std::vector<std::string> names;
  for (const auto& file : schema_files()) {
    names.push_back(file.name);
    CHECK(file.text.find("@0x") != std::string::npos);
  }
  for (const char* name : {"record.capnp", "event.capnp", "forms.capnp", "annotations.capnp", "bundle.capnp",
                           "events/participation.capnp"})
    CHECK(std::find(names.begin(), names.end(), name) != names.end());
}
