#pragma once

#include <string>

#include "stafett/core/result.h"

namespace stafett::tools {

// Whether a server could listen on HOST:PORT or [V6]:PORT now; tried by taking the address and giving it
// back. Asked before a ledger is opened, so that a mistyped or taken address leaves no new ledger behind.
// Whoever takes the address between this and the server's own attempt is found by the server. Errors:
// invalid_argument for an address that is none, unavailable when it is taken, not this machine's, or unknown.
Result<void> can_listen(const std::string& address);

}  // namespace stafett::tools
