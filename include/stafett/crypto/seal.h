#pragma once

#include <array>

#include "stafett/core/result.h"
#include "stafett/crypto/key.h"

// Sealing: AES-256-GCM (NIST SP 800-38D). What is sealed can be neither read nor changed without the key.
namespace stafett::crypto {

// Never twice with the same key: two texts under one key and nonce give both away.
using Nonce = std::array<std::byte, 12>;
inline constexpr std::size_t seal_tag_size = 16;

// The ciphertext, as long as `plaintext`, followed by the tag of seal_tag_size bytes. `associated` is not
// hidden, but `open` must be given the same: it binds what is sealed to its place. Thread-safe.
Bytes seal(const Key& key, const Nonce& nonce, BytesView associated, BytesView plaintext);

// The plaintext. Errors: corruption when a byte of `sealed` or `associated`, the nonce or the key is another.
Result<Bytes> open(const Key& key, const Nonce& nonce, BytesView associated, BytesView sealed);

}  // namespace stafett::crypto
