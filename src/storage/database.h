#pragma once

#include <rocksdb/db.h>

#include <array>
#include <chrono>
#include <memory>
#include <mutex>

#include "stafett/core/result.h"
#include "stafett/storage/health.h"
#include "storage/options.h"

namespace stafett::storage {

// RocksDB opened with the house's column families, and its state of health. Thread-safe.
class Database {
 public:
  // `write_beside_reader` keeps every file that another handle, reading only, may still come to need, until
  // that has been told to be gone.
  enum class Mode : std::uint8_t { create, write, write_beside_reader, read_only };

  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path,
                                                const StoreOptions& options, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* column(Column column) const {
    return columns_[static_cast<std::size_t>(column)];
  }

  // The value, or nothing. Errors: as reading. The index may be missing: then it is empty.
  Result<std::optional<Bytes>> get(Column column, std::string_view key,
                                   const rocksdb::ReadOptions& options = lookup_options()) const;
  // The values in the order asked, which live as long as the database. Errors: as reading.
  Result<std::vector<std::optional<rocksdb::PinnableSlice>>> get_all(
      Column column, const std::vector<std::string>& keys) const;
  // What a read came to, as an error of the house; damage is noted in the store's health, as is what the
  // caller finds to be missing or wrong.
  Result<void> checked(const rocksdb::Status& status, std::string_view doing) const;
  Error damage(std::string message) const;
  std::unique_ptr<rocksdb::Iterator> iterator(Column column, const rocksdb::ReadOptions& options) const;

  // Writes with a sync, or without the write-ahead log at all. After a failed write RocksDB refuses all
  // writes until it is told to resume. When the disk was full that is tried here before a later write, but
  // not more often than once in a while: meanwhile writes are refused at once with the first failure. After
  // any other failure writes are refused for good: what a disk that failed to write or sync holds is known
  // only when it is read again, by opening.
  Result<void> write_synced(rocksdb::WriteBatch& batch);
  Result<void> write_unlogged(rocksdb::WriteBatch& batch);
  Result<void> flush();
  // Flushes everything, and writes the column family's tables anew.
  Result<void> compact(Column column);
  // Replaces the column family by an empty one. A crash in between leaves none, which is only for the index.
  Result<void> clear(Column column, const StoreOptions& options);
  Result<void> close();
  void reader_is_gone();

 private:
  class Listener;

  Database() = default;
  Result<void> resume_if_due();
  rocksdb::Status try_disk(std::uint64_t bytes) const;
  rocksdb::Status resume();
  void note_failure(const rocksdb::Status& status);  // requires the lock
  Result<void> write(const rocksdb::WriteOptions& options, rocksdb::WriteBatch& batch);
  Result<void> make_room(std::size_t bytes);
  Result<void> lay_ballast();
  void keep_log_short(std::size_t bytes);

  std::filesystem::path path_;
  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, column_count> columns_{};
  std::chrono::milliseconds retry_after_{500};

  std::shared_ptr<Health> health_;
  std::shared_ptr<Listener> listener_;
  std::size_t log_bytes_ = 0;  // written to the log since the last flush; of the writer

  std::mutex health_mutex_;
  std::optional<Error> failure_;
  std::chrono::steady_clock::time_point next_attempt_;
};

}  // namespace stafett::storage
