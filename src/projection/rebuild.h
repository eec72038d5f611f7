#pragma once

#include <functional>
#include <unordered_map>

#include "projection/fold.h"
#include "stafett/projection/casebook.h"

namespace stafett::projection {

// The live state at one moment, copied so that it can be compared while the ledger goes on.
struct LiveState {
  Position checkpoint;
  casework::DossierIndex dossiers;
  std::shared_ptr<const casework::RuleBook> book;
  std::unordered_map<casework::DossierIndex::Id, std::shared_ptr<const casework::Judgement>>
      judgements;  // those at hand
};

// Folds the events below the live checkpoint anew, judges every dossier as of `at`, and compares with the
// live state byte for byte: the grouping of events, the rules, and every judgement the live side has at hand.
Result<RebuildReport> rebuild_and_compare(const ledger::Ledger& ledger, const LiveState& live, Instant at,
                                          const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                                          const std::atomic<bool>& stopped);

}  // namespace stafett::projection
