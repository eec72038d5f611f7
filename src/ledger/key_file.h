#pragma once

#include <filesystem>
#include <string_view>

#include "stafett/core/result.h"
#include "stafett/crypto/key.h"

// A secret of 32 bytes in a file of its own, readable by its owner alone: a title, the bytes in hexadecimal,
// and the end of a line each.
namespace stafett::ledger {

struct KeyFile {
  std::filesystem::path path;
  std::string_view title;  // of one kind of key, so that none is taken for another

  // Errors: not_found; corruption when it is not such a file.
  Result<crypto::Key> read() const;
  // Refuses a file that others than its owner may read or change: forbidden.
  Result<void> check_private() const;
  // Of a file that somebody has named. Errors: as read, but invalid_argument when it does not begin as such a
  // file does: it is another, not a damaged one.
  Result<crypto::Key> read_given() const;
  // After a crash the file is there whole or not at all.
  Result<void> write(const crypto::Key& key) const;
};

}  // namespace stafett::ledger
