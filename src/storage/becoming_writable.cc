#include "stafett/core/assert.h"
#include "stafett/storage/test_hooks.h"
#include "storage/opening.h"
#include "storage/store_state.h"

namespace stafett::storage {
namespace {

constexpr std::chrono::milliseconds pause_between_attempts{1000};

}  // namespace

Result<void> Store::State::open_to_write() {
  const bool creating = folder->identity().state == Identity::State::creating;
  if (auto examined = database.exchange(nullptr)) {
    STAFETT_TRY(examined->close());
  }
  auto writable = open_writable(*folder, options, false);
  if (writable) {
    if (options.rebuild_index) {
      STAFETT_TRY(writable.value()->clear(Column::index, options));
    }
    database.exchange(std::move(writable.value()));
    return ok();
  }
  // There is nothing to read in a new ledger, and an index that is to be made anew is not to be read.
  if (writable.error().code != ErrorCode::unavailable || creating || options.rebuild_index)
    return fail(std::move(writable.error()));
  STAFETT_TRY(auto readable, open_examined(*folder, options));
  database.exchange(std::move(readable));
  wait_for_room(writable.error());
  return ok();
}

void Store::State::wait_for_room(const Error& cause) {
  no_room =
      Error{ErrorCode::unavailable,
            "there was no room to open the ledger for writing; it can only be read until there is, which "
            "is tried again by itself: " +
                cause.message,
            {},
            {}};
  (void)options.health->written(fail(*no_room));
  const bool hurried = options.hooks && options.hooks->retry_after.count() > 0;
  next_attempt =
      std::chrono::steady_clock::now() + (hurried ? options.hooks->retry_after : pause_between_attempts);
}

Result<void> Store::State::become_writable() {
  let_go_of_retired();
  // What is appended after something that is gone would rest on it.
  if (auto damage = options.health->damage()) return fail(std::move(*damage));
  if (!no_room) return ok();
  if (std::chrono::steady_clock::now() < next_attempt) return fail(*no_room);
  auto room = check_room_to_open(*folder);
  if (!room) {
    wait_for_room(room.error());
    return fail(*no_room);
  }
  auto writable = open_writable(*folder, options, true);
  auto taken = writable ? take_over(std::move(writable.value())) : fail(std::move(writable.error()));
  if (taken) return ok();
  if (taken.error().code != ErrorCode::unavailable) return taken;
  wait_for_room(taken.error());
  return fail(*no_room);
}

// Both handles have recovered the same files, so they hold the same.
Result<void> Store::State::take_over(std::shared_ptr<Database> writable) {
  STAFETT_TRY(auto found, read_head(*writable));
  if (found.size != head.size || found.root != head.root)
    return fail(ErrorCode::corruption, "opened for writing, the store holds " +
                                           std::to_string(found.size.value) + " events instead of the " +
                                           std::to_string(head.size.value) + " that it held for reading");
  retired = database.exchange(std::move(writable));
  index->begin_writing();
  no_room.reset();
  let_go_of_retired();
  return ok();
}

// Nobody can begin to read it any more, so once it is held here alone it stays so.
void Store::State::let_go_of_retired() {
  if (!retired || retired.use_count() > 1) return;
  retired.reset();
  database.get()->reader_is_gone();
}

}  // namespace stafett::storage
