#pragma once

#include "server/part.h"
#include "stafett/ledger/ledger.h"
#include "stafett/server/limits.h"

// Answers read straight from the ledger: whole streams of events, and proofs.
namespace stafett::server {

// Events in ledger order, up to what is acknowledged now.
Parts read_parts(const ledger::Ledger& ledger, const wire::ReadRequest& request, const Limits& limits);
// The same without end: waits for what is not there yet.
Parts follow_parts(const ledger::Ledger& ledger, const wire::FollowRequest& request, const Limits& limits);
// The events of one stream, up to what is acknowledged now.
Parts history_parts(const ledger::Ledger& ledger, const wire::HistoryRequest& request, const Limits& limits);

Part head_part(ledger::Ledger& ledger);
Part cosign_part(ledger::Ledger& ledger, const wire::CosignRequest& request);
Parts heads_parts(const ledger::Ledger& ledger, const wire::HeadsRequest& request, const Limits& limits);
Part inclusion_part(const ledger::Ledger& ledger, const wire::InclusionRequest& request);
Part consistency_part(const ledger::Ledger& ledger, const wire::ConsistencyRequest& request);

}  // namespace stafett::server
