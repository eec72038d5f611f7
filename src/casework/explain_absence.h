#pragma once

#include <vector>

#include "stafett/casework/explain.h"

namespace stafett::casework {

// Why the rule of the choice, or the indicator's own clauses, gave its case or stream no obligation at all:
// step by step what the judge asked, and where it stopped. Empty when there is no such case, stream or rule.
std::vector<Step> why_none(const World& world, const RuleBook& book, const ObligationChoice& choice);

}  // namespace stafett::casework
