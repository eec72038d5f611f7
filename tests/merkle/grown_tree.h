#pragma once

#include "stafett/merkle/proof.h"
#include "stafett/merkle/tree.h"
#include "support/reference_tree.h"

namespace stafett::merkle {

// A tree that keeps its nodes in one array, as a store would, and makes proofs from it.
struct GrownTree {
  std::vector<Bytes> leaves;
  std::vector<Hash> nodes;
  Tree tree;

  explicit GrownTree(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      leaves.push_back(to_bytes("leaf " + std::to_string(i)));
      tree.append(leaf_hash(leaves.back()), nodes);
    }
  }

  Hash hash_of(LeafRange range) const {
    std::vector<Hash> parts;
    for (auto node : complete_nodes(range)) parts.push_back(nodes.at(place_of(node)));
    return fold(parts);
  }
  std::vector<Hash> hashes_of(const std::vector<LeafRange>& ranges) const {
    std::vector<Hash> hashes;
    for (auto range : ranges) hashes.push_back(hash_of(range));
    return hashes;
  }
  std::vector<Hash> inclusion(std::uint64_t position, std::uint64_t size) const {
    return hashes_of(inclusion_ranges(Position(position), TreeSize(size)).value());
  }
  std::vector<Hash> consistency(std::uint64_t older, std::uint64_t newer) const {
    return hashes_of(consistency_ranges(TreeSize(older), TreeSize(newer)).value());
  }
  Hash root_at(std::uint64_t size) const { return hash_of({0, size}); }
};

}  // namespace stafett::merkle
