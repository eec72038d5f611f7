#pragma once

#include "server/part.h"
#include "stafett/ledger/ledger.h"
#include "stafett/projection/casebook.h"
#include "stafett/server/limits.h"

namespace stafett::server {

// What making a bundle may take of memory: its records, the message and the file.
inline constexpr std::size_t bundle_bytes_to_make = 96u << 20;

// The bundle of a case, as a file in parts. Made whole before the first part, since its first bytes are a
// checksum of all.
Parts bundle_parts(ledger::Ledger& ledger, projection::Casebook& casebook, const wire::BundleRequest& request,
                   const Limits& limits);

}  // namespace stafett::server
