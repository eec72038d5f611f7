#pragma once

#include "ledger/vault.h"
#include "stafett/ledger/verify.h"
#include "stafett/storage/store.h"

namespace stafett::ledger {

// The checks of verify.h on an open store. Without a vault the data keys are looked at from outside only.
// What has been found before is counted in.
Result<Verification> verify_store(const storage::Store& store, const Vault* vault,
                                  const VerifyOptions& options, std::vector<Problem> found_before = {});

}  // namespace stafett::ledger
