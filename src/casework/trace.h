#pragma once

#include <optional>
#include <vector>

#include "casework/openings.h"

// What was come upon while an obligation was settled, so that it can be told why it stands as it does.
namespace stafett::casework {

// Which of the ways to a state decided it (schema/rules/README.md, States, in that order).
enum class Verdict : std::uint8_t {
  excused_from_start,  // the trigger itself excuses it
  in_time,             // settled in time
  broken,              // an event broke it for good
  excused,             // an event excused it
  ended,               // the case closed or the state it depends on ended before it was due
  grown_up,            // the child turned 18 before it was due
  late,                // settled after it was due
  deferred,            // excused for now
  missed,   // past its due time, nothing has settled it; or too late for what could only come first
  awaited,  // not due yet
};

struct Trace {
  // A requirement, and what was found to meet it, by time.
  struct Sought {
    const Requirement* requirement;
    std::vector<const Fact*> found;
    double needed = 1;
  };
  // An exception of the rule that occurred.
  struct Occurred {
    enum class Kind : std::uint8_t { extension, waiver, breach } kind;
    const Exception* exception;
    const Fact* fact;
    bool counts;                   // it came in time, and while there was something to except
    std::optional<Instant> until;  // the end of its own window, where it has one
  };
  std::vector<Sought> sought;
  std::vector<Occurred> occurred;
  std::optional<Instant> first_due;  // by the rule's window, before any extension
  std::optional<Instant> reopens;    // when what was excused for now falls due anew
  std::optional<Instant> birthday;   // the 18th, where it ends the obligation
};

}  // namespace stafett::casework
