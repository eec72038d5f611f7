#pragma once

#include <filesystem>
#include <optional>

#include "ledger/key_file.h"

namespace stafett::ledger {

// The files of the key-encryption key (kek), in the folder of keys:
//
//   kek       the key under which the data keys are wrapped
//   kek.next  during a change: the key that takes its place
//   kek.old   at the end of a change: the one that was replaced, until it is destroyed
//
// Each step is durable before the next one begins, and each may be repeated after a crash.
class KekFiles {
 public:
  explicit KekFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  KeyFile current() const { return file("kek"); }
  KeyFile next() const { return file("kek.next"); }
  // The key of kek.next, which is made unless it is there.
  Result<crypto::Key> make_next() const;
  // Takes back a change that has not come to be.
  Result<void> drop_next() const;
  // kek.next becomes kek, and the old one is overwritten and removed.
  Result<void> replace() const;
  // What a crash in the middle of that has left.
  Result<void> destroy_old() const;

 private:
  KeyFile file(const char* name) const;
  std::filesystem::path folder_;
};

}  // namespace stafett::ledger
