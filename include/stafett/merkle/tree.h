#pragma once

#include <vector>

#include "stafett/core/ids.h"
#include "stafett/merkle/hash.h"
#include "stafett/merkle/node.h"

namespace stafett::merkle {

// The hash of a range from the hashes of its complete nodes, left to right (see complete_nodes): the smaller
// right ones are joined first, as in RFC 9162 2.1.1. empty_root() for none.
Hash fold(const std::vector<Hash>& nodes);

// A growing tree, of which only the right edge is kept: at most 64 hashes, cheap to copy. It says which nodes
// an append completes; keeping them is somebody else's job. Not thread-safe.
class Tree {
 public:
  Tree() = default;
  // A tree of that size. `edge` holds the hashes of complete_nodes({0, size}), in that order.
  Tree(TreeSize size, std::vector<Hash> edge);

  TreeSize size() const { return size_; }
  Hash root() const { return fold(edge_); }

  // Appends a leaf. Adds the hashes of the nodes it completes to `completed`, in the order of node.h: the
  // leaf, then level by level.
  void append(const Hash& leaf, std::vector<Hash>& completed);

 private:
  TreeSize size_;
  std::vector<Hash> edge_;
};

}  // namespace stafett::merkle
