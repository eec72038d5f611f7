#pragma once

#include "casework/hearing.h"
#include "casework/phrases.h"
#include "stafett/casework/explain.h"

namespace stafett::casework {

// All steps that led to one obligation.
std::vector<Step> told(const Heard& heard, const RuleBook& book);

// The state and the reason for it: "Done late: …".
Text state_in_words(const Heard& heard);

}  // namespace stafett::casework
