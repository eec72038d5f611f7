#include "ledger/kek_files.h"

#include "stafett/storage/files.h"

namespace stafett::ledger {

KeyFile KekFiles::file(const char* name) const { return {folder_ / name, "stafett key-encryption key 1"}; }

Result<crypto::Key> KekFiles::make_next() const {
  auto there = next().read();
  if (there || there.error().code != ErrorCode::not_found) return there;
  auto made = crypto::Key::random();
  STAFETT_TRY(next().write(made));
  return made;
}

Result<void> KekFiles::drop_next() const {
  auto unfinished = next().path;
  unfinished += ".new";  // as it is called while it is being written
  STAFETT_TRY(storage::destroy_file(unfinished));
  return storage::destroy_file(next().path);
}

Result<void> KekFiles::replace() const {
  // The old key keeps a name until it has been overwritten.
  STAFETT_TRY(storage::link_file(current().path, folder_ / "kek.old"));
  STAFETT_TRY(storage::rename_file(next().path, current().path));
  return destroy_old();
}

Result<void> KekFiles::destroy_old() const {
  const auto old = folder_ / "kek.old";
  std::error_code error;
  // A crash between the two steps above leaves the key in use with both names.
  if (std::filesystem::equivalent(old, current().path, error)) return storage::remove_file(old);
  return storage::destroy_file(old);
}

}  // namespace stafett::ledger
