#include "stafett/merkle/proof.h"

#include <catch2/catch.hpp>

#include "merkle/grown_tree.h"
#include "stafett/merkle/verify.h"

using namespace stafett;
using namespace stafett::merkle;

TEST_CASE("every leaf of every tree up to 300 leaves is proved to be in it", "[merkle]") {
  const GrownTree grown(300);
  for (std::uint64_t size = 1; size <= 300; ++size) {
    const auto root = grown.root_at(size);
    for (std::uint64_t position = 0; position < size; ++position)
      REQUIRE(verify_inclusion(leaf_hash(grown.leaves[position]), Position(position), TreeSize(size),
                               grown.inclusion(position, size), root) == Verdict::valid);
  }
}

TEST_CASE("inclusion proofs are those of the RFC's definition", "[merkle]") {
  const GrownTree grown(300);
  for (std::uint64_t size :
       {1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 255, 300})
    for (std::uint64_t position = 0; position < size; ++position)
      REQUIRE(grown.inclusion(position, size) ==
              reference::inclusion_proof(position, std::span(grown.leaves).first(size)));
}

TEST_CASE("every pair of sizes up to 70 is proved consistent, as the RFC defines it", "[merkle]") {
  const GrownTree grown(70);
  for (std::uint64_t newer = 0; newer <= 70; ++newer)
    for (std::uint64_t older = 0; older <= newer; ++older) {
      const auto proof = grown.consistency(older, newer);
      if (older > 0)
        REQUIRE(proof == reference::consistency_proof(older, std::span(grown.leaves).first(newer)));
      REQUIRE(verify_consistency(TreeSize(older), TreeSize(newer), proof, grown.root_at(older),
                                 grown.root_at(newer)) == Verdict::valid);
    }
}

TEST_CASE("at most one range of a proof is not a single complete node", "[merkle]") {
  auto split_ranges = [](const std::vector<LeafRange>& ranges) {
    return std::ranges::count_if(ranges, [](LeafRange r) { return complete_nodes(r).size() != 1; });
  };
  for (std::uint64_t size = 1; size <= 300; ++size)
    for (std::uint64_t i = 0; i < size; ++i) {
      REQUIRE(split_ranges(inclusion_ranges(Position(i), TreeSize(size)).value()) <= 1);
      REQUIRE(split_ranges(consistency_ranges(TreeSize(i), TreeSize(size)).value()) <= 1);
    }
}

TEST_CASE("proofs outside the tree are refused", "[merkle]") {
  CHECK(inclusion_ranges(Position(0), TreeSize(0)).error().code == ErrorCode::invalid_argument);
  CHECK(inclusion_ranges(Position(7), TreeSize(7)).error().code == ErrorCode::invalid_argument);
  CHECK(consistency_ranges(TreeSize(8), TreeSize(7)).error().code == ErrorCode::invalid_argument);
}
