#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stafett/casework/judge.h"

namespace stafett::casework {

// A correction that made an obligation look better: without it, it would be overdue, late or breached; with
// it, it is done in time, waived, or not there at all. Such a correction needs a second person (domain.md
// D27).
struct Amendment {
  Position correction, corrected;
  std::string rule, case_id, subject;
  std::string unit;  // whose correction it is
  State before = State::open;
  std::optional<State> after;  // absent when the correction took away what the obligation began with
  Instant recorded_at;         // of the correction
  std::string actor, corrected_actor;
  bool same_actor = false;  // the same is said to have done both
};

// Those of one dossier as of `at`, by the position of the correction. `own`, `visiting` and `home` are what
// its world is made of. Nothing more is told once `effort` is used up: then `given_up` is set.
struct Amendments {
  std::vector<Amendment> list;
  bool given_up = false;
};
Amendments amendments(std::span<const event::RecordedEvent* const> own,
                      std::span<const event::RecordedEvent* const> visiting, std::string_view home,
                      Instant at, const RuleBook& book, const Effort& effort = {});

}  // namespace stafett::casework
