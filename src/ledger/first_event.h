#pragma once

#include "stafett/ledger/ledger.h"

namespace stafett::ledger {

// The event that a new ledger begins with (contract 7 no. 12): the adoption of the base rules, now.
Result<event::NewEvent> first_event(std::string_view base_rules, Instant now);

}  // namespace stafett::ledger
