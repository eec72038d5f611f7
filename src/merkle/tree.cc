#include "stafett/merkle/tree.h"

#include "stafett/core/assert.h"

namespace stafett::merkle {

std::vector<NodeId> complete_nodes(LeafRange range) {
  std::vector<NodeId> nodes;
  std::uint64_t begin = range.begin;
  for (std::uint64_t left = range.end - range.begin; left > 0;) {
    const auto level = static_cast<unsigned>(std::bit_width(left) - 1);
    STAFETT_ASSERT((begin & ((std::uint64_t{1} << level) - 1)) == 0);
    nodes.push_back({level, begin >> level});
    begin += std::uint64_t{1} << level;
    left -= std::uint64_t{1} << level;
  }
  return nodes;
}

Hash fold(const std::vector<Hash>& nodes) {
  if (nodes.empty()) return empty_root();
  Hash hash = nodes.back();
  for (auto i = nodes.size() - 1; i-- > 0;) hash = node_hash(nodes[i], hash);
  return hash;
}

Tree::Tree(TreeSize size, std::vector<Hash> edge) : size_(size), edge_(std::move(edge)) {
  STAFETT_ASSERT(edge_.size() == static_cast<std::size_t>(std::popcount(size.value)));
}

void Tree::append(const Hash& leaf, std::vector<Hash>& completed) {
  Hash hash = leaf;
  completed.push_back(hash);
  for (auto ones = std::countr_one(size_.value); ones > 0; --ones) {
    hash = node_hash(edge_.back(), hash);
    edge_.pop_back();
    completed.push_back(hash);
  }
  edge_.push_back(hash);
  size_ = size_.next();
}

}  // namespace stafett::merkle
