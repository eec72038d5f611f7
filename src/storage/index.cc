#include "stafett/storage/index.h"

#include <mutex>

#include "storage/index_state.h"
#include "storage/keys.h"
#include "storage/status.h"

namespace stafett::storage {

Index::Index(std::unique_ptr<State> state) : state_(std::move(state)) {}
Index::~Index() = default;

Position Index::end() const {
  std::shared_lock lock(state_->mutex);
  return state_->growing.end();
}

Position Index::watermark() const {
  std::shared_lock lock(state_->mutex);
  return state_->watermark;
}

Result<void> Index::wait_for_room() {
  auto& s = *state_;
  if (s.read_only) return ok();  // what is missing in the column family stays in memory
  std::unique_lock lock(s.mutex);
  auto full = [&] { return s.writing && s.growing.entries().size() >= s.lot_events; };
  s.changed.wait(lock, [&] { return !full() || s.failure; });
  if (full()) return fail(*s.failure);
  return ok();
}

Result<void> Index::add(std::vector<IndexEntry> entries) {
  auto& s = *state_;
  std::lock_guard lock(s.mutex);
  for (auto& entry : entries)
    if (!s.growing.add(std::move(entry)))
      return fail(ErrorCode::corruption, "the event at position " + std::to_string(s.growing.end().value) +
                                             " repeats an id or leaves a gap in its stream");
  if (!s.read_only && !s.writing && s.growing.entries().size() >= s.lot_events) s.freeze();
  return ok();
}

Result<std::vector<std::optional<Position>>> Index::find_ids(std::span<const IdBytes> ids) const {
  auto& s = *state_;
  std::vector<std::optional<Position>> found(ids.size());
  std::vector<std::size_t> left;
  {
    std::shared_lock lock(s.mutex);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      for (const auto* lot : s.lots())
        if (lot && !found[i]) found[i] = lot->find_id(ids[i]);
      if (!found[i]) left.push_back(i);
    }
  }
  if (left.empty()) return found;
  std::vector<std::string> keys;
  keys.reserve(left.size());
  for (auto i : left) keys.push_back(id_key(ids[i]));
  const auto database = s.databases.get();  // outlives the values
  STAFETT_TRY(const auto values, database->get_all(Column::index, keys));
  for (std::size_t k = 0; k < left.size(); ++k) {
    if (!values[k]) continue;
    if (values[k]->size() != 8) return fail(database->damage("an entry of the index is damaged"));
    found[left[k]] = Position(get_number(reinterpret_cast<const std::byte*>(values[k]->data())));
  }
  return found;
}

Result<std::optional<Version>> Index::last_version(std::string_view stream) const {
  auto& s = *state_;
  {
    std::shared_lock lock(s.mutex);
    for (const auto* lot : s.lots())
      if (lot)
        if (const auto* part = lot->find_stream(stream))
          return std::optional(Version(part->first.value + part->positions.size() - 1));
  }
  // Most streams asked for that are not in the tail are new: the filter knows that without reading the disk.
  const auto database = s.databases.get();
  STAFETT_TRY(auto first, database->get(Column::index, stream_key(stream, Version(0))));
  if (!first) return std::optional<Version>();
  auto it = database->iterator(Column::index, lookup_options());
  it->SeekForPrev(stream_key(stream, Version(~std::uint64_t{0})));
  STAFETT_TRY(database->checked(it->status(), "reading the index"));
  const auto prefix = stream_prefix(stream);
  if (!it->Valid() || !it->key().starts_with(prefix) || it->key().size() != prefix.size() + 8)
    return fail(database->damage("the index has lost the events of " + std::string(stream)));
  return std::optional(
      Version(get_number(reinterpret_cast<const std::byte*>(it->key().data()) + prefix.size())));
}

Result<std::vector<Position>> Index::positions(std::string_view stream, Version from,
                                               std::size_t limit) const {
  auto& s = *state_;
  std::vector<Position> tail;
  std::optional<Version> tail_first;
  {
    std::shared_lock lock(s.mutex);
    const auto lots = s.lots();
    for (auto lot = lots.rbegin(); lot != lots.rend(); ++lot) {
      const auto* part = *lot ? (*lot)->find_stream(stream) : nullptr;
      if (!part) continue;
      if (!tail_first) tail_first = part->first;
      const auto skip = from > part->first ? from.value - part->first.value : 0;
      for (auto i = skip; i < part->positions.size() && tail.size() < limit; ++i)
        tail.push_back(part->positions[i]);
    }
  }
  if (tail_first && from >= *tail_first) return tail;
  STAFETT_TRY(auto positions, s.stored_positions(stream, from, tail_first, limit));
  if (tail_first && positions.size() < limit && positions.size() != tail_first->value - from.value)
    return fail(s.databases.get()->damage("the index has a gap in " + std::string(stream)));
  for (auto position : tail)
    if (positions.size() < limit) positions.push_back(position);
  return positions;
}

void Index::begin_writing() {
  auto& s = *state_;
  std::lock_guard lock(s.mutex);
  s.read_only = false;
  if (s.growing.entries().size() >= s.lot_events) s.freeze();
  s.thread = std::thread([&s] { s.run(); });
}

// Keys and watermark are read through one iterator, and so as of one moment.
Result<Position> Index::each_stream(
    const std::function<Result<void>(std::string_view, Version, Position)>& each) const {
  constexpr std::size_t version_size = 8;
  const auto database = state_->databases.get();
  const auto damaged = [&] { return fail(database->damage("an entry of the index is damaged")); };
  const auto it = database->iterator(Column::index, scan_options());
  std::string stream;
  Version last;
  Position position;
  it->Seek("s");
  for (; it->Valid() && it->key().starts_with("s"); it->Next()) {
    auto name = as_chars(BytesView(reinterpret_cast<const std::byte*>(it->key().data()), it->key().size()));
    if (name.size() < 2 + version_size || it->value().size() != 8) return damaged();
    const auto version = get_number(as_bytes(name.substr(name.size() - version_size)).data());
    name = name.substr(1, name.size() - 2 - version_size);
    if (name != stream) {
      if (!stream.empty()) {
        STAFETT_TRY(each(stream, last, position));
      }
      stream = name;
    }
    last = Version(version);
    position = Position(get_number(reinterpret_cast<const std::byte*>(it->value().data())));
  }
  STAFETT_TRY(database->checked(it->status(), "reading the index"));
  if (!stream.empty()) {
    STAFETT_TRY(each(stream, last, position));
  }
  if (!it->Valid()) return Position(0);
  if (it->key() != rocksdb::Slice(watermark_key) || it->value().size() != 8) return damaged();
  return Position(get_number(reinterpret_cast<const std::byte*>(it->value().data())));
}

Result<void> Index::finish() {
  auto& s = *state_;
  if (s.read_only) return ok();
  std::unique_lock lock(s.mutex);
  for (;;) {
    s.changed.wait(lock, [&] { return !s.writing || s.failure; });
    if (s.writing) return fail(*s.failure);
    if (s.growing.entries().empty()) return ok();
    s.freeze();
  }
}

}  // namespace stafett::storage
