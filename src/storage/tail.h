#pragma once

#include <memory>
#include <unordered_map>

#include "stafett/crypto/keyed_hash.h"
#include "stafett/storage/index.h"

namespace stafett::storage {

// Ids and names come from outside: with a known hash function somebody could make a table a list.
struct OutsideHash {
  using is_transparent = void;
  crypto::KeyedHash hash = crypto::KeyedHash::random();
  std::size_t operator()(const IdBytes& id) const { return hash(id); }
  std::size_t operator()(std::string_view name) const { return hash(as_bytes(name)); }
};

// One lot of index entries in memory: those of the positions [begin, end). Not thread-safe.
class TailLot {
 public:
  explicit TailLot(Position begin) : begin_(begin) {}

  // The entry of position end().
  void add(IndexEntry entry);

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
  std::unordered_map<IdBytes, Position, OutsideHash> ids_;
  std::unordered_map<std::string, StreamPart, OutsideHash, std::equal_to<>> streams_;
};

}  // namespace stafett::storage
