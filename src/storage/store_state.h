#pragma once

#include <mutex>

#include "stafett/storage/store.h"
#include "storage/database.h"
#include "storage/folder.h"

namespace stafett::storage {

struct Store::State {
  StoreOptions options;
  std::unique_ptr<Folder> folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<Index> index;
  mutable std::mutex head_mutex;
  Head head;
  bool closed = false;
};

inline rocksdb::Slice slice(BytesView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline BytesView view(const rocksdb::Slice& s) { return as_bytes(std::string_view(s.data(), s.size())); }

}  // namespace stafett::storage
