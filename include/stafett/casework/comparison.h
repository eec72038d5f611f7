#pragma once

#include <optional>
#include <vector>

#include "stafett/casework/judge.h"

namespace stafett::casework {

// An obligation as it is judged in two ways; absent where one of them does not know it.
struct ObligationChange {
  std::optional<Obligation> before, after;
};

// The obligations of rules that the two judgements of one dossier do not agree on: those that only one has,
// and those whose state, due time, warning time, severity or legal reference differ. The same obligation is
// that of the same rule, trigger and subject. Ordered by rule, creation and subject.
std::vector<ObligationChange> changes(const Judgement& before, const Judgement& after);

}  // namespace stafett::casework
