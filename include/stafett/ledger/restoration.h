#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stafett/crypto/signed_note.h"
#include "stafett/ledger/ledger.h"

// Makes a ledger's folder from the records and wrapped keys of a backup. What is made is a ledger like any
// other: the same records at the same positions, so the same tree; appends go on where it ends.
namespace stafett::ledger {

struct RestorationKeys {
  std::vector<Ledger::WrappedKey> wrapped;  // as Ledger::wrapped_keys gave them
  // The file keys/kek under which they lie. Nothing: the ledger gets a new one, and the personal content
  // there was is not readable in it.
  std::optional<std::filesystem::path> kek;
  // The file keys/signing. Nothing: the ledger gets a new one when it is first started, and its heads are
  // signed with that.
  std::optional<std::filesystem::path> signing;
  crypto::NoteKey signer;  // whose file that must be
};

// The folder is built beside the place it is to have, under its name and `.restoring`, and gets its name at
// the end: what is interrupted is no ledger. Not thread-safe.
class Restoration {
 public:
  // Errors: invalid_argument when there is something at `folder` already, or a key file is another's;
  // corruption; io_error.
  static Result<std::unique_ptr<Restoration>> begin(std::filesystem::path folder, RestorationKeys keys);
  ~Restoration();

  // The records of the next positions, in order. Errors: corruption when they are not.
  Result<void> add(std::vector<Bytes> records);
  // After the last. `note` is the signed head of the whole, which is kept when the signing key is the same.
  Result<TreeHead> finish(std::string_view note);

 private:
  struct State;
  explicit Restoration(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace stafett::ledger
