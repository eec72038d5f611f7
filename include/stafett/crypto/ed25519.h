#pragma once

#include <array>
#include <memory>

#include "stafett/core/bytes.h"
#include "stafett/crypto/key.h"

// Ed25519 (RFC 8032, pure): signatures on tree heads.
namespace stafett::crypto {

using PublicKey = std::array<std::byte, 32>;
using Signature = std::array<std::byte, 64>;

// The private half. Immutable; thread-safe.
class SigningKey {
 public:
  // From the 32-byte seed that RFC 8032 calls the private key.
  explicit SigningKey(const Key& seed);
  ~SigningKey();
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;

  const PublicKey& public_key() const { return public_key_; }
  Signature sign(BytesView message) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  PublicKey public_key_{};
};

// Whether the key's owner signed exactly this message. False for a malformed key too.
bool verify(const PublicKey& key, BytesView message, const Signature& signature);

}  // namespace stafett::crypto
