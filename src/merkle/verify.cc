#include "stafett/merkle/verify.h"

#include <bit>

namespace stafett::merkle {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid:
      return "valid";
    case Verdict::out_of_range:
      return "out of range";
    case Verdict::wrong_proof_length:
      return "wrong proof length";
    case Verdict::wrong_old_root:
      return "wrong old root";
    case Verdict::wrong_root:
      return "wrong root";
  }
  return "unknown";
}

// fn and sn are the RFC's names: the number of the node on the way up and that of the last node on the same
// level.
Verdict verify_inclusion(const Hash& leaf, Position position, TreeSize size, const std::vector<Hash>& proof,
                         const Hash& root) {
  if (position.value >= size.value) return Verdict::out_of_range;
  std::uint64_t fn = position.value, sn = size.value - 1;
  Hash hash = leaf;
  for (const auto& p : proof) {
    if (sn == 0) return Verdict::wrong_proof_length;
    if ((fn & 1) != 0 || fn == sn) {
      hash = node_hash(p, hash);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      hash = node_hash(hash, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0) return Verdict::wrong_proof_length;
  return hash == root ? Verdict::valid : Verdict::wrong_root;
}

Verdict verify_consistency(TreeSize older, TreeSize newer, const std::vector<Hash>& proof,
                           const Hash& old_root, const Hash& new_root) {
  if (older.value > newer.value) return Verdict::out_of_range;
  if (older.value == 0) {
    if (!proof.empty()) return Verdict::wrong_proof_length;
    if (old_root != empty_root()) return Verdict::wrong_old_root;
    return newer.value != 0 || new_root == empty_root() ? Verdict::valid : Verdict::wrong_root;
  }
  if (older == newer) {
    if (!proof.empty()) return Verdict::wrong_proof_length;
    return old_root == new_root ? Verdict::valid : Verdict::wrong_root;
  }
  if (proof.empty()) return Verdict::wrong_proof_length;

  // An older tree that is one complete node is not in the proof: the verifier brings its root.
  auto next = proof.begin();
  const Hash first = std::has_single_bit(older.value) ? old_root : *next++;
  std::uint64_t fn = older.value - 1, sn = newer.value - 1;
  while ((fn & 1) != 0) {
    fn >>= 1;
    sn >>= 1;
  }
  Hash fr = first, sr = first;
  for (; next != proof.end(); ++next) {
    if (sn == 0) return Verdict::wrong_proof_length;
    if ((fn & 1) != 0 || fn == sn) {
      fr = node_hash(*next, fr);
      sr = node_hash(*next, sr);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      sr = node_hash(sr, *next);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0) return Verdict::wrong_proof_length;
  if (fr != old_root) return Verdict::wrong_old_root;
  return sr == new_root ? Verdict::valid : Verdict::wrong_root;
}

}  // namespace stafett::merkle
