#include "stafett/wrapped.h"

#include <cstdio>

#include "stafett/printable.h"
#include "stafett/table.h"

namespace stafett::tools {

void print_wrapped(const std::string& margin, std::size_t indent, const std::string& given) {
  const auto text = printable(given);
  constexpr std::size_t line_width = 100;
  auto padded = [&](std::string line) {
    auto now = width(line);
    if (now < indent) line.append(indent - now, ' ');
    return line;
  };
  auto line = padded(margin);
  bool begun = false;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find(' ', at), text.size());
    auto word = text.substr(at, end - at);
    at = end + 1;
    if (begun && width(line) + 1 + width(word) > line_width) {
      std::printf("%s\n", line.c_str());
      line = padded("");
      begun = false;
    }
    line += (begun ? " " : "") + word;
    begun = true;
  }
  std::printf("%s\n", line.c_str());
}

}  // namespace stafett::tools
