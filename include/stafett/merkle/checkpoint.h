#pragma once

#include <string>
#include <string_view>

#include "stafett/core/ids.h"
#include "stafett/core/result.h"
#include "stafett/merkle/hash.h"

namespace stafett::merkle {

// What a ledger signs: the state of its tree and of its streams, as the text of a c2sp.org/tlog-checkpoint:
//
//   <origin>                     which ledger
//   <size>                       number of events, decimal
//   <base64 of the root>         of the tree of events (RFC 9162)
//   streams <base64 of the root> of the map of streams (stream_map.h) at that size; an extension line
//
// One signature covers both roots, and a witness that cosigns covers them too.
struct Checkpoint {
  std::string origin;
  TreeSize size;
  Hash root{};
  Hash streams{};

  std::string to_text() const;
  // Errors: invalid_argument when the text is not exactly what to_text writes.
  static Result<Checkpoint> parse(std::string_view text);
  bool operator==(const Checkpoint&) const = default;
};

}  // namespace stafett::merkle
