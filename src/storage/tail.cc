#include "storage/tail.h"

#include "stafett/core/assert.h"

namespace stafett::storage {

void TailLot::add(IndexEntry entry) {
  const auto position = end();
  // The ledger has seen to it that an id comes once and that versions have no gaps.
  STAFETT_ASSERT(ids_.emplace(entry.id, position).second);
  auto [part, is_new] = streams_.try_emplace(entry.stream);
  if (is_new) part->second.first = entry.version;
  STAFETT_ASSERT(entry.version.value == part->second.first.value + part->second.positions.size());
  part->second.positions.push_back(position);
  entries_.push_back(std::move(entry));
}

const TailLot::StreamPart* TailLot::find_stream(std::string_view stream) const {
  const auto found = streams_.find(stream);
  return found == streams_.end() ? nullptr : &found->second;
}

std::optional<Position> TailLot::find_id(const IdBytes& id) const {
  const auto found = ids_.find(id);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

}  // namespace stafett::storage
