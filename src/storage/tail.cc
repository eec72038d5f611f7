#include "storage/tail.h"

namespace stafett::storage {

bool TailLot::add(IndexEntry entry) {
  const auto position = end();
  if (!ids_.emplace(entry.id, position).second) return false;
  auto [part, is_new] = streams_.try_emplace(entry.stream);
  if (is_new) part->second.first = entry.version;
  if (entry.version.value != part->second.first.value + part->second.positions.size()) return false;
  part->second.positions.push_back(position);
  entries_.push_back(std::move(entry));
  return true;
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
