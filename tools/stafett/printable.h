#pragma once

#include <string>
#include <string_view>

namespace stafett::tools {

// The text as it may be shown to a person: what others wrote must not move the cursor, ring, colour, or begin
// a line that looks like ours. Control characters (C0, DEL, C1) become escapes such as \n and \x1b; all
// other characters stay. Every text that is not the program's own passes here on its way to human output.
std::string printable(std::string_view text);

}  // namespace stafett::tools
