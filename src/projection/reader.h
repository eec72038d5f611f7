#pragma once

#include <vector>

#include "projection/fold.h"
#include "stafett/event/recorded_event.h"
#include "stafett/ledger/ledger.h"

// Fetches decoded events for the fold.
namespace stafett::projection {

// The events at these ascending positions. Errors: corruption, io_error.
Result<std::vector<event::RecordedEvent>> events_at(const ledger::Ledger& ledger,
                                                    const std::vector<Position>& positions);

// How many events had been recorded by `t`: positions below it were. `end` is the first position not looked
// at.
Result<Position> recorded_by(const ledger::Ledger& ledger, Instant t, Position end);

// A dossier as known when the ledger held the positions below `known`.
Result<Dossier> read_dossier(const ledger::Ledger& ledger, const casework::DossierIndex& index,
                             casework::DossierIndex::Id id, Position known);

}  // namespace stafett::projection
