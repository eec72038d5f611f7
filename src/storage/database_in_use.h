#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "storage/database.h"

namespace stafett::storage {

// The database that is read at present. It is exchanged once at most, when a store that was opened with a
// full disk becomes writable. A reader keeps what it was given until it has finished, and lets go of
// everything that comes from it (iterators, pinned values) before.
class DatabaseInUse {
 public:
  std::shared_ptr<Database> get() const {
    std::lock_guard lock(mutex_);
    return database_;
  }
  // Returns the one before.
  std::shared_ptr<Database> exchange(std::shared_ptr<Database> next) {
    std::lock_guard lock(mutex_);
    return std::exchange(database_, std::move(next));
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<Database> database_;
};

}  // namespace stafett::storage
