#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "stafett/core/bytes.h"
#include "stafett/core/ids.h"
#include "stafett/storage/index.h"

// The keys of the store as bytes; schema/README.md has them as a grammar. Numbers are big-endian, so that the
// order of bytes is the order of numbers.
namespace stafett::storage {

inline void put_number(std::byte* out, std::uint64_t n) {
  for (int shift = 56; shift >= 0; shift -= 8) *out++ = static_cast<std::byte>(n >> shift);
}
inline std::uint64_t get_number(const std::byte* in) {
  std::uint64_t n = 0;
  for (int i = 0; i < 8; ++i) n = n << 8 | std::to_integer<std::uint64_t>(in[i]);
  return n;
}
inline std::string number_key(std::uint64_t n) {
  std::string key(8, '\0');
  put_number(reinterpret_cast<std::byte*>(key.data()), n);
  return key;
}

// Among what is known of the whole.
inline constexpr std::string_view note_prefix = "note";
inline std::string note_key(TreeSize size) { return std::string(note_prefix) + number_key(size.value); }
inline constexpr std::string_view signing_key_key = "signing";

// In the index.
inline constexpr std::string_view watermark_key = "w";
inline std::string id_key(const IdBytes& id) { return "i" + std::string(as_chars(id)); }
// A stream's name holds no zero byte, so no stream's keys lie among another's.
inline std::string stream_prefix(std::string_view stream) {
  std::string key("s");
  key.append(stream).push_back('\0');
  return key;
}
inline std::string stream_key(std::string_view stream, Version version) {
  return stream_prefix(stream) + number_key(version.value);
}

}  // namespace stafett::storage
