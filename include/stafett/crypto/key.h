#pragma once

#include <array>

#include "stafett/core/bytes.h"

namespace stafett::crypto {

// Overwrites memory that held a secret, in a way the compiler may not leave out.
void wipe(std::span<std::byte> memory);

// Whether both hold the same bytes, in a time that depends on their sizes only.
bool equal_in_constant_time(BytesView a, BytesView b);

// 32 secret bytes, wiped when they go. Not copied by accident: a copy has to be asked for.
class Key {
 public:
  static constexpr std::size_t size = 32;

  // All zero: an empty place for a key, never one to use.
  Key() = default;
  // Requires bytes.size() == size.
  explicit Key(BytesView bytes);
  static Key random();
  ~Key() { wipe(bytes_); }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  Key(Key&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  Key& operator=(Key&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_);
    }
    return *this;
  }

  Key copy() const { return Key(view()); }
  BytesView view() const { return bytes_; }

 private:
  std::array<std::byte, size> bytes_{};
};

}  // namespace stafett::crypto
