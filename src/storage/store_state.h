#pragma once

#include <chrono>
#include <mutex>

#include "stafett/storage/store.h"
#include "storage/database_in_use.h"
#include "storage/folder.h"

namespace stafett::storage {

struct Store::State {
  StoreOptions options;
  std::unique_ptr<Folder> folder;
  DatabaseInUse database;
  std::unique_ptr<Index> index;
  mutable std::mutex head_mutex;
  Head head;
  bool closed = false;
  std::mutex write_mutex;  // the writer's batches, and what is written between them

  // A full disk keeps nobody from reading: a store that cannot be opened for writing for want of room is
  // opened for reading, and before a commit, but not more often than once in a while, it is tried to do
  // better. Requires write_mutex.
  std::optional<Error> no_room;  // why it cannot be written to, while that is so
  std::chrono::steady_clock::time_point next_attempt;
  std::shared_ptr<Database> retired;  // the database opened for reading, until its last reader has finished

  Result<void> put(std::string_view key, rocksdb::Slice value);  // among what is known of the whole
  Result<void> open_to_write();
  Result<void> become_writable();
  Result<void> write_synced(rocksdb::WriteBatch& batch);
  Result<void> take_over(std::shared_ptr<Database> writable);
  void wait_for_room(const Error& cause);
  void let_go_of_retired();
};

inline rocksdb::Slice slice(BytesView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline BytesView view(const rocksdb::Slice& s) { return as_bytes(std::string_view(s.data(), s.size())); }

}  // namespace stafett::storage
