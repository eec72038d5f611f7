#pragma once

#include "ledger/problems.h"
#include "stafett/merkle/hash.h"
#include "stafett/storage/inspection.h"

namespace stafett::ledger {

// Computes the tree anew beside the stored nodes. Each hash is compared with what is stored for it and
// computed from what is stored below it, so that a damaged one is found where it is and not at every node
// above. Takes the positions from 0 on, in order.
class TreeCheck {
 public:
  TreeCheck(const storage::Inspection& store, Problems& problems);

  void record(Position position, BytesView record);
  void missing_record(Position position);
  // Of the tree so far, as stored; nothing when a hash is missing.
  std::optional<merkle::Hash> root() const;
  // After the last.
  void finish(const storage::Head& head);

 private:
  using Known = std::optional<merkle::Hash>;  // nothing: neither stored nor computable

  void add(Position position, Known leaf);
  // What is stored for the leaf and the nodes it completes; empty when that is not there.
  std::span<const merkle::Hash> stored(Position position, std::size_t count);
  void note_missing(Position position);
  void end_missing();

  Problems& problems_;
  storage::Inspection::NodeReader reader_;
  std::optional<storage::Inspection::NodeValue> value_;
  std::size_t used_ = 0;     // hashes of value_
  Position next_;            // whose hashes come next in value_
  std::vector<Known> edge_;  // complete nodes that have no parent yet, left to right
  std::uint64_t size_ = 0;
  std::optional<Position> missing_from_;
  Position missing_to_;
};

}  // namespace stafett::ledger
