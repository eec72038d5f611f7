#pragma once

#include <array>
#include <memory>

#include "stafett/core/bytes.h"

// SHA-256 (FIPS 180-4): the one hash of the house.
namespace stafett::crypto {

using Digest = std::array<std::byte, 32>;

// The digest of the parts one after the other, as if they were one piece of memory. Thread-safe.
Digest sha256(BytesView part);
Digest sha256(BytesView first, BytesView second);
Digest sha256(BytesView first, BytesView second, BytesView third);

// For input that comes in pieces. `finish` ends it: the object is then as new.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(BytesView part);
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stafett::crypto
