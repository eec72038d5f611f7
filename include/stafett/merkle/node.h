#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <vector>

#include "stafett/core/ids.h"

// Complete nodes of the tree and the order in which they come into being.
//
// A node of level l and index i covers the 2^l leaves [i * 2^l, (i+1) * 2^l). It is complete, and never
// changes again, once its last leaf is there: appending leaf p completes the leaf itself (level 0) and then,
// level by level, one node for each trailing 1 bit of p. Written down in that order all complete nodes form
// one growing array, in which the place of any node follows from its name: no table is needed to find it.
namespace stafett::merkle {

struct NodeId {
  unsigned level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const NodeId&) const = default;

  // The leaf whose append completes the node.
  constexpr Position last_leaf() const { return Position(((index + 1) << level) - 1); }
};

// How many complete nodes a tree of n leaves has; so also the place of leaf n in the array.
constexpr std::uint64_t complete_node_count(TreeSize n) {
  return 2 * n.value - static_cast<std::uint64_t>(std::popcount(n.value));
}

// The node's place in the array of complete nodes.
constexpr std::uint64_t place_of(NodeId node) {
  return complete_node_count(TreeSize(node.last_leaf().value)) + node.level;
}

// Leaves [begin, end) that are a subtree of the RFC's recursion: begin is a multiple of the smallest power of
// two not below end - begin.
struct LeafRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  auto operator<=>(const LeafRange&) const = default;
};

// The complete nodes that together cover the range, left to right, as few as possible: one for each 1 bit of
// its length, the largest first. Empty for an empty range.
std::vector<NodeId> complete_nodes(LeafRange range);

}  // namespace stafett::merkle
