#pragma once

#include <filesystem>
#include <memory>

#include "stafett/core/result.h"
#include "storage/identity.h"

namespace stafett::storage {

// The ledger's folder, apart from the database in it: who may use it, whose it is, and what has been
// promised.
//
//   LEDGER        identity.h
//   acknowledged  the next position as of the last acknowledged batch, overwritten in place after each. It is
//   not
//                 synced, so that it costs nothing; it never says more than is true, and what it says
//                 outlives the process. A store that holds fewer events has lost some.
//   lock          held while a process uses the folder
//   store/        the database
//   keys/         secrets, outside the database so that neither a copy of it nor its backup holds them
class Folder {
 public:
  enum class Use : std::uint8_t { write, read_only };

  // With `write`, a missing or empty folder becomes that of a new ledger, in the state `creating`. Errors:
  // unavailable when another process uses it; invalid_argument when it holds foreign files, which are left
  // untouched; corruption when it holds the parts of a ledger but not all of them, or others than when it was
  // stopped; with `read_only` not_found when there is no ledger; io_error.
  static Result<std::unique_ptr<Folder>> open(const std::filesystem::path& path, Use use);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path store() const { return path_ / "store"; }
  std::filesystem::path keys() const { return path_ / "keys"; }
  const Identity& identity() const { return identity_; }
  TreeSize acknowledged() const { return acknowledged_; }

  // After a commit, before it is answered. Never fails: a bound that is too low only protects less.
  void acknowledge(TreeSize size);

  Result<void> set_running();
  // After the database has been closed, with everything flushed.
  Result<void> set_stopped(TreeSize size, const merkle::Hash& root);

 private:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}
  Result<void> lock(Use use);
  Result<void> begin_new();
  Result<void> note(Identity identity);
  Result<void> read_identity();
  Result<void> open_acknowledged(Use use);
  Result<void> check_files() const;

  std::filesystem::path path_;
  Identity identity_;
  TreeSize acknowledged_;
  int lock_fd_ = -1;
  int acknowledged_fd_ = -1;
};

}  // namespace stafett::storage
