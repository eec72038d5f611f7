#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stafett::tools {

// The attributes by which the sender knows a line again, also when the line as a whole is refused.
struct SentAttributes {
  std::string id = "null";             // JSON: the string or whole number that was sent, else null
  std::optional<std::string> subject;  // when it was sent as a string
};

// Reads as far as the line is JSON.
SentAttributes sent_attributes(std::string_view line);

}  // namespace stafett::tools
