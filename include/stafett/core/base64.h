#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stafett/core/bytes.h"

namespace stafett {

// Standard base64 with padding (RFC 4648, section 4), on one line.
std::string to_base64(BytesView bytes);

// The bytes, or nothing when the text is not exactly what to_base64 gives for some bytes: no blanks, no
// missing padding, no bits that stand for nothing.
std::optional<Bytes> from_base64(std::string_view text);

}  // namespace stafett
