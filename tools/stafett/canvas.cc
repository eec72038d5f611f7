#include "stafett/canvas.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "stafett/printable.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

const char* code_of(Paint paint) {
  switch (paint) {
    case Paint::plain:
      return "";
    case Paint::bold:
      return "\x1b[1m";
    case Paint::dim:
      return "\x1b[2m";
    case Paint::red:
      return "\x1b[31m";
    case Paint::yellow:
      return "\x1b[33m";
    case Paint::green:
      return "\x1b[32m";
    case Paint::cyan:
      return "\x1b[36m";
  }
  return "";
}

constexpr const char* as_before = "\x1b[0m";

bool utf8_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    std::string_view locale(value);
    return locale.find("UTF-8") != locale.npos || locale.find("utf8") != locale.npos;
  }
  return false;
}

bool set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

// The next character of UTF-8, taken off the front.
std::string_view next_character(std::string_view& text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80) ++length;
  auto out = text.substr(0, length);
  text.remove_prefix(length);
  return out;
}

}  // namespace

Screen screen_of_output() {
  Screen screen;
  if (isatty(STDOUT_FILENO) != 1) return screen;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) screen.width = size.ws_col;
  const char* kind = std::getenv("TERM");
  bool dumb = kind == nullptr || std::string_view(kind) == "dumb";
  screen.boxes = !dumb && utf8_locale();
  screen.colour = !dumb && !set("NO_COLOR");
  return screen;
}

void Row::put(std::size_t column, std::string_view character, Paint paint) {
  if (column < cells_.size()) cells_[column] = {std::string(character), paint, true};
}

void Row::fill(std::size_t from, std::size_t to, std::string_view character, Paint paint) {
  for (auto column = from; column < to; ++column) put(column, character, paint);
}

void Row::write(std::size_t column, std::string_view text, Paint paint) {
  const auto shown = printable(text);
  text = shown;
  while (!text.empty()) put(column++, next_character(text), paint);
}

bool Row::blank(std::size_t from, std::size_t to) const {
  if (to > cells_.size()) return false;
  for (auto column = from; column < to; ++column)
    if (cells_[column].drawn) return false;
  return true;
}

void Row::behind(std::size_t column, std::string_view character, Paint paint) {
  if (column < cells_.size() && !cells_[column].drawn)
    cells_[column] = {std::string(character), paint, false};
}

std::string Row::text(bool colour) const {
  std::size_t end = cells_.size();
  while (end > 0 && cells_[end - 1].character.empty()) --end;
  std::string out;
  auto paint = Paint::plain;
  for (std::size_t i = 0; i < end; ++i) {
    auto wanted = cells_[i].character.empty() ? Paint::plain : cells_[i].paint;
    if (colour && wanted != paint) {
      if (paint != Paint::plain) out += as_before;
      out += code_of(wanted);
      paint = wanted;
    }
    out += cells_[i].character.empty() ? " " : cells_[i].character;
  }
  if (colour && paint != Paint::plain) out += as_before;
  return out;
}

std::string clipped(std::string_view text, std::size_t width_max, const Screen& screen) {
  if (width(text) <= width_max) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i + 1 < width_max; ++i) out += next_character(text);
  if (width_max > 0) out += screen.boxes ? "…" : "~";
  return out;
}

std::string painted(std::string_view text, Paint paint, bool colour) {
  if (!colour || paint == Paint::plain) return std::string(text);
  return code_of(paint) + std::string(text) + as_before;
}

}  // namespace stafett::tools
