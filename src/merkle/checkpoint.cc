#include "stafett/merkle/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "stafett/core/base64.h"

namespace stafett::merkle {
namespace {

constexpr std::string_view streams_word = "streams ";

std::optional<Hash> hash_of(std::string_view text) {
  const auto bytes = from_base64(text);
  Hash hash;
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

// Takes a line off the front; empty when there is none.
std::string_view take_line(std::string_view& text) {
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

}  // namespace

std::string Checkpoint::to_text() const {
  return origin + "\n" + std::to_string(size.value) + "\n" + to_base64(root) + "\n" +
         std::string(streams_word) + to_base64(streams) + "\n";
}

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  const auto malformed = [](const char* what) {
    return fail(ErrorCode::invalid_argument, std::string("not a signed head of Stafett: ") + what);
  };
  auto rest = text;
  Checkpoint out;
  out.origin = take_line(rest);
  if (out.origin.empty()) return malformed("it names no ledger");
  const auto size = take_line(rest);
  const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), out.size.value);
  if (error != std::errc() || end != size.data() + size.size())
    return malformed("its second line is no size");
  const auto root = hash_of(take_line(rest));
  if (!root) return malformed("its third line is no root");
  out.root = *root;
  const auto extension = take_line(rest);
  if (!extension.starts_with(streams_word)) return malformed("its fourth line is not about the streams");
  const auto streams = hash_of(extension.substr(streams_word.size()));
  if (!streams) return malformed("its fourth line is no root of the streams");
  out.streams = *streams;
  // Leading zeros, a missing newline, lines that follow.
  if (out.to_text() != text) return malformed("it is written in another way than one");
  return out;
}

}  // namespace stafett::merkle
