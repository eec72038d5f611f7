#pragma once

#include <cstddef>
#include <string>

namespace stafett::tools {

// Prints the word at the margin and the text beside it, from column `indent` on, in lines of at most 100
// characters where its words allow.
void print_wrapped(const std::string& margin, std::size_t indent, const std::string& text);

}  // namespace stafett::tools
