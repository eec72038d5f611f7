#pragma once

#include <boost/container/small_vector.hpp>
#include <vector>

#include "casework/openings.h"
#include "casework/trace.h"

// How one obligation stands: the heart of the fold. Pure functions of the world and the binding.
namespace stafett::casework {

using Facts = boost::container::small_vector<const Fact*, 8>;

struct Standing {
  State state = State::open;
  Verdict verdict = Verdict::awaited;
  std::optional<Instant> due, warn;
  const Fact* settled_by = nullptr;
  std::optional<Instant> settled_at;
  const Fact* fulfilled_by = nullptr;  // also when it was late or after a breach
  Facts evidence;                      // what fulfilled it, was counted, or excused it
  double matched = 0, needed = 1;
  Instant horizon = instant_max;  // next moment at which the clock alone may change it
};

// All events that meet the requirement for this binding by `judged_at`, by time.
std::vector<const Fact*> matches(const Requirement& requirement, const Binding& binding, Instant judged_at);
// The event that undid the match by then; null when none did. Whether its validity had ended at the trigger.
const Fact* undone_by(const Requirement& requirement, const Fact& match, const Binding& binding,
                      Instant judged_at);
bool expired(const Requirement& requirement, const Fact& match, const Binding& binding);
// Up to when what must happen is looked for: an ordering looks no further than the trigger.
Instant looked_for_until(const Clause& clause, const Binding& binding);
// How many matches the requirement needs.
double count_needed(const Requirement& requirement, const Binding& binding);

// Whether all had happened by the trigger / whether none had.
bool all_given(const std::vector<Requirement>& requirements, const Binding& binding);
bool none_given(const std::vector<Requirement>& requirements, const Binding& binding);

// `trace`, when given, is told what was come upon.
Standing settle(const Clause& clause, const Opening& opening, const Binding& binding,
                const std::vector<Date>& holidays, Trace* trace = nullptr);

}  // namespace stafett::casework
