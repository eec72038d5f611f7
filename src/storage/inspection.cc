#include "stafett/storage/inspection.h"

#include <rocksdb/sst_file_reader.h>

#include <algorithm>

#include "storage/keys.h"
#include "storage/last_read.h"
#include "storage/opening.h"
#include "storage/status.h"
#include "storage/store_state.h"

namespace stafett::storage {
namespace {

// How many troubles in a row an iterator gets over: each may be a damaged block, and a file that is gone
// altogether is not asked for block by block.
constexpr int retries_max = 64;

std::string said(const rocksdb::Status& status) { return to_error(status, "reading").message; }

const std::byte* data(const rocksdb::Slice& s) { return reinterpret_cast<const std::byte*>(s.data()); }

}  // namespace

struct Inspection::State {
  State(std::shared_ptr<Database> d, bool read_only)
      : database(std::move(d)), snapshot(read_only ? nullptr : database->db().GetSnapshot()) {}
  ~State() {
    if (snapshot) database->db().ReleaseSnapshot(snapshot);
  }

  rocksdb::ReadOptions options(rocksdb::ReadOptions options) const {
    options.snapshot = snapshot;
    return options;
  }
  std::unique_ptr<rocksdb::Iterator> pass(Column column) const {
    return database->iterator(column, options(scan_options()));
  }
  Result<std::optional<Bytes>> get(Column column, std::string_view key) const {
    return database->get(column, key, options(lookup_options()));
  }

  // Whether a record can be found there, for finding the end of a damaged stretch.
  bool readable(Position position) const {
    auto it = pass(Column::records);
    it->Seek(number_key(position.value));
    return it->Valid() && it->key() == rocksdb::Slice(number_key(position.value));
  }
  // The first position in (from, to] from which on records can be read again. Doubles its steps, then narrows
  // them down.
  Position end_of_gap(Position from, Position to) const {
    std::uint64_t bad = from.value, step = 1, good = to.value;
    while (bad + step < to.value) {
      if (readable(Position(bad + step))) {
        good = bad + step;
        break;
      }
      bad += step;
      step *= 2;
    }
    while (good - bad > 1) {
      const auto middle = bad + (good - bad) / 2;
      (readable(Position(middle)) ? good : bad) = middle;
    }
    return Position(good);
  }

  std::shared_ptr<Database> database;
  const rocksdb::Snapshot* snapshot;  // null: nothing changes
  Head head;
  Position indexed;
};

Inspection::Inspection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Inspection::~Inspection() = default;

Result<std::unique_ptr<Inspection>> Store::inspect() const {
  const bool fixed = state_->options.read_only;
  auto state = std::make_unique<Inspection::State>(state_->database.get(), fixed);
  STAFETT_TRY(auto head, state->get(Column::meta, head_key));
  STAFETT_TRY(state->head, parse_head(head));
  STAFETT_TRY(auto watermark, state->get(Column::index, watermark_key));
  if (watermark) {
    if (watermark->size() != 8) return fail(ErrorCode::corruption, "the watermark of the index is damaged");
    state->indexed = Position(get_number(watermark->data()));
  }
  return std::make_unique<Inspection>(std::move(state));
}

Head Inspection::head() const { return state_->head; }
Position Inspection::indexed() const { return state_->indexed; }

void Inspection::records(
    Position from, Position to, const std::function<bool(Position, BytesView)>& each,
    const std::function<void(Position first, Position last, std::string what)>& gap) const {
  const auto upper = number_key(to.value);
  const rocksdb::Slice bound(upper);
  auto options = state_->options(scan_options());
  options.iterate_upper_bound = &bound;
  while (from < to) {
    auto it = state_->database->iterator(Column::records, options);
    for (it->Seek(number_key(from.value)); it->Valid() && it->key() == rocksdb::Slice(number_key(from.value));
         it->Next(), from = from.next())
      if (!each(from, view(it->value()))) return;
    if (from >= to) return;
    const auto what = it->status().ok() ? "the record is missing" : said(it->status());
    const auto end = state_->end_of_gap(from, to);
    gap(from, Position(end.value - 1), what);
    from = end;
  }
}

struct Inspection::NodeReader::State {
  const Inspection::State& store;
  Trouble trouble;
  std::unique_ptr<rocksdb::Iterator> it;
  Position next;  // where to go on
  int retries = 0;
};

Inspection::NodeReader::NodeReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
Inspection::NodeReader::~NodeReader() = default;
Inspection::NodeReader::NodeReader(NodeReader&&) noexcept = default;

Inspection::NodeReader Inspection::nodes(Trouble trouble) const {
  return NodeReader(
      std::make_unique<NodeReader::State>(NodeReader::State{*state_, std::move(trouble), nullptr, {}, 0}));
}

std::optional<Inspection::NodeValue> Inspection::NodeReader::next() {
  auto& s = *state_;
  while (s.retries < retries_max) {
    if (s.it) {
      s.it->Next();
    } else {
      s.it = s.store.pass(Column::nodes);
      s.it->Seek(number_key(s.next.value));
    }
    for (; s.it->Valid(); s.it->Next()) {
      const auto value = view(s.it->value());
      if (s.it->key().size() != 8 || value.empty() || value.size() % sizeof(merkle::Hash) != 0) {
        s.trouble("a value of tree nodes with a key or a size that none can have");
        continue;
      }
      NodeValue out{Position(get_number(data(s.it->key()))),
                    std::vector<merkle::Hash>(value.size() / sizeof(merkle::Hash))};
      std::memcpy(out.hashes.data(), value.data(), value.size());
      s.next = out.first.next();
      return out;
    }
    if (s.it->status().ok()) break;
    s.trouble(said(s.it->status()));
    // Values are cut at multiples of 256 leaves, so one outside the damaged block is found from there.
    s.next = Position((s.next.value / 256 + (std::uint64_t{1} << std::min(s.retries, 40))) * 256);
    ++s.retries;
    s.it.reset();
  }
  return std::nullopt;
}

void Inspection::index(const IndexReader& reader, const Trouble& trouble) const {
  auto it = state_->pass(Column::index);
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    const auto key = it->key();
    const std::string_view name(key.data(), key.size());
    if (name == watermark_key) continue;
    const bool number = it->value().size() == 8;
    const Position position(number ? get_number(data(it->value())) : 0);
    if (number && name.size() == 17 && name.front() == 'i') {
      IdBytes id;
      std::memcpy(id.data(), name.data() + 1, id.size());
      if (!reader.id(id, position)) return;
    } else if (const auto zero = name.size() - 9;
               number && name.size() > 9 && name.front() == 's' && name[zero] == '\0') {
      if (!reader.version(name.substr(1, zero - 1), Version(get_number(data(key) + zero + 1)), position))
        return;
    } else {
      trouble("an entry whose key or value none can have");
    }
  }
  if (!it->status().ok()) trouble(said(it->status()));
}

Result<Inspection::Found> Inspection::find(const IdBytes& id, std::string_view stream,
                                           Version version) const {
  auto position = [](const std::optional<Bytes>& value) -> Result<std::optional<Position>> {
    if (!value) return std::optional<Position>();
    if (value->size() != 8) return fail(ErrorCode::corruption, "an entry of the index is damaged");
    return std::optional(Position(get_number(value->data())));
  };
  Found found;
  STAFETT_TRY(auto of_id, state_->get(Column::index, id_key(id)));
  STAFETT_TRY(found.by_id, position(of_id));
  STAFETT_TRY(auto of_version, state_->get(Column::index, stream_key(stream, version)));
  STAFETT_TRY(found.by_version, position(of_version));
  return found;
}

Result<std::optional<Bytes>> Inspection::record(Position position) const {
  return state_->get(Column::records, number_key(position.value));
}

void Inspection::keys(const std::function<bool(std::string_view stream, BytesView value)>& each,
                      const Trouble& trouble) const {
  auto it = state_->pass(Column::keys);
  for (it->SeekToFirst(); it->Valid(); it->Next())
    if (!each({it->key().data(), it->key().size()}, view(it->value()))) return;
  if (!it->status().ok()) trouble(said(it->status()));
}

std::vector<std::string> damaged_tables(const std::filesystem::path& folder) {
  std::vector<std::string> damaged;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder / "store", error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() != ".sst") continue;
    note_read(it->path().string());
    rocksdb::SstFileReader reader{rocksdb::Options()};
    auto status = reader.Open(it->path().string());
    if (status.ok()) status = reader.VerifyChecksum();
    if (!status.ok()) damaged.push_back(it->path().string() + ": " + status.ToString());
  }
  std::ranges::sort(damaged);
  return damaged;
}

}  // namespace stafett::storage
