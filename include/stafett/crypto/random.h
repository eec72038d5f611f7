#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace stafett::crypto {

// Fills `out` from the system's secure generator. A machine without randomness cannot keep secrets: the
// process ends. Thread-safe.
void random_fill(std::span<std::byte> out);

template <std::size_t N>
std::array<std::byte, N> random_bytes() {
  std::array<std::byte, N> out;
  random_fill(out);
  return out;
}

// A version 4 UUID (RFC 9562): the bytes in the order they are written.
std::array<std::byte, 16> random_uuid();

}  // namespace stafett::crypto
