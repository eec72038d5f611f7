#pragma once

#include <string>
#include <vector>

#include "stafett/figures_shown.h"

// Statistics that are frozen, and those that were.
namespace stafett::tools {

Result<int> freeze(const Globals& globals, client::Connection& connection,
                   const wire::FreezeRequest& request);

// `ids`: of the indicators to show; empty: all.
Result<int> show_frozen(const Globals& globals, client::Connection& connection,
                        const wire::FrozenRequest& request, const std::vector<std::string>& ids, bool csv);

}  // namespace stafett::tools
