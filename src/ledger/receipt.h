#pragma once

#include "ledger/draft.h"
#include "ledger/vault.h"

namespace stafett::ledger {

// The event that says that a stream's personal content has been erased. Errors: as Ledger::erase.
Result<event::NewEvent> erasure_receipt(const storage::Store& store, const Vault& vault,
                                        const Erasure& erasure, Instant now);

}  // namespace stafett::ledger
