#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stafett {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

// The same memory seen as bytes or as characters; no copy.
inline BytesView as_bytes(std::string_view s) { return std::as_bytes(std::span(s.data(), s.size())); }
inline std::string_view as_chars(BytesView b) { return {reinterpret_cast<const char*>(b.data()), b.size()}; }
inline Bytes to_bytes(std::string_view s) {
  auto view = as_bytes(s);
  return Bytes(view.begin(), view.end());
}

// Lower-case hexadecimal, two digits a byte.
inline std::string to_hex(BytesView bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::byte b : bytes) {
    out += digits[std::to_integer<unsigned>(b) >> 4];
    out += digits[std::to_integer<unsigned>(b) & 15];
  }
  return out;
}

}  // namespace stafett
