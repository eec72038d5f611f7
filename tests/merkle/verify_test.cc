#include "stafett/merkle/verify.h"

#include <catch2/catch.hpp>

#include "merkle/grown_tree.h"

using namespace stafett;
using namespace stafett::merkle;

namespace {

Hash flipped(Hash hash, std::size_t bit) {
  hash[bit / 8 % 32] ^= static_cast<std::byte>(1u << (bit % 8));
  return hash;
}

// All lists that differ from `proof` in one way: a bit, a hash less, a hash more, two exchanged.
std::vector<std::vector<Hash>> mutations(const std::vector<Hash>& proof) {
  std::vector<std::vector<Hash>> all;
  for (std::size_t i = 0; i < proof.size(); ++i) {
    auto bit = proof, missing = proof, twice = proof, swapped = proof;
    bit[i] = flipped(bit[i], i * 37);
    missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), proof[i]);
    all.insert(all.end(), {bit, missing, twice});
    if (i > 0) {
      std::swap(swapped[i], swapped[i - 1]);
      all.push_back(swapped);
    }
  }
  auto longer = proof;
  longer.push_back(Hash{});
  all.push_back(longer);
  return all;
}

}  // namespace

TEST_CASE("an inclusion proof with one thing changed is rejected", "[merkle]") {
  const GrownTree grown(70);
  for (std::uint64_t size = 1; size <= 70; ++size)
    for (std::uint64_t position = 0; position < size; ++position) {
      const auto leaf = leaf_hash(grown.leaves[position]);
      const auto root = grown.root_at(size);
      const auto proof = grown.inclusion(position, size);
      auto check = [&](const Hash& l, std::uint64_t p, std::uint64_t s, const std::vector<Hash>& hashes,
                       const Hash& r) { return verify_inclusion(l, Position(p), TreeSize(s), hashes, r); };
      REQUIRE(check(leaf, position, size, proof, root) == Verdict::valid);
      REQUIRE(check(flipped(leaf, 3), position, size, proof, root) == Verdict::wrong_root);
      REQUIRE(check(leaf, position, size, proof, flipped(root, 200)) == Verdict::wrong_root);
      REQUIRE(check(leaf, size, size, proof, root) == Verdict::out_of_range);
      for (std::uint64_t other = 0; other < size; ++other)
        if (other != position) REQUIRE(check(leaf, other, size, proof, root) != Verdict::valid);
      for (const auto& changed : mutations(proof))
        REQUIRE(check(leaf, position, size, changed, root) != Verdict::valid);
    }
}

TEST_CASE("a consistency proof with one thing changed is rejected", "[merkle]") {
  const GrownTree grown(50);
  for (std::uint64_t newer = 1; newer <= 50; ++newer)
    for (std::uint64_t older = 1; older <= newer; ++older) {
      const auto proof = grown.consistency(older, newer);
      const auto old_root = grown.root_at(older), new_root = grown.root_at(newer);
      auto check = [&](std::uint64_t m, std::uint64_t n, const std::vector<Hash>& hashes, const Hash& a,
                       const Hash& b) { return verify_consistency(TreeSize(m), TreeSize(n), hashes, a, b); };
      REQUIRE(check(older, newer, proof, old_root, new_root) == Verdict::valid);
      REQUIRE(check(older, newer, proof, flipped(old_root, 9), new_root) != Verdict::valid);
      REQUIRE(check(older, newer, proof, old_root, flipped(new_root, 9)) == Verdict::wrong_root);
      REQUIRE(check(newer + 1, newer, proof, old_root, new_root) == Verdict::out_of_range);
      for (const auto& changed : mutations(proof))
        REQUIRE(check(older, newer, changed, old_root, new_root) != Verdict::valid);
    }
}

TEST_CASE("an empty older tree needs no proof, and only the empty root fits it", "[merkle]") {
  const GrownTree grown(3);
  CHECK(verify_consistency(TreeSize(0), TreeSize(3), {}, empty_root(), grown.root_at(3)) == Verdict::valid);
  CHECK(verify_consistency(TreeSize(0), TreeSize(3), {}, Hash{}, grown.root_at(3)) ==
        Verdict::wrong_old_root);
  CHECK(verify_consistency(TreeSize(0), TreeSize(3), {Hash{}}, empty_root(), grown.root_at(3)) ==
        Verdict::wrong_proof_length);
  CHECK(verify_consistency(TreeSize(0), TreeSize(0), {}, empty_root(), Hash{}) == Verdict::wrong_root);
}
