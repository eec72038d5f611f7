#pragma once

#include <vector>

#include "casework/clause.h"
#include "casework/phrases.h"
#include "stafett/casework/explain.h"

namespace stafett::casework {

// What corrections have to do with these facts, and with events of the clause that a correction took away:
// one step each, by position.
std::vector<Step> corrections_told(const World& world, const Clause& clause, const Binding& binding,
                                   std::vector<const Fact*> facts);

}  // namespace stafett::casework
