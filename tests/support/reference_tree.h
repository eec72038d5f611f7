#pragma once

#include <span>
#include <vector>

#include "stafett/crypto/sha256.h"
#include "stafett/merkle/hash.h"

// RFC 9162 section 2.1 written down as it stands there: recursive, slow, and independent of the product's
// tree.
namespace stafett::reference {

using merkle::Hash;
using Leaves = std::span<const Bytes>;

inline std::size_t largest_power_of_two_below(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

// 2.1.1: MTH(D_n)
inline Hash root(Leaves d) {
  if (d.empty()) return crypto::sha256({});
  if (d.size() == 1) {
    Bytes input{std::byte{0}};
    input.insert(input.end(), d[0].begin(), d[0].end());
    return crypto::sha256(input);
  }
  const auto k = largest_power_of_two_below(d.size());
  const auto left = root(d.first(k)), right = root(d.subspan(k));
  Bytes input{std::byte{1}};
  input.insert(input.end(), left.begin(), left.end());
  input.insert(input.end(), right.begin(), right.end());
  return crypto::sha256(input);
}

// 2.1.3.1: PATH(m, D_n)
inline std::vector<Hash> inclusion_proof(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  const auto k = largest_power_of_two_below(d.size());
  auto proof = m < k ? inclusion_proof(m, d.first(k)) : inclusion_proof(m - k, d.subspan(k));
  proof.push_back(m < k ? root(d.subspan(k)) : root(d.first(k)));
  return proof;
}

// 2.1.4.1: SUBPROOF(m, D_n, b)
inline std::vector<Hash> subproof(std::size_t m, Leaves d, bool b) {
  if (m == d.size()) {
    if (b) return {};
    return {root(d)};
  }
  const auto k = largest_power_of_two_below(d.size());
  auto proof = m <= k ? subproof(m, d.first(k), b) : subproof(m - k, d.subspan(k), false);
  proof.push_back(m <= k ? root(d.subspan(k)) : root(d.first(k)));
  return proof;
}

// 2.1.4.1: PROOF(m, D_n), 0 < m <= n
inline std::vector<Hash> consistency_proof(std::size_t m, Leaves d) { return subproof(m, d, true); }

}  // namespace stafett::reference
