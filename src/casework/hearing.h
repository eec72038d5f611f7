#pragma once

#include <functional>
#include <set>
#include <string>

#include "casework/settlement.h"
#include "stafett/casework/judge.h"

// Judging again with a listener: what explanations are made of, so that they cannot tell another story than
// the judgement.
namespace stafett::casework {

// One obligation, with all that led to it. Valid during the call.
struct Heard {
  const Clause& clause;
  const Opening& opening;
  const Binding& binding;
  const Standing& standing;
  const Trace& trace;
  const Rule* rule;  // null for an indicator's own clause
  const RuleSet& set;
  const Judged& judged;
};
using Listener = std::function<void(const Heard&)>;

// Judges the rules and the indicators' own clauses of these ids; an empty set stands for all rules. In the
// order of the book, as `judge` does before it sorts.
void hear_again(const World& world, const RuleBook& book, const std::set<std::string>& ids,
                const Listener& listener);

}  // namespace stafett::casework
