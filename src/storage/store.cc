#include "stafett/storage/store.h"

#include "stafett/core/assert.h"
#include "stafett/storage/files.h"
#include "storage/index_state.h"
#include "storage/keys.h"
#include "storage/opening.h"
#include "storage/status.h"
#include "storage/store_state.h"

namespace stafett::storage {
namespace {

// Nodes are packed into values of at most this many leaves, cut at its multiples: small enough that reading
// one hash does not read a whole batch, large enough that a batch is few keys.
constexpr std::uint64_t leaves_per_value = 256;

std::string encode_head(const Head& head) {
  return number_key(head.size.value) + std::string(as_chars(head.root));
}

}  // namespace

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options) {
  auto state = std::make_unique<State>();
  state->options = options;
  if (!state->options.health) state->options.health = std::make_shared<Health>();
  STAFETT_TRY(state->folder,
              Folder::open(options.folder, options.read_only ? Folder::Use::read_only : Folder::Use::write));
  auto& folder = *state->folder;
  const bool creating = folder.identity().state == Identity::State::creating;
  if (creating) {
    STAFETT_TRY(make_folder(folder.store()));
    STAFETT_TRY(make_folder(folder.keys()));
    STAFETT_TRY(sync_folder(folder.path()));
  } else {
    // Looked at before it is opened for writing: opening cleans up after a crash, and what it would take for
    // remains may be what is left of acknowledged events.
    STAFETT_TRY(auto examined, open_examined(folder, state->options));
    state->database.exchange(std::move(examined));
  }
  if (!options.read_only) {
    STAFETT_TRY(state->open_to_write());
  }
  STAFETT_TRY(state->head, read_head(*state->database.get()));
  // Creation was interrupted between the first commit and the note of it.
  if (creating && state->head.size.value > 0) {
    STAFETT_TRY(folder.set_running());
  }
  STAFETT_TRY(auto index, Index::State::open(state->database, state->options, state->head.size,
                                             options.read_only || state->no_room));
  state->index = std::make_unique<Index>(std::move(index));
  return std::unique_ptr<Store>(new Store(std::move(state)));
}

Store::~Store() { (void)close(); }

Result<void> Store::close() {
  if (state_->closed) return ok();
  state_->closed = true;
  auto& s = *state_;
  auto result = s.index->finish();
  s.index.reset();
  s.retired.reset();
  const auto database = s.database.exchange(nullptr);
  const auto folder = std::move(s.folder);  // another may have it when this ends
  if (s.options.read_only) return database->close();
  if (s.no_room) {
    STAFETT_TRY(database->close());
    // Nothing has changed, so what is noted of a stopped ledger is still true.
    if (folder->identity().state == Identity::State::stopped) return ok();
    return fail(*s.no_room);
  }
  if (result) result = database->flush();
  auto closed = database->close();
  if (result) result = closed;
  // A ledger without events is still being created.
  if (result && s.head.size.value > 0) result = folder->set_stopped(s.head.size, s.head.root);
  return result;
}

Result<void> Store::commit(const Batch& batch) {
  auto& s = *state_;
  std::lock_guard lock(s.write_mutex);
  STAFETT_TRY(s.become_writable());
  const auto database = s.database.get();
  const Head before = head();
  const Head after{TreeSize(before.size.value + batch.records.size()), batch.root};
  const auto nodes_before = merkle::complete_node_count(before.size);
  STAFETT_ASSERT(!s.options.read_only && !batch.records.empty());
  STAFETT_ASSERT(batch.nodes.size() == merkle::complete_node_count(after.size) - nodes_before);

  rocksdb::WriteBatch write;
  rocksdb::Status status;
  auto put = [&](Column column, std::string_view key, rocksdb::Slice value) {
    if (status.ok()) status = write.Put(database->column(column), rocksdb::Slice(key), value);
  };
  for (std::size_t i = 0; i < batch.records.size(); ++i)
    put(Column::records, number_key(before.size.value + i), slice(batch.records[i]));
  for (auto begin = before.size.value; begin < after.size.value;) {
    const auto end = std::min(after.size.value, (begin / leaves_per_value + 1) * leaves_per_value);
    const auto first = merkle::complete_node_count(TreeSize(begin)),
               last = merkle::complete_node_count(TreeSize(end));
    put(Column::nodes, number_key(begin),
        slice(std::as_bytes(batch.nodes.subspan(first - nodes_before, last - first))));
    begin = end;
  }
  for (const auto& key : batch.keys) put(Column::keys, key.stream, slice(key.value));
  put(Column::meta, head_key, encode_head(after));
  if (before.size.value == 0) put(Column::meta, ledger_key, slice(s.folder->identity().ledger));
  STAFETT_TRY(checked(status, "composing a batch"));

  STAFETT_TRY(s.write_synced(write));
  if (s.folder->identity().state == Identity::State::creating) {
    STAFETT_TRY(s.folder->set_running());
  }
  {
    std::lock_guard head_lock(s.head_mutex);
    s.head = after;
  }
  s.folder->acknowledge(after.size);
  return ok();
}

Head Store::head() const {
  std::lock_guard lock(state_->head_mutex);
  return state_->head;
}

Result<void> Store::State::write_synced(rocksdb::WriteBatch& batch) {
  return options.health->written(database.get()->write_synced(batch));
}

Result<void> Store::State::put(std::string_view key, rocksdb::Slice value) {
  std::lock_guard lock(write_mutex);
  STAFETT_TRY(become_writable());
  rocksdb::WriteBatch write;
  STAFETT_TRY(
      checked(write.Put(database.get()->column(Column::meta), rocksdb::Slice(key), value), "writing"));
  return write_synced(write);
}

Result<void> Store::put_keys(std::span<const StreamKey> keys) {
  auto& s = *state_;
  STAFETT_ASSERT(!s.options.read_only);
  std::lock_guard lock(s.write_mutex);
  STAFETT_TRY(s.become_writable());
  const auto database = s.database.get();
  rocksdb::WriteBatch write;
  for (const auto& key : keys) {
    STAFETT_TRY(checked(
        write.Put(database->column(Column::keys), rocksdb::Slice(key.stream), slice(key.value)), "writing"));
  }
  return s.write_synced(write);
}

Result<void> Store::compact_keys() {
  auto& s = *state_;
  std::lock_guard lock(s.write_mutex);
  STAFETT_TRY(s.become_writable());
  return s.database.get()->compact(Column::keys);
}

Result<void> Store::put_note(TreeSize size, std::string_view note) {
  STAFETT_ASSERT(!state_->options.read_only && size <= head().size);
  return state_->put(note_key(size), rocksdb::Slice(note));
}

Result<void> Store::put_signing_key(BytesView public_key) {
  STAFETT_ASSERT(!state_->options.read_only);
  return state_->put(signing_key_key, slice(public_key));
}

Health& Store::health() const { return *state_->options.health; }
bool Store::read_only() const { return state_->options.read_only; }
std::filesystem::path Store::keys_folder() const { return state_->folder->keys(); }
Index& Store::index() { return *state_->index; }
const Index& Store::index() const { return *state_->index; }

}  // namespace stafett::storage
