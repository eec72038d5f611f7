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

// What the judge asks of each opening, in this order: whether this version of the rule judges what began then
// and there, `on` being the local date of that…
bool in_force(const Hearing& hearing, const Opening& opening, Date on, const RuleBook& book);
// …what the rule's references mean for it and one of its subjects…
Binding bound(const World& world, const Opening& opening, std::string_view subject);
// …and, besides what must and must not have happened by then, whether an event since has made it pointless:
// that event, or null.
const Fact* gone_by(const Clause& clause, const Binding& binding);

// Judges the rules and the indicators' own clauses of these ids; an empty set stands for all rules. In the
// order of the book, as `judge` does before it sorts.
void hear_again(const World& world, const RuleBook& book, const std::set<std::string>& ids,
                const Listener& listener);

}  // namespace stafett::casework
