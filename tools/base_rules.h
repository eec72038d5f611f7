#pragma once

#include <string_view>

namespace stafett::tools {

// The shipped base rule set: the text of schema/rules/base.json as it was when this program was built.
std::string_view base_rules();

}  // namespace stafett::tools
