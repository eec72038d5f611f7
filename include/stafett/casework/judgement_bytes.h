#pragma once

#include <string>

#include "stafett/casework/judge.h"

namespace stafett::casework {

// A judgement in canonical bytes: equal judgements, and only they, have equal bytes. What `rebuild` compares.
std::string to_bytes(const Judgement& judgement);

}  // namespace stafett::casework
