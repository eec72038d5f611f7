#include "ledger/verify_index.h"

namespace stafett::ledger {
namespace {

// What is hashed of an entry: 16 bytes of an id or the name of a stream, then the numbers.
class Entry {
 public:
  void add(BytesView bytes) {
    const auto n = std::min(bytes.size(), bytes_.size() - size_);
    std::copy_n(bytes.begin(), n, bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += n;
  }
  void add(std::uint64_t number) { add(std::as_bytes(std::span(&number, 1))); }
  BytesView view() const { return std::span(bytes_).first(size_); }

 private:
  std::array<std::byte, 512> bytes_;
  std::size_t size_ = 0;
};

std::string at(Position position) { return "position " + std::to_string(position.value); }

}  // namespace

IndexCheck::IndexCheck(const storage::Inspection& store, TreeSize streams_at, Problems& problems)
    : store_(store), problems_(problems), streams_at_(streams_at.value), indexed_(store.indexed()) {
  if (indexed_.value > store.head().size.value)
    problems_.add("index", "it claims to know " + std::to_string(indexed_.value) + " events");
}

std::uint64_t IndexCheck::entry(BytesView id, Position position) const {
  Entry entry;
  entry.add(position.value);
  entry.add(id);
  return hash_(entry.view());
}

std::uint64_t IndexCheck::entry(std::string_view stream, Version version, Position position) const {
  Entry entry;
  entry.add(position.value);
  entry.add(version.value);
  entry.add(as_bytes(stream));
  return hash_(entry.view());
}

void IndexCheck::record(const event::RecordOutline& record) {
  if (record.position >= indexed_) return record_above(record);
  of_records_ += entry(record.id, record.position) + entry(record.stream, record.version, record.position);
}

void IndexCheck::record_above(const event::RecordOutline& record) {
  if (record.position < streams_at_)
    ends_above_.emplace_back(merkle::stream_key(record.stream),
                             merkle::StreamEnd{record.version, record.position});
  const auto stream = std::string(record.stream);
  auto found = store_.find(record.id, stream, record.version);
  if (!found) return problems_.add("index", found.error().message, record.position);
  if (!ids_above_.insert(record.id).second || found.value().by_id)
    problems_.add("index",
                  "the event's id " + event::format_event_id(record.id) + " is another event's as well",
                  record.position);
  bool follows = record.version.value == 0;
  const auto [last, first_above] = versions_above_.try_emplace(stream, record.version);
  if (!first_above) {
    follows = record.version == last->second.next();
    last->second = record.version;
  } else if (record.version.value > 0) {
    auto before = store_.find(record.id, stream, Version(record.version.value - 1));
    follows = before && before.value().by_version.has_value();
  }
  if (!follows || found.value().by_version)
    problems_.add("index",
                  "version " + std::to_string(record.version.value) + " of " + stream +
                      " does not follow the one before",
                  record.position);
}

void IndexCheck::read_index() {
  std::string stream;
  Version next;
  Position last;
  std::optional<merkle::StreamEnd> end;
  auto end_stream = [&] {
    if (end) streams_.set(merkle::stream_key(stream), *end);
    end.reset();
  };
  storage::Inspection::IndexReader reader;
  reader.id = [&](const storage::IdBytes& id, Position position) {
    of_index_ += entry(id, position);
    return true;
  };
  reader.version = [&](std::string_view name, Version version, Position position) {
    if (name != stream) {
      end_stream();
      stream = name;
      next = Version(0);
    } else if (position <= last) {
      problems_.add("index",
                    "version " + std::to_string(version.value) + " of " + stream +
                        " is not later in the ledger than the one before",
                    position);
    }
    if (version != next)
      problems_.add("index",
                    stream + " goes from version " +
                        (next.value == 0 ? std::string("none") : std::to_string(next.value - 1)) + " to " +
                        std::to_string(version.value),
                    position);
    next = version.next();
    last = position;
    if (position < streams_at_) end = {version, position};
    of_index_ += entry(name, version, position);
    return !problems_.full();
  };
  store_.index(reader, [&](std::string what) {
    index_unreadable_ = true;
    problems_.add("index", std::move(what));
  });
  end_stream();
}

std::optional<merkle::Hash> IndexCheck::finish() {
  if (of_records_ != of_index_ || incomplete_ || index_unreadable_) {
    locate();
    return std::nullopt;
  }
  for (const auto& [key, end] : ends_above_) streams_.set(key, end);
  return streams_.root();
}

// One by one, both ways.
void IndexCheck::locate() {
  const auto end = std::min(indexed_, Position(store_.head().size.value));
  auto unreadable = [&](Position position, const Error& error) {
    problems_.add("index", error.message, position);
  };
  store_.records(
      Position(0), end,
      [&](Position position, BytesView bytes) {
        auto record = event::outline_record(bytes);
        if (!record) return true;  // said already
        auto found = store_.find(record.value().id, record.value().stream, record.value().version);
        if (!found) {
          unreadable(position, found.error());
          return !problems_.full() && !index_unreadable_;
        }
        auto wrong = [&](const std::optional<Position>& there, const std::string& what) {
          if (there == position) return;
          problems_.add("index", what + (there ? " is found at " + at(*there) : " is not found"), position);
        };
        wrong(found.value().by_id, "the event's id " + event::format_event_id(record.value().id));
        wrong(found.value().by_version, "version " + std::to_string(record.value().version.value) + " of " +
                                            std::string(record.value().stream));
        return !problems_.full();
      },
      [](Position, Position, const std::string&) {});

  // An entry that leads to a record must be of it; the records have been asked for theirs.
  auto leads_to = [&](Position position, const std::string& what, auto is_of) {
    if (position >= indexed_) {
      problems_.add("index", what + " leads to " + at(position) + ", beyond what is indexed", position);
      return !problems_.full();
    }
    auto bytes = store_.record(position);
    if (!bytes || !bytes.value()) return true;  // said already
    auto record = event::outline_record(*bytes.value());
    if (record && !is_of(record.value())) problems_.add("index", what + " leads to another event", position);
    return !problems_.full();
  };
  storage::Inspection::IndexReader reader;
  reader.id = [&](const storage::IdBytes& id, Position position) {
    return leads_to(position, "the id " + event::format_event_id(id),
                    [&](const event::RecordOutline& record) { return record.id == id; });
  };
  reader.version = [&](std::string_view stream, Version version, Position position) {
    return leads_to(position, "version " + std::to_string(version.value) + " of " + std::string(stream),
                    [&](const event::RecordOutline& record) {
                      return record.stream == stream && record.version == version;
                    });
  };
  store_.index(reader, [](const std::string&) {});
}

}  // namespace stafett::ledger
