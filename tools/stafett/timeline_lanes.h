#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stafett/casework/world.h"
#include "stafett/wire/messages.h"

// What a timeline shows of a case, as values: nothing of how it is drawn. Names are those of the contract and
// of the event catalogue.
namespace stafett::tools {

// A stretch of time: [from, to).
struct Span {
  std::string kind;  // "phase", "unit", "noUnit", "quiet" or "risk"
  std::string name;  // the phase, the unit's id, the kind of risk that no unit answered for
  Instant from, to;
  std::vector<Position> positions;  // of what began it, and of what ended it
};

// One event, at the time that rules use.
struct Mark {
  Instant at;
  Position position;
  std::uint16_t type = 0;  // of the event catalogue
};

// One case, from its opening to its closing or to `at`.
struct Lane {
  wire::CaseSummary summary;
  Instant end;
  std::vector<Span> phases, units;
  std::vector<Span> gaps;  // without a responsible unit, without an event, a risk that no unit answers for
  std::vector<Mark> marks;
  std::vector<wire::Obligation> obligations;  // by creation
};

// The lane of a case whose events are in `world`. A stretch without an event of the case counts as quiet when
// it is longer than `quiet_days`; one without a responsible unit is told from a day on (children's cases:
// what an adult's case has not assigned is the opening unit's).
Lane lane_of(const casework::World& world, wire::CaseSummary summary,
             std::vector<wire::Obligation> obligations, std::uint64_t quiet_days);

// What went wrong, or may yet: neither done in time nor fallen away.
bool needs_attention(const wire::Obligation& obligation);

}  // namespace stafett::tools
