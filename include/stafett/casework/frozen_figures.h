#pragma once

#include <string>
#include <vector>

#include "stafett/casework/answers.h"
#include "stafett/core/period.h"
#include "stafett/event/new_event.h"

// Statistics of a period that is over, kept as they were published (domain.md 5.4 no. 3, R45): what managers
// are given.
namespace stafett::casework {

struct FrozenFigures {
  Period period;
  Instant at;            // judged as of then
  TreeSize size;         // events taken in account: the positions below
  std::string rule_set;  // as Basis
  std::uint32_t threshold = 0;
  std::vector<Figure> figures;  // as published: what was hidden is absent; `measured` is not kept
};

// The StatisticsFrozen that keeps them in the stream of the unit. Errors: invalid_argument for an id or a
// municipality that cannot be; too_large when there are more lines than an event can have.
Result<event::NewEvent> freezing_event(const FrozenFigures& frozen, const std::string& unit,
                                       const std::string& municipality, const event::EventId& id,
                                       Instant now);

bool is_frozen_figures(const event::RecordedEvent& event);
FrozenFigures frozen_figures(const event::RecordedEvent& event);  // requires is_frozen_figures

}  // namespace stafett::casework
