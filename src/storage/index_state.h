#pragma once

#include <array>
#include <condition_variable>
#include <shared_mutex>
#include <thread>

#include "stafett/storage/index.h"
#include "stafett/storage/store.h"
#include "storage/database_in_use.h"
#include "storage/tail.h"

namespace stafett::storage {

// The tail is at most two lots: `growing` takes new entries; when it is full it becomes `writing`, which no
// longer changes, is written to the column family by the thread, and is dropped only after that. So a look-up
// that asks the tail first and the column family afterwards misses nothing.
struct Index::State {
  // Errors: corruption when the watermark is beyond the records.
  static Result<std::unique_ptr<State>> open(const DatabaseInUse& databases, const StoreOptions& options,
                                             TreeSize head, bool read_only);
  State(const DatabaseInUse& databases, const StoreOptions& options, Position watermark, bool read_only);
  ~State();

  // Newest first; null where there is none. Requires the lock.
  std::array<const TailLot*, 2> lots() const { return {&growing, writing.get()}; }
  void freeze();  // requires the lock and no lot being written
  void run();
  // Moves the watermark as far as it gets.
  Result<void> write(const TailLot& lot);
  Result<std::vector<Position>> stored_positions(std::string_view stream, Version from,
                                                 std::optional<Version> below, std::size_t limit) const;

  const DatabaseInUse& databases;
  const std::size_t lot_events;
  bool read_only;  // changed by the writer alone, before the thread begins

  mutable std::shared_mutex mutex;
  std::condition_variable_any changed;
  TailLot growing;
  std::shared_ptr<const TailLot> writing;
  Position watermark;
  std::optional<Error> failure;  // of the last attempt to write
  bool stopping = false;
  std::thread thread;
};

}  // namespace stafett::storage
