#pragma once

#include "stafett/command.h"

namespace stafett::tools {

// Asks and prints: a page of sentences in the user's language, or one JSON line an explanation.
Result<int> explain(const Globals& globals, const wire::ExplainRequest& request,
                    client::Connection& connection);

}  // namespace stafett::tools
