#include "stafett/merkle/proof.h"

#include <algorithm>
#include <string>

namespace stafett::merkle {
namespace {

// The largest power of two smaller than n; requires n > 1.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

}  // namespace

Result<std::vector<LeafRange>> inclusion_ranges(Position position, TreeSize size) {
  if (position.value >= size.value)
    return fail(ErrorCode::invalid_argument, "position " + std::to_string(position.value) +
                                                 " is not in a tree of size " + std::to_string(size.value));
  std::vector<LeafRange> siblings;
  LeafRange tree{0, size.value};
  while (tree.end - tree.begin > 1) {
    const auto middle = tree.begin + split(tree.end - tree.begin);
    if (position.value < middle) {
      siblings.push_back({middle, tree.end});
      tree.end = middle;
    } else {
      siblings.push_back({tree.begin, middle});
      tree.begin = middle;
    }
  }
  std::ranges::reverse(siblings);  // the RFC lists them from the leaf upwards
  return siblings;
}

Result<std::vector<LeafRange>> shared_inclusion_ranges(std::span<const Position> positions, TreeSize size) {
  std::vector<LeafRange> all;
  for (const auto position : positions) {
    STAFETT_TRY(const auto ranges, inclusion_ranges(position, size));
    all.insert(all.end(), ranges.begin(), ranges.end());
  }
  std::ranges::sort(all);
  const auto repeated = std::ranges::unique(all);
  all.erase(repeated.begin(), repeated.end());
  return all;
}

Result<std::vector<LeafRange>> consistency_ranges(TreeSize older, TreeSize newer) {
  if (older.value > newer.value)
    return fail(ErrorCode::invalid_argument,
                "size " + std::to_string(older.value) + " is beyond size " + std::to_string(newer.value));
  std::vector<LeafRange> ranges;
  if (older.value == 0) return ranges;
  LeafRange tree{0, newer.value};
  while (older.value < tree.end) {
    const auto middle = tree.begin + split(tree.end - tree.begin);
    if (older.value <= middle) {
      ranges.push_back({middle, tree.end});
      tree.end = middle;
    } else {
      ranges.push_back({tree.begin, middle});
      tree.begin = middle;
    }
  }
  // What is left is a whole subtree of the older tree; when it is all of it, the verifier has its hash
  // already.
  if (tree.begin != 0) ranges.push_back(tree);
  std::ranges::reverse(ranges);
  return ranges;
}

}  // namespace stafett::merkle
