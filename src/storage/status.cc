#include "storage/status.h"

namespace stafett::storage {
namespace {

// Before it opens a ledger the database tries out what the disk can do, and calls a failure of that a mistake
// in its options. Ours do not change: it was the disk.
bool tried_out(const rocksdb::Status& status) {
  const std::string_view said = status.getState() ? status.getState() : "";
  if (!status.IsInvalidArgument() || said.find("No such file") != said.npos) return false;
  return said.find("IO error") != said.npos || said.starts_with("Direct I/O");
}

ErrorCode code_of(const rocksdb::Status& status) {
  if (status.IsNoSpace()) return ErrorCode::unavailable;
  // A file that the database expects and that is gone is damage, not a passing failure of the disk.
  if (status.IsPathNotFound()) return ErrorCode::corruption;
  if (status.IsIOError() || tried_out(status)) return ErrorCode::io_error;
  if (status.IsBusy() || status.IsTryAgain() || status.IsIncomplete() || status.IsShutdownInProgress() ||
      status.IsAborted() || status.IsTimedOut())
    return ErrorCode::unavailable;
  // Also what the database takes for a caller's mistake: this layer's calls are right, so the files are
  // wrong.
  return ErrorCode::corruption;
}

}  // namespace

Error to_error(const rocksdb::Status& status, std::string_view doing) {
  std::string message = status.IsNoSpace() ? "the disk is full, while " : "the store failed while ";
  message.append(doing).append(": ").append(status.ToString());
  return Error{code_of(status), std::move(message), {}, {}};
}

}  // namespace stafett::storage
