#pragma once

#include <array>
#include <cstddef>

#include "stafett/core/bytes.h"

// The RFC 9162 hashes (section 2.1.1): SHA-256 with a prefix byte that keeps leaves and nodes apart.
namespace stafett::merkle {

using Hash = std::array<std::byte, 32>;

Hash leaf_hash(BytesView leaf);                       // SHA-256(0x00 || leaf)
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(0x01 || left || right)
Hash empty_root();                                    // SHA-256 of nothing

}  // namespace stafett::merkle
