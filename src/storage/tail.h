#pragma once

#include <memory>
#include <unordered_map>

#include "stafett/crypto/keyed_hash.h"
#include "stafett/storage/index.h"

namespace stafett::storage {

// One lot of index entries in memory: those of the positions [begin, end). Not thread-safe.
class TailLot {
 public:
  explicit TailLot(Position begin) : begin_(begin) {}

  // The entry of position end(). False when its id is here already or its version does not follow.
  bool add(IndexEntry entry);

  Position begin() const { return begin_; }
  Position end() const { return Position(begin_.value + entries_.size()); }
  const std::vector<IndexEntry>& entries() const { return entries_; }

  // A stream's events in this lot: consecutive versions from `first` on. Null when there are none.
  struct StreamPart {
    Version first;
    std::vector<Position> positions;
  };
  const StreamPart* find_stream(std::string_view stream) const;
  std::optional<Position> find_id(const IdBytes& id) const;

 private:
  Position begin_;
  std::vector<IndexEntry> entries_;
  std::unordered_map<IdBytes, Position, crypto::OutsideHash> ids_;
  std::unordered_map<std::string, StreamPart, crypto::OutsideHash, std::equal_to<>> streams_;
};

}  // namespace stafett::storage
