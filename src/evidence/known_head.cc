#include "stafett/evidence/known_head.h"

#include <algorithm>
#include <charconv>

#include "stafett/core/base64.h"

namespace stafett::evidence {
namespace {

constexpr std::string_view old_word = "old ";
constexpr std::size_t hashes_max = 64;  // more no tree needs

auto malformed() {
  return fail(ErrorCode::invalid_argument,
              "not a head with a proof of what it continues: old, hashes, signed note");
}

// Takes the lines before the empty one off the front.
Result<KnownHead::Continues> take_proof(std::string_view& text) {
  const auto take_line = [&]() -> std::optional<std::string_view> {
    const auto end = text.find('\n');
    if (end == text.npos) return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
  };
  KnownHead::Continues out;
  const auto first = take_line();
  if (!first) return malformed();
  const auto number = first->substr(old_word.size());
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), out.size.value);
  if (error != std::errc() || std::to_string(out.size.value) != number) return malformed();
  for (auto line = take_line(); !line || !line->empty(); line = take_line()) {
    const auto bytes = line ? from_base64(*line) : std::nullopt;
    auto& hash = out.proof.emplace_back();
    if (!bytes || bytes->size() != hash.size() || out.proof.size() > hashes_max) return malformed();
    std::ranges::copy(*bytes, hash.begin());
  }
  return out;
}

}  // namespace

Result<KnownHead> KnownHead::parse(std::string_view text) {
  KnownHead out;
  if (text.starts_with(old_word)) {
    STAFETT_TRY(out.continues, take_proof(text));
  }
  STAFETT_TRY(out.note, crypto::SignedNote::parse(text));
  STAFETT_TRY(out.checkpoint, merkle::Checkpoint::parse(out.note.text));
  return out;
}

}  // namespace stafett::evidence
