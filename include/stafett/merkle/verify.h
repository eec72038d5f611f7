#pragma once

#include <string_view>
#include <vector>

#include "stafett/core/ids.h"
#include "stafett/merkle/hash.h"

// Checking proofs, without trust in who made them (RFC 9162 2.1.3.2 and 2.1.4.2). Pure.
namespace stafett::merkle {

// The first check that failed, or that none did.
enum class Verdict : unsigned char {
  valid,
  out_of_range,        // the position is not in the tree, or the older tree is larger than the newer
  wrong_proof_length,  // too few or too many hashes for these sizes
  wrong_old_root,      // the proof does not lead to the older root
  wrong_root,          // the proof does not lead to the (newer) root
};
std::string_view to_string(Verdict verdict);

Verdict verify_inclusion(const Hash& leaf, Position position, TreeSize size, const std::vector<Hash>& proof,
                         const Hash& root);

// With an empty older tree the proof is empty and old_root must be empty_root().
Verdict verify_consistency(TreeSize older, TreeSize newer, const std::vector<Hash>& proof,
                           const Hash& old_root, const Hash& new_root);

}  // namespace stafett::merkle
