#include "storage/database.h"

#include <rocksdb/listener.h>

#include <algorithm>
#include <atomic>

#include "stafett/storage/test_hooks.h"
#include "storage/last_read.h"
#include "storage/room.h"
#include "storage/status.h"

namespace stafett::storage {
namespace {

// What a restart after a crash has to replay, at most.
constexpr std::size_t log_bytes_max = 128u << 20;

// Room that is tried out before a new log is begun.
constexpr std::uint64_t log_begins_with = 64u << 10;

// Less than this in the log is not worth a flush to make room.
constexpr std::size_t log_bytes_worth_flushing = 1u << 20;

// Whether making the index anew was interrupted after the old one had been thrown away. What cannot be listed
// cannot be opened either, and is told then.
bool lacks_index(const rocksdb::DBOptions& options, const std::string& path,
                 const std::vector<rocksdb::ColumnFamilyDescriptor>& expected) {
  std::vector<std::string> names;
  return rocksdb::DB::ListColumnFamilies(options, path, &names).ok() &&
         std::ranges::find(names, expected[static_cast<std::size_t>(Column::index)].name) == names.end();
}

}  // namespace

// RocksDB resumes after a failed write by flushing what is in memory, and only that makes it leave the log in
// which the write failed. With nothing in memory it goes on in the broken log: a build with assertions, as
// Debian's, then aborts the process, another refuses all writes for ever. So there is always an entry in
// memory, the ballast, written without the log, in a column family whose memory is never flushed for being
// full. It is laid again whenever that has been flushed, and for that to be known here resuming is left to
// this class alone.
class Database::Listener : public rocksdb::EventListener {
 public:
  const char* Name() const override { return "stafett"; }
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* automatic) override {
    *automatic = false;
  }
  void OnMemTableSealed(const rocksdb::MemTableInfo& info) override {
    if (info.cf_name == rocksdb::kDefaultColumnFamilyName) without_ballast = true;
  }
  std::atomic<bool> without_ballast = true;

  bool ShouldBeNotifiedOnFileIO() override { return true; }
  void OnFileReadFinish(const rocksdb::FileOperationInfo& read) override { note_read(read.path); }
};

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path,
                                                 const StoreOptions& options, Mode mode) {
  auto db_options = database_options(options, path);
  std::unique_ptr<Database> database(new Database);
  database->health_ = options.health ? options.health : std::make_shared<Health>();
  database->listener_ = std::make_shared<Listener>();
  db_options.listeners.push_back(database->listener_);
  if (options.hooks && options.hooks->retry_after.count() > 0)
    database->retry_after_ = options.hooks->retry_after;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  auto descriptors = column_descriptors(options);
  const bool without_index = mode != Mode::create && lacks_index(db_options, path.string(), descriptors);
  db_options.create_if_missing = mode == Mode::create;
  db_options.create_missing_column_families = mode == Mode::create || without_index;
  // It is the last.
  static_assert(static_cast<std::size_t>(Column::index) == column_count - 1);
  if (without_index && mode == Mode::read_only) descriptors.pop_back();
  // Only compaction removes files that hold what was there at opening.
  for (auto& descriptor : descriptors)
    descriptor.options.disable_auto_compactions = mode == Mode::write_beside_reader;
  const auto status =
      mode == Mode::read_only
          ? rocksdb::DB::OpenForReadOnly(db_options, path.string(), descriptors, &handles, &db)
          : rocksdb::DB::Open(db_options, path.string(), descriptors, &handles, &db);
  if (!status.ok()) return fail(to_error(status, "opening " + path.string()));
  database->db_.reset(db);
  database->path_ = path;
  std::copy(handles.begin(), handles.end(), database->columns_.begin());
  return database;
}

Database::~Database() {
  if (db_) (void)close();
}

std::unique_ptr<rocksdb::Iterator> Database::iterator(Column column_id,
                                                      const rocksdb::ReadOptions& options) const {
  if (!column(column_id)) return std::unique_ptr<rocksdb::Iterator>(rocksdb::NewEmptyIterator());
  return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options, column(column_id)));
}

Result<void> Database::checked(const rocksdb::Status& status, std::string_view doing) const {
  if (status.ok()) return ok();
  auto error = to_error(status, doing);
  health_->note(error);
  return fail(std::move(error));
}

Error Database::damage(std::string message) const {
  Error error{ErrorCode::corruption, std::move(message), {}, {}};
  health_->note(error);
  return error;
}

Result<std::optional<Bytes>> Database::get(Column column_id, std::string_view key,
                                           const rocksdb::ReadOptions& options) const {
  if (!column(column_id)) return std::optional<Bytes>();
  rocksdb::PinnableSlice value;
  const auto status = db_->Get(options, column(column_id), rocksdb::Slice(key), &value);
  if (status.IsNotFound()) return std::optional<Bytes>();
  STAFETT_TRY(checked(status, "reading"));
  return std::optional(to_bytes(std::string_view(value.data(), value.size())));
}

Result<std::vector<std::optional<rocksdb::PinnableSlice>>> Database::get_all(
    Column column_id, const std::vector<std::string>& keys) const {
  std::vector<std::optional<rocksdb::PinnableSlice>> found(keys.size());
  if (!column(column_id)) return found;
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  db_->MultiGet(lookup_options(), column(column_id), keys.size(), slices.data(), values.data(),
                statuses.data());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    STAFETT_TRY(checked(statuses[i], "reading"));
    found[i].emplace(std::move(values[i]));
  }
  return found;
}

// With a file of its own, whether there is room for so many bytes.
rocksdb::Status Database::try_disk(std::uint64_t bytes) const {
  auto* env = db_->GetEnv();
  const auto name = (path_.parent_path() / "probe").string();
  std::unique_ptr<rocksdb::WritableFile> file;
  auto status = env->NewWritableFile(name, &file, rocksdb::EnvOptions());
  const std::string block(std::min<std::uint64_t>(bytes, 1u << 20), 'x');
  for (std::uint64_t written = 0; status.ok() && written < bytes; written += block.size())
    status = file->Append(block);
  if (status.ok()) status = file->Sync();
  if (file) (void)file->Close();
  (void)env->DeleteFile(name);
  return status;
}

// An attempt to resume that cannot even leave the broken log puts RocksDB beyond resuming. So it is first
// tried out whether there is room, for that and for about what is in memory, compressed.
rocksdb::Status Database::resume() {
  std::uint64_t needed = 4u << 20;
  std::uint64_t in_memory = 0;
  if (db_->GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &in_memory))
    needed += in_memory / 2;
  const auto status = try_disk(needed);
  return status.ok() ? db_->Resume() : status;
}

Result<void> Database::resume_if_due() {
  std::lock_guard lock(health_mutex_);
  if (!failure_) return ok();
  const bool may_pass = failure_->code == ErrorCode::unavailable;
  if (!may_pass || std::chrono::steady_clock::now() < next_attempt_) return fail(*failure_);
  const auto status = resume();
  if (!status.ok()) {
    note_failure(status);
    return fail(*failure_);
  }
  failure_.reset();
  return ok();
}

void Database::note_failure(const rocksdb::Status& status) {
  failure_ = to_error(status, "writing");
  health_->note(*failure_);
  if (status.severity() >= rocksdb::Status::Severity::kFatalError && failure_->code == ErrorCode::unavailable)
    failure_->code = ErrorCode::io_error;
  if (failure_->code != ErrorCode::unavailable)
    failure_->message += "; until it is started again the ledger can only be read";
  next_attempt_ = std::chrono::steady_clock::now() + retry_after_;
}

Result<void> Database::write(const rocksdb::WriteOptions& options, rocksdb::WriteBatch& batch) {
  const auto status = db_->Write(options, &batch);
  if (status.ok()) return ok();
  std::lock_guard lock(health_mutex_);
  note_failure(status);
  return fail(*failure_);
}

Result<void> Database::write_unlogged(rocksdb::WriteBatch& batch) {
  STAFETT_TRY(resume_if_due());
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return write(options, batch);
}

Result<void> Database::lay_ballast() {
  if (!listener_->without_ballast.exchange(false)) return ok();
  rocksdb::WriteBatch ballast;
  const auto status = ballast.Put(column(Column::meta), "ballast", "");
  auto result = status.ok() ? write_unlogged(ballast) : checked(status, "writing");
  if (!result) listener_->without_ballast = true;
  return result;
}

// Most full disks are met here, before a write fails half-way. Beside the reserve there must stay room for
// what a clean stop, or opening after a crash, writes from the log to tables: with the index, that is not in
// the log, a little more than the log. When it gets tight this is done at once, which gives back the log's
// room.
Result<void> Database::make_room(std::size_t bytes) {
  const auto tables_of = [](std::size_t log_bytes) { return log_bytes + log_bytes / 4; };
  auto room = check_room(path_, bytes + tables_of(log_bytes_ + bytes));
  if (room || log_bytes_ < log_bytes_worth_flushing || !check_room(path_, tables_of(log_bytes_))) return room;
  STAFETT_TRY(flush());
  return check_room(path_, bytes + tables_of(bytes));
}

Result<void> Database::write_synced(rocksdb::WriteBatch& batch) {
  STAFETT_TRY(resume_if_due());
  STAFETT_TRY(make_room(batch.GetDataSize()));
  STAFETT_TRY(lay_ballast());
  rocksdb::WriteOptions options;
  options.sync = true;
  STAFETT_TRY(write(options, batch));
  keep_log_short(batch.GetDataSize());
  return ok();
}

void Database::keep_log_short(std::size_t bytes) {
  log_bytes_ += bytes;
  if (log_bytes_ < log_bytes_max || !try_disk(log_begins_with).ok()) return;
  log_bytes_ = 0;
  rocksdb::FlushOptions options;
  options.wait = false;
  options.allow_write_stall = true;  // otherwise it would wait for a quiet moment, and everybody behind it
  // When it fails, the next write says so; this one has been done.
  (void)db_->Flush(options, {columns_.begin(), columns_.end()});
}

// A flush begins a new log, and a disk that is full just then puts RocksDB beyond resuming: so it is tried
// out before.
Result<void> Database::flush() {
  STAFETT_TRY(checked(try_disk(log_begins_with), "flushing"));
  STAFETT_TRY(checked(db_->Flush(rocksdb::FlushOptions(), {columns_.begin(), columns_.end()}), "flushing"));
  log_bytes_ = 0;
  return ok();
}

Result<void> Database::compact(Column column_id) {
  STAFETT_TRY(flush());
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  return checked(db_->CompactRange(options, column(column_id), nullptr, nullptr), "compacting");
}

Result<void> Database::clear(Column column_id, const StoreOptions& options) {
  auto& handle = columns_[static_cast<std::size_t>(column_id)];
  const auto descriptor = column_descriptors(options)[static_cast<std::size_t>(column_id)];
  STAFETT_TRY(checked(db_->DropColumnFamily(handle), "dropping a column family"));
  STAFETT_TRY(checked(db_->DestroyColumnFamilyHandle(handle), "dropping a column family"));
  handle = nullptr;
  return checked(db_->CreateColumnFamily(descriptor.options, descriptor.name, &handle),
                 "creating a column family");
}

void Database::reader_is_gone() {
  // Should it fail, reads become slower, no more; the next opening compacts.
  (void)db_->EnableAutoCompaction({columns_.begin(), columns_.end()});
}

Result<void> Database::close() {
  rocksdb::Status first;
  for (auto& handle : columns_) {
    if (!handle) continue;
    auto status = db_->DestroyColumnFamilyHandle(handle);
    if (first.ok()) first = status;
    handle = nullptr;
  }
  auto status = db_->Close();
  if (first.ok()) first = status;
  db_.reset();
  return checked(first, "closing");
}

}  // namespace stafett::storage
