#pragma once

#include <cstddef>
#include <string_view>

namespace stafett {

// Length in bytes of the well-formed UTF-8 character at the front of `s`; 0 when there is none (RFC 3629: no
// surrogates, no overlong forms, nothing above U+10FFFF). `s` must not be empty.
std::size_t utf8_length(std::string_view s);

bool is_utf8(std::string_view s);

}  // namespace stafett
