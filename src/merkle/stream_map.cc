#include "stafett/merkle/stream_map.h"

#include <array>

#include "stafett/core/assert.h"
#include "stafett/crypto/sha256.h"

namespace stafett::merkle {
namespace {

constexpr std::byte leaf_prefix[] = {std::byte{2}};
constexpr std::byte branch_prefix[] = {std::byte{3}};
constexpr std::size_t bits_max = 8 * std::tuple_size_v<Hash>;
constexpr Hash nothing{};

bool bit(const Hash& key, std::size_t depth) {
  return (std::to_integer<unsigned>(key[depth / 8]) >> (7 - depth % 8) & 1) != 0;
}

Hash end_hash(const Hash& key, StreamEnd end) {
  std::array<std::byte, 16> numbers;
  for (std::size_t i = 0; i < 8; ++i) {
    numbers[7 - i] = static_cast<std::byte>(end.last.value >> (8 * i));
    numbers[15 - i] = static_cast<std::byte>(end.position.value >> (8 * i));
  }
  return crypto::sha256(leaf_prefix, key, numbers);
}

Hash branch_hash(const Hash& zero, const Hash& one) { return crypto::sha256(branch_prefix, zero, one); }

bool share_prefix(const Hash& a, const Hash& b, std::size_t bits) {
  for (std::size_t depth = 0; depth < bits; ++depth)
    if (bit(a, depth) != bit(b, depth)) return false;
  return true;
}

}  // namespace

Hash stream_key(std::string_view stream) { return crypto::sha256(as_bytes(stream)); }

bool verify_stream(const Hash& key, const StreamProof& proof, const Hash& root) {
  const auto& siblings = proof.siblings;
  if (siblings.size() > bits_max || (proof.end && proof.other)) return false;
  Hash hash = nothing;
  if (proof.end) {
    hash = end_hash(key, *proof.end);
  } else if (proof.other) {
    if (proof.other->key == key || !share_prefix(proof.other->key, key, siblings.size())) return false;
    hash = end_hash(proof.other->key, proof.other->end);
  }
  // A leaf stands no deeper than it must.
  if (hash != nothing && !siblings.empty() && siblings.back() == nothing) return false;
  for (auto depth = siblings.size(); depth-- > 0;)
    hash = bit(key, depth) ? branch_hash(siblings[depth], hash) : branch_hash(hash, siblings[depth]);
  return hash == root;
}

StreamMap::Ref StreamMap::Ref::to(std::size_t index, bool leaf) {
  STAFETT_ASSERT(index < (std::size_t{1} << 31) - 1);
  return {static_cast<std::uint32_t>((index + 1) << 1 | (leaf ? 1 : 0))};
}

// References into a deque stay good while it grows at its end.
void StreamMap::set(const Hash& key, StreamEnd end) {
  Ref* at = &root_;
  std::size_t depth = 0;
  for (; !at->empty() && !at->is_leaf(); ++depth) {
    auto& branch = branches_[at->index()];
    branch.fresh = false;
    at = &branch.child[bit(key, depth)];
  }
  if (!at->empty() && leaves_[at->index()].key == key) {
    leaves_[at->index()].end = end;
    return;
  }
  const auto leaf = Ref::to(leaves_.size(), true);
  leaves_.push_back({key, end});
  *at = at->empty() ? leaf : split(depth, *at, leaf);
}

// Branches down to the first bit in which the two keys differ.
StreamMap::Ref StreamMap::split(std::size_t depth, Ref old_leaf, Ref new_leaf) {
  const Hash &old_key = leaves_[old_leaf.index()].key, &new_key = leaves_[new_leaf.index()].key;
  Ref top;
  for (Ref* at = &top;; ++depth) {
    *at = Ref::to(branches_.size(), false);
    auto& branch = branches_.emplace_back();
    const bool to = bit(new_key, depth);
    if (bit(old_key, depth) != to) {
      branch.child[to] = new_leaf;
      branch.child[!to] = old_leaf;
      return top;
    }
    at = &branch.child[to];
  }
}

Hash StreamMap::hash_of(Ref ref) {
  if (ref.empty()) return nothing;
  if (ref.is_leaf()) {
    const auto& leaf = leaves_[ref.index()];
    return end_hash(leaf.key, leaf.end);
  }
  auto& branch = branches_[ref.index()];
  if (!branch.fresh) {
    branch.hash = branch_hash(hash_of(branch.child[0]), hash_of(branch.child[1]));
    branch.fresh = true;
  }
  return branch.hash;
}

Hash StreamMap::root() { return hash_of(root_); }

StreamProof StreamMap::prove(const Hash& key) {
  StreamProof proof;
  Ref at = root_;
  for (std::size_t depth = 0; !at.empty() && !at.is_leaf(); ++depth) {
    const auto& branch = branches_[at.index()];
    const bool to = bit(key, depth);
    proof.siblings.push_back(hash_of(branch.child[!to]));
    at = branch.child[to];
  }
  if (at.empty()) return proof;
  const auto& leaf = leaves_[at.index()];
  if (leaf.key == key)
    proof.end = leaf.end;
  else
    proof.other = StreamProof::Other{leaf.key, leaf.end};
  return proof;
}

}  // namespace stafett::merkle
