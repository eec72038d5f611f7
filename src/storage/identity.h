#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "stafett/core/ids.h"
#include "stafett/core/result.h"
#include "stafett/merkle/hash.h"

namespace stafett::storage {

inline constexpr int store_format = 1;

// What the folder's file LEDGER says: that this is a ledger, which one, and what it looked like when it was
// last stopped. A lost, shortened or exchanged file of a stopped store is found by comparing it with this
// list, which the database's own bookkeeping would not find in all cases: it takes a shortened manifest or
// write-ahead log for the remains of a crash.
struct Identity {
  enum class State : std::uint8_t {
    creating,  // nothing has been acknowledged yet: creation may simply go on
    running,   // open, or ended without a clean stop
    stopped,   // the fields below are valid
  };
  std::array<std::byte, 16> ledger{};  // random, also in the database: the two belong together
  State state = State::creating;
  TreeSize size;
  merkle::Hash root{};
  std::vector<std::pair<std::string, std::uint64_t>> files;  // of the folder store/: name and size, by name

  // Lines of text; the last line is the SHA-256 of those before it.
  std::string to_text() const;
  // Errors: corruption; invalid_argument for a format this release does not know.
  static Result<Identity> parse(std::string_view text);
};

}  // namespace stafett::storage
