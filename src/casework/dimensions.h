#pragma once

#include <array>
#include <string>

#include "casework/openings.h"
#include "stafett/casework/judge.h"

namespace stafett::casework {

// What the instance may be broken down by; age and status are those at the trigger (domain.md 5.1).
std::array<std::string, dimension_count> dimensions_of(const Opening& opening, const Binding& binding,
                                                       const Obligation& obligation);

}  // namespace stafett::casework
