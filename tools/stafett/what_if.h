#pragma once

#include "stafett/command.h"

namespace stafett::tools {

// What adopting this rule set would change, asked and printed. Nothing is adopted.
Result<int> what_if(const Globals& globals, std::string definition, client::Connection& connection);

}  // namespace stafett::tools
