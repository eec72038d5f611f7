#include "stafett/event/recorded_event.h"

namespace stafett::event {
namespace {

constexpr bool dash_at(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string format_event_id(const EventId& id) {
  std::string hex = to_hex(id), out;
  out.reserve(36);
  for (char c : hex) {
    if (dash_at(out.size())) out += '-';
    out += c;
  }
  return out;
}

Result<EventId> parse_event_id(std::string_view text) {
  auto malformed = [] {
    return fail(ErrorCode::invalid_argument, "not a UUID of 32 hexadecimal digits and 4 dashes");
  };
  if (text.size() != 36) return malformed();
  EventId id{};
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (dash_at(i)) {
      if (text[i] != '-') return malformed();
      continue;
    }
    int digit = hex_digit(text[i]);
    if (digit < 0) return malformed();
    id[digits / 2] = (id[digits / 2] << 4) | std::byte(digit);
    ++digits;
  }
  return id;
}

}  // namespace stafett::event
