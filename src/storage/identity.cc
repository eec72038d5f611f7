#include "storage/identity.h"

#include <charconv>
#include <optional>

#include "stafett/crypto/sha256.h"

namespace stafett::storage {
namespace {

constexpr std::string_view title = "stafett ledger";
// Begins the last line in every format there will be: the SHA-256 of all that comes before.
constexpr std::string_view checksum = "sha256 ";

// Takes "<word> <rest>\n" off the front when the line begins with that word.
std::optional<std::string_view> take(std::string_view& text, std::string_view word) {
  const auto end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  auto line = text.substr(0, end);
  if (!line.starts_with(word) || line.size() <= word.size() || line[word.size()] != ' ') return std::nullopt;
  text.remove_prefix(end + 1);
  return line.substr(word.size() + 1);
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <std::size_t N>
bool from_hex(std::string_view hex, std::array<std::byte, N>& out) {
  if (hex.size() != 2 * N) return false;
  for (std::size_t i = 0; i < N; ++i) {
    unsigned value = 0;
    auto [end, error] = std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, value, 16);
    if (error != std::errc() || end != hex.data() + 2 * i + 2) return false;
    out[i] = static_cast<std::byte>(value);
  }
  return true;
}

std::string_view to_string(Identity::State state) {
  switch (state) {
    case Identity::State::creating:
      return "creating";
    case Identity::State::running:
      return "running";
    case Identity::State::stopped:
      return "stopped";
  }
  return "";
}

std::string checksum_line(std::string_view text) {
  return std::string(checksum) + to_hex(crypto::sha256(as_bytes(text))) + "\n";
}

// Takes the last line off. False when it does not fit what comes before.
bool take_checksum(std::string_view& text) {
  const auto begin = text.rfind(checksum);
  if (begin == text.npos || text.substr(begin) != checksum_line(text.substr(0, begin))) return false;
  text.remove_suffix(text.size() - begin);
  return true;
}

auto damaged() { return fail(ErrorCode::corruption, "the file LEDGER is damaged"); }

}  // namespace

std::string Identity::to_text() const {
  std::string text;
  text.append(title).append(" ").append(std::to_string(store_format)).append("\n");
  text.append("id ").append(to_hex(ledger)).append("\n");
  text.append("state ").append(to_string(state)).append("\n");
  if (state == State::stopped) {
    text.append("size ").append(std::to_string(size.value)).append("\n");
    text.append("root ").append(to_hex(root)).append("\n");
    for (const auto& [name, bytes] : files)
      text.append("file ").append(std::to_string(bytes)).append(" ").append(name).append("\n");
  }
  return text + checksum_line(text);
}

Result<Identity> Identity::parse(std::string_view text) {
  // First of all: a byte that has changed must not pass for another release's format.
  if (!take_checksum(text)) return damaged();
  auto format = take(text, title);
  if (!format || !number(*format)) return damaged();
  if (*number(*format) != store_format)
    return fail(ErrorCode::invalid_argument,
                "the ledger has format " + std::string(*format) + ", which this release does not know");
  Identity identity;
  auto id = take(text, "id");
  if (!id || !from_hex(*id, identity.ledger)) return damaged();
  auto state = take(text, "state");
  if (!state) return damaged();
  bool known = false;
  for (auto s : {State::creating, State::running, State::stopped})
    if (*state == to_string(s)) {
      identity.state = s;
      known = true;
    }
  if (!known) return damaged();
  if (identity.state == State::stopped) {
    auto size = take(text, "size");
    auto root = take(text, "root");
    if (!size || !number(*size) || !root || !from_hex(*root, identity.root)) return damaged();
    identity.size = TreeSize(*number(*size));
    while (auto file = take(text, "file")) {
      const auto blank = file->find(' ');
      const auto bytes = number(file->substr(0, blank));
      if (blank == file->npos || !bytes) return damaged();
      identity.files.emplace_back(file->substr(blank + 1), *bytes);
    }
  }
  if (!text.empty()) return damaged();
  return identity;
}

}  // namespace stafett::storage
