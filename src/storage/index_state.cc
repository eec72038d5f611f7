#include "storage/index_state.h"

#include "stafett/storage/test_hooks.h"
#include "storage/keys.h"
#include "storage/status.h"

namespace stafett::storage {
namespace {

// Events in one write: large enough to be cheap, small enough that a commit does not wait long behind it.
constexpr std::size_t events_per_write = 512;
constexpr std::chrono::milliseconds pause_after_failure{200};

}  // namespace

Result<std::unique_ptr<Index::State>> Index::State::open(const DatabaseInUse& databases,
                                                         const StoreOptions& options, TreeSize head,
                                                         bool read_only) {
  STAFETT_TRY(auto value, databases.get()->get(Column::index, watermark_key));
  Position watermark;
  if (value) {
    if (value->size() != 8) return fail(ErrorCode::corruption, "the watermark of the index is damaged");
    watermark = Position(get_number(value->data()));
  }
  if (watermark.value > head.value)
    return fail(ErrorCode::corruption, "the index knows " + std::to_string(watermark.value) +
                                           " events, but the store holds " + std::to_string(head.value));
  return std::make_unique<State>(databases, options, watermark, read_only);
}

Index::State::State(const DatabaseInUse& databases_, const StoreOptions& options, Position watermark_,
                    bool read_only_)
    : databases(databases_),
      lot_events(options.hooks && options.hooks->index_generation_events
                     ? options.hooks->index_generation_events
                     : options.index_generation_events),
      read_only(read_only_),
      growing(watermark_),
      watermark(watermark_) {
  if (!read_only) thread = std::thread([this] { run(); });
}

Index::State::~State() {
  {
    std::lock_guard lock(mutex);
    stopping = true;
  }
  changed.notify_all();
  if (thread.joinable()) thread.join();
}

void Index::State::freeze() {
  auto full = std::make_shared<TailLot>(growing.end());
  std::swap(*full, growing);
  writing = std::move(full);
  changed.notify_all();
}

void Index::State::run() {
  std::unique_lock lock(mutex);
  for (;;) {
    changed.wait(lock, [this] { return stopping || writing; });
    if (stopping) return;
    const auto lot = writing;
    lock.unlock();
    auto result = write(*lot);
    lock.lock();
    if (result) {
      failure.reset();
      writing.reset();
      changed.notify_all();
    } else {
      failure = result.error();
      changed.notify_all();
      changed.wait_for(lock, pause_after_failure, [this] { return stopping; });
    }
  }
}

Result<void> Index::State::write(const TailLot& lot) {
  Position done;
  {
    std::shared_lock lock(mutex);
    done = watermark;
  }
  const auto database = databases.get();
  const auto& entries = lot.entries();
  while (done < lot.end()) {
    const Position next(std::min(done.value + events_per_write, lot.end().value));
    rocksdb::WriteBatch batch;
    rocksdb::Status status;
    auto put = [&](std::string_view key, std::uint64_t number) {
      if (status.ok())
        status = batch.Put(database->column(Column::index), rocksdb::Slice(key), number_key(number));
    };
    for (auto p = done.value; p < next.value; ++p) {
      const auto& entry = entries[p - lot.begin().value];
      put(id_key(entry.id), p);
      put(stream_key(entry.stream, entry.version), p);
    }
    put(watermark_key, next.value);
    STAFETT_TRY(checked(status, "composing index entries"));
    STAFETT_TRY(database->write_unlogged(batch));
    done = next;
    std::lock_guard lock(mutex);
    watermark = done;
  }
  return ok();
}

Result<std::vector<Position>> Index::State::stored_positions(std::string_view stream, Version from,
                                                             std::optional<Version> below,
                                                             std::size_t limit) const {
  std::vector<Position> positions;
  const auto upper = below ? stream_key(stream, *below) : stream_key(stream, Version(~std::uint64_t{0}));
  const rocksdb::Slice bound(upper);
  auto options = lookup_options();
  options.iterate_upper_bound = &bound;
  const auto database = databases.get();
  auto it = database->iterator(Column::index, options);
  auto version = from;
  for (it->Seek(stream_key(stream, from)); it->Valid() && positions.size() < limit;
       it->Next(), version = version.next()) {
    if (it->key() != rocksdb::Slice(stream_key(stream, version)) || it->value().size() != 8)
      return fail(database->damage("the index has a gap in " + std::string(stream)));
    positions.emplace_back(get_number(reinterpret_cast<const std::byte*>(it->value().data())));
  }
  STAFETT_TRY(database->checked(it->status(), "reading the index"));
  return positions;
}

}  // namespace stafett::storage
