#include <catch2/catch.hpp>
#include <random>

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
