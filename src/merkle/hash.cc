#include "stafett/merkle/hash.h"

#include "stafett/crypto/sha256.h"

namespace stafett::merkle {
namespace {
constexpr std::byte leaf_prefix[] = {std::byte{0}};
constexpr std::byte node_prefix[] = {std::byte{1}};
}  // namespace

Hash leaf_hash(BytesView leaf) { return crypto::sha256(leaf_prefix, leaf); }
Hash node_hash(const Hash& left, const Hash& right) { return crypto::sha256(node_prefix, left, right); }
Hash empty_root() { return crypto::sha256({}); }

}  // namespace stafett::merkle
