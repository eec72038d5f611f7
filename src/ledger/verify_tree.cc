#include "ledger/verify_tree.h"

#include <bit>

#include "stafett/merkle/tree.h"

namespace stafett::ledger {

TreeCheck::TreeCheck(const storage::Inspection& store, Problems& problems)
    : problems_(problems),
      reader_(store.nodes([&problems](std::string what) { problems.add("node", std::move(what)); })),
      value_(reader_.next()) {
  if (value_) next_ = value_->first;
}

void TreeCheck::record(Position position, BytesView record) { add(position, merkle::leaf_hash(record)); }

void TreeCheck::missing_record(Position position) { add(position, std::nullopt); }

std::span<const merkle::Hash> TreeCheck::stored(Position position, std::size_t count) {
  while (value_ && (used_ == value_->hashes.size() || next_ < position)) {
    value_ = reader_.next();
    used_ = 0;
    if (value_) next_ = value_->first;
  }
  if (!value_ || next_ != position || value_->hashes.size() - used_ < count) return {};
  const auto hashes = std::span(value_->hashes).subspan(used_, count);
  used_ += count;
  next_ = next_.next();
  return hashes;
}

void TreeCheck::note_missing(Position position) {
  if (!missing_from_) missing_from_ = position;
  missing_to_ = position;
}

void TreeCheck::end_missing() {
  if (!missing_from_) return;
  auto what = "the tree nodes that come with position " + std::to_string(missing_from_->value);
  if (missing_to_ > *missing_from_) what += " to " + std::to_string(missing_to_.value);
  problems_.add("node", what + " are missing", *missing_from_);
  missing_from_.reset();
}

void TreeCheck::add(Position position, Known leaf) {
  const auto ones = static_cast<std::size_t>(std::countr_one(position.value));
  const auto nodes = stored(position, ones + 1);
  if (nodes.empty())
    note_missing(position);
  else
    end_missing();
  auto settle = [&](Known computed, std::size_t level) -> Known {
    if (nodes.empty()) return computed;
    if (computed && *computed != nodes[level]) {
      if (level == 0)
        problems_.add("node", "the record is not the one whose hash is in the tree", position);
      else
        problems_.add("node",
                      "the node of level " + std::to_string(level) + " and index " +
                          std::to_string(position.value >> level) + " does not follow from those below it",
                      position);
    }
    return nodes[level];
  };
  auto hash = settle(leaf, 0);
  for (std::size_t level = 1; level <= ones; ++level) {
    const auto left = edge_.back();
    edge_.pop_back();
    hash = settle(left && hash ? Known(merkle::node_hash(*left, *hash)) : std::nullopt, level);
  }
  edge_.push_back(hash);
  ++size_;
}

std::optional<merkle::Hash> TreeCheck::root() const {
  std::vector<merkle::Hash> edge;
  for (const auto& hash : edge_) {
    if (!hash) return std::nullopt;
    edge.push_back(*hash);
  }
  return merkle::fold(edge);
}

void TreeCheck::finish(const storage::Head& head) {
  end_missing();
  if (value_ && (used_ < value_->hashes.size() || (value_ = reader_.next())))
    problems_.add("node",
                  "there are tree nodes from position " + std::to_string(value_->first.value) +
                      " on that belong to no event",
                  value_->first);
  const auto computed = root();
  if (size_ != head.size.value || !computed)
    problems_.add("node", "the root cannot be computed: there are hashes missing");
  else if (*computed != head.root)
    problems_.add("node", "the stored root is not that of the tree of " + std::to_string(size_) + " events");
}

}  // namespace stafett::ledger
