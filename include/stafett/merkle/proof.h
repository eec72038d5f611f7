#pragma once

#include <span>
#include <vector>

#include "stafett/core/result.h"
#include "stafett/merkle/node.h"

// Which subtrees a proof consists of (RFC 9162 2.1.3.1 and 2.1.4.1), apart from fetching them: each hash of
// the proof is the hash of one range of leaves, in the order of the RFC. At most one of the ranges is not a
// single complete node; its hash is the fold of its complete nodes (tree.h).
namespace stafett::merkle {

// The siblings on the way from the leaf to the root. Errors: invalid_argument unless position < size.
Result<std::vector<LeafRange>> inclusion_ranges(Position position, TreeSize size);

// What the proofs of several positions need together: each range once, in their order (LeafRange). Errors:
// invalid_argument unless every position < size.
Result<std::vector<LeafRange>> shared_inclusion_ranges(std::span<const Position> positions, TreeSize size);

// What shows that the newer tree extends the older. Empty when the sizes are equal, and when the older tree
// is empty: every tree extends it. Errors: invalid_argument unless older <= newer.
Result<std::vector<LeafRange>> consistency_ranges(TreeSize older, TreeSize newer);

}  // namespace stafett::merkle
