#pragma once

#include <string>
#include <vector>

#include "ledger/problems.h"
#include "stafett/merkle/checkpoint.h"
#include "stafett/storage/store.h"

namespace stafett::ledger {

// Every signed head that is kept: that it is of this ledger and signed by its key, and that its root is that
// of the tree at its size. Of the newest also the root of the streams.
class HeadsCheck {
 public:
  HeadsCheck(const storage::Store& store, TreeSize size, Problems& problems);

  // In order of sizes: whether there is a head of that size, and then its root. On one thread.
  bool wants(TreeSize size) const { return next_ < heads_.size() && heads_[next_].size == size; }
  void root(const std::optional<merkle::Hash>& root);
  // The name that the ledger's first event gives it.
  void first_record(BytesView record);

  // The size at which the ends of all streams are wanted; 0 for none.
  TreeSize newest() const { return heads_.empty() ? TreeSize(0) : heads_.back().size; }
  void streams(const merkle::Hash& root);

 private:
  void read(const storage::Store& store, TreeSize size);

  Problems& problems_;
  std::vector<merkle::Checkpoint> heads_;
  std::size_t next_ = 0;
};

}  // namespace stafett::ledger
