#include "storage/opening.h"

#include <algorithm>

#include "storage/keys.h"
#include "storage/room.h"

namespace stafett::storage {
namespace {

// Whether the database is the folder's and holds everything that has been acknowledged.
Result<void> examine(const Database& database, const Folder& folder) {
  const auto& identity = folder.identity();
  STAFETT_TRY(auto id, database.get(Column::meta, ledger_key));
  STAFETT_TRY(auto head, read_head(database));
  if (identity.state == Identity::State::creating) return ok();
  if (!id || !std::ranges::equal(*id, identity.ledger))
    return fail(ErrorCode::corruption,
                "the files LEDGER and store/ in " + folder.path().string() + " belong to different ledgers");
  if (head.size < folder.acknowledged())
    return fail(ErrorCode::corruption, "the ledger had acknowledged " +
                                           std::to_string(folder.acknowledged().value) +
                                           " events, but its store holds " + std::to_string(head.size.value));
  if (identity.state == Identity::State::stopped &&
      (head.size != identity.size || head.root != identity.root))
    return fail(ErrorCode::corruption, "the store does not hold the " + std::to_string(identity.size.value) +
                                           " events that it held when the ledger was stopped");
  return ok();
}

}  // namespace

Result<Head> read_head(const Database& database) {
  STAFETT_TRY(auto value, database.get(Column::meta, head_key));
  return parse_head(value);
}

Result<Head> parse_head(const std::optional<Bytes>& value) {
  Head head{TreeSize(0), merkle::empty_root()};
  if (!value) return head;
  if (value->size() != 40) return fail(ErrorCode::corruption, "the store's head is damaged");
  head.size = TreeSize(get_number(value->data()));
  std::copy(value->begin() + 8, value->end(), head.root.begin());
  return head;
}

Result<std::shared_ptr<Database>> open_examined(const Folder& folder, StoreOptions options) {
  options.read_only = true;
  STAFETT_TRY(std::shared_ptr<Database> database,
              Database::open(folder.store(), options, Database::Mode::read_only));
  STAFETT_TRY(examine(*database, folder));
  return database;
}

Result<std::shared_ptr<Database>> open_writable(Folder& folder, const StoreOptions& options,
                                                bool beside_reader) {
  const bool creating = folder.identity().state == Identity::State::creating;
  if (folder.identity().state == Identity::State::stopped) {
    STAFETT_TRY(folder.set_running());
  }
  const auto mode = creating        ? Database::Mode::create
                    : beside_reader ? Database::Mode::write_beside_reader
                                    : Database::Mode::write;
  STAFETT_TRY(std::shared_ptr<Database> database, Database::open(folder.store(), options, mode));
  return database;
}

Result<void> check_room_to_open(const Folder& folder) {
  std::uintmax_t log_bytes = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder.store(), error), end; !error && it != end;
       it.increment(error)) {
    std::error_code gone;
    const auto bytes = it->path().extension() == ".log" ? it->file_size(gone) : 0;
    if (!gone) log_bytes += bytes;
  }
  return check_room(folder.store(), log_bytes / 2);  // compressed
}

}  // namespace stafett::storage
