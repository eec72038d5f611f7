#include "stafett/printable.h"

namespace stafett::tools {
namespace {

std::string escape(unsigned char code) {
  constexpr const char* digits = "0123456789abcdef";
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  return {'\\', 'x', digits[code >> 4], digits[code & 15]};
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    if (byte < 0x20 || byte == 0x7f) {
      out += escape(byte);
    } else if (byte == 0xc2 && next >= 0x80 && next < 0xa0) {  // C1 in UTF-8
      out += escape(static_cast<unsigned char>(next));
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace stafett::tools
