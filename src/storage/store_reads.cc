#include "stafett/core/assert.h"
#include "storage/keys.h"
#include "storage/status.h"
#include "storage/store_state.h"

namespace stafett::storage {
namespace {

auto missing_record(const Database& database, std::uint64_t position) {
  return fail(database.damage("the record of position " + std::to_string(position) + " is missing"));
}

// Passes over records of [from, to) until `each` returns false or an error.
Result<void> walk(const Database& database, rocksdb::ReadOptions options, Position from, Position to,
                  const std::function<Result<bool>(Position, BytesView)>& each) {
  const auto upper = number_key(to.value);
  const rocksdb::Slice bound(upper);
  options.iterate_upper_bound = &bound;
  auto it = database.iterator(Column::records, options);
  it->Seek(number_key(from.value));
  for (auto position = from.value; position < to.value; ++position, it->Next()) {
    STAFETT_TRY(database.checked(it->status(), "reading records"));
    if (!it->Valid() || it->key() != rocksdb::Slice(number_key(position)))
      return missing_record(database, position);
    STAFETT_TRY(const bool more, each(Position(position), view(it->value())));
    if (!more) break;
  }
  return ok();
}

}  // namespace

Result<std::vector<Store::Record>> Store::read(Position from, Position to, std::size_t limit,
                                               std::size_t bytes_max) const {
  STAFETT_ASSERT(to.value <= head().size.value);
  std::vector<Record> records;
  if (from >= to || limit == 0) return records;
  std::size_t bytes = 0;
  const auto database = state_->database.get();
  STAFETT_TRY(
      walk(*database, lookup_options(), from, to, [&](Position position, BytesView record) -> Result<bool> {
        if (!records.empty() && bytes + record.size() > bytes_max) return false;
        bytes += record.size();
        records.emplace_back(position, Bytes(record.begin(), record.end()));
        return records.size() < limit;
      }));
  return records;
}

Result<void> Store::scan(Position from, Position to,
                         const std::function<Result<void>(Position, BytesView)>& each) const {
  STAFETT_ASSERT(to.value <= head().size.value);
  if (from >= to) return ok();
  const auto database = state_->database.get();
  return walk(*database, scan_options(), from, to, [&](Position position, BytesView record) -> Result<bool> {
    auto taken = each(position, record);
    if (taken) return true;
    // What it cannot make sense of is damage as well.
    state_->options.health->note(taken.error());
    return fail(std::move(taken.error()));
  });
}

Result<std::vector<Store::Record>> Store::read_at(std::span<const Position> positions) const {
  const auto size = head().size.value;
  std::vector<std::string> keys;
  keys.reserve(positions.size());
  for (auto position : positions) {
    STAFETT_ASSERT(position.value < size);
    keys.push_back(number_key(position.value));
  }
  const auto database = state_->database.get();  // outlives the values
  STAFETT_TRY(const auto values, database->get_all(Column::records, keys));
  std::vector<Record> records;
  records.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!values[i]) return missing_record(*database, positions[i].value);
    records.emplace_back(positions[i], to_bytes(std::string_view(values[i]->data(), values[i]->size())));
  }
  return records;
}

Result<std::vector<merkle::Hash>> Store::nodes(std::span<const merkle::NodeId> ids) const {
  const auto database = state_->database.get();
  auto it = database->iterator(Column::nodes, lookup_options());
  std::vector<merkle::Hash> hashes;
  hashes.reserve(ids.size());
  for (auto id : ids) {
    it->SeekForPrev(number_key(id.last_leaf().value));
    STAFETT_TRY(database->checked(it->status(), "reading tree nodes"));
    const auto damaged = [&] {
      return fail(database->damage("the tree node of level " + std::to_string(id.level) + " and index " +
                                   std::to_string(id.index) + " is missing"));
    };
    if (!it->Valid() || it->key().size() != 8) return damaged();
    const auto first = get_number(view(it->key()).data());
    const auto offset = merkle::place_of(id) - merkle::complete_node_count(TreeSize(first));
    const auto value = view(it->value());
    auto& hash = hashes.emplace_back();
    if ((offset + 1) * hash.size() > value.size()) return damaged();
    std::copy_n(value.begin() + static_cast<std::ptrdiff_t>(offset * hash.size()), hash.size(), hash.begin());
  }
  return hashes;
}

Result<std::optional<std::string>> Store::note(TreeSize size) const {
  STAFETT_TRY(auto value, state_->database.get()->get(Column::meta, note_key(size)));
  return value ? std::optional(std::string(as_chars(*value))) : std::nullopt;
}

Result<std::vector<std::pair<TreeSize, std::string>>> Store::notes(TreeSize from, std::size_t limit) const {
  std::vector<std::pair<TreeSize, std::string>> notes;
  const auto database = state_->database.get();
  const auto it = database->iterator(Column::meta, lookup_options());
  for (it->Seek(note_key(from)); it->Valid() && notes.size() < limit; it->Next()) {
    const auto key = view(it->key());
    if (!as_chars(key).starts_with(note_prefix)) break;
    if (key.size() != note_prefix.size() + 8)
      return fail(database->damage("the key of a signed head is damaged"));
    notes.emplace_back(TreeSize(get_number(key.data() + note_prefix.size())), as_chars(view(it->value())));
  }
  STAFETT_TRY(database->checked(it->status(), "reading signed heads"));
  return notes;
}

Result<std::optional<Bytes>> Store::signing_key() const {
  return state_->database.get()->get(Column::meta, signing_key_key);
}

Result<std::vector<StreamKey>> Store::keys(std::optional<std::string_view> after, std::size_t limit) const {
  std::vector<StreamKey> keys;
  const auto database = state_->database.get();
  auto it = database->iterator(Column::keys, lookup_options());
  if (after)
    it->Seek(std::string(*after) + '\0');
  else
    it->SeekToFirst();
  for (; it->Valid() && keys.size() < limit; it->Next()) {
    const auto value = view(it->value());
    keys.push_back({it->key().ToString(), Bytes(value.begin(), value.end())});
  }
  STAFETT_TRY(database->checked(it->status(), "reading keys"));
  return keys;
}

Result<std::optional<Bytes>> Store::key(std::string_view stream) const {
  return state_->database.get()->get(Column::keys, stream);
}

}  // namespace stafett::storage
