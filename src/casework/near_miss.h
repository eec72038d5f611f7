#pragma once

#include "casework/clause.h"
#include "casework/phrases.h"

namespace stafett::casework {

// An event of the kind that a requirement asks for, about the same case or person, that does not meet it.
struct NearMiss {
  const Fact* fact;
  Text why;
  const Fact* because_of = nullptr;  // the event that undid it
};

// The last few by time; none of them is among what met the requirement. Those about somebody else are left
// out.
std::vector<NearMiss> near_misses(const Requirement& requirement, const Binding& binding, Instant judged_at);

}  // namespace stafett::casework
