#include "stafett/storage/health.h"

#include <utility>

namespace stafett::storage {

void Health::listen(Listener listener) {
  std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
  if (!listener_) return;
  if (damage_) listener_(Change::damaged, damage_->message);
  if (full_) listener_(Change::disk_full, *full_);
}

void Health::note(const Error& error) {
  if (error.code != ErrorCode::corruption) return;
  std::lock_guard lock(mutex_);
  if (damage_) return;
  damage_ = Error{ErrorCode::corruption,
                  "the ledger is damaged, and can only be read until it is started again: " + error.message,
                  {},
                  {}};
  if (listener_) listener_(Change::damaged, damage_->message);
}

Result<void> Health::written(Result<void> outcome) {
  const bool is_full = !outcome && outcome.error().code == ErrorCode::unavailable;
  std::lock_guard lock(mutex_);
  if (is_full && !full_) {
    full_ = outcome.error().message;
    if (listener_) listener_(Change::disk_full, *full_);
  } else if (outcome && full_) {
    full_.reset();
    if (listener_) listener_(Change::room_again, "there is room on the disk again");
  }
  return outcome;
}

std::optional<Error> Health::damage() const {
  std::lock_guard lock(mutex_);
  return damage_;
}

}  // namespace stafett::storage
