#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stafett/core/ids.h"
#include "stafett/core/result.h"

namespace stafett::storage {

using IdBytes = std::array<std::byte, 16>;  // an event id

// What is looked up of the event at a position.
struct IndexEntry {
  IdBytes id{};
  std::string stream;
  Version version;
};

// Finds events by id and by place in their stream. Derived from the records, exact, and never in the way of a
// commit:
//
// New entries are kept in memory, in the tail. A thread of its own writes them to the column family `index`,
// without the write-ahead log, together with the watermark: the position below which everything is in the
// column family. Entries and watermark of one batch are in one write, so that after any crash the column
// family holds exactly what its watermark says, and the owner adds the rest again from the records. Look-ups
// see tail and column family as one.
//
// `add` and `wait_for_room` are for one thread, the writer; look-ups are thread-safe.
class Index {
 public:
  ~Index();
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  // Everything below is found. After opening: the watermark; the owner then adds the rest.
  Position end() const;
  // Everything below would be found after a crash without reading records.
  Position watermark() const;

  // Waits while the tail is full. Errors: unavailable or io_error when it is full and cannot be written.
  Result<void> wait_for_room();
  // The entries of the positions from end() on, in order. Errors: corruption when an id comes twice or a
  // stream's versions have a gap, as far as the tail can tell.
  Result<void> add(std::vector<IndexEntry> entries);

  // The position of each event id, in the order asked.
  Result<std::vector<std::optional<Position>>> find_ids(std::span<const IdBytes> ids) const;
  // Nothing when there is no such stream.
  Result<std::optional<Version>> last_version(std::string_view stream) const;
  // The positions of the stream's events from that version on, at most `limit`.
  Result<std::vector<Position>> positions(std::string_view stream, Version from, std::size_t limit) const;

  // Every stream that has been written, in the order of the names, with its last version there and that
  // event's position. Gives the position below which they are complete, at one moment. Ends early with the
  // error of `each`.
  Result<Position> each_stream(const std::function<Result<void>(std::string_view stream, Version last,
                                                                Position position)>& each) const;

  // Writes the whole tail: then the watermark is end(). Nothing may be added afterwards.
  Result<void> finish();

  // For Store.
  struct State;
  explicit Index(std::unique_ptr<State> state);
  // Of a store that has become writable: the tail, which may be longer than usual, goes where it belongs.
  void begin_writing();

 private:
  std::unique_ptr<State> state_;
};

}  // namespace stafett::storage
