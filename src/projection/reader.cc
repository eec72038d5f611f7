#include "projection/reader.h"

#include <algorithm>

namespace stafett::projection {

Result<std::vector<event::RecordedEvent>> events_at(const ledger::Ledger& ledger,
                                                    const std::vector<Position>& positions) {
  STAFETT_TRY(auto records, ledger.read_at(positions));
  std::vector<event::RecordedEvent> events;
  events.reserve(records.size());
  for (auto& record : records) {
    STAFETT_TRY(auto event, event::decode_record(record.bytes));
    events.push_back(std::move(event));
  }
  return events;
}

Result<Position> recorded_by(const ledger::Ledger& ledger, Instant t, Position end) {
  // recorded_at never decreases with position: the first position recorded after t is found by halving.
  std::uint64_t low = 0, high = end.value;
  while (low < high) {
    auto middle = low + (high - low) / 2;
    STAFETT_TRY(auto events, events_at(ledger, {Position(middle)}));
    if (events.front().recorded_at <= t)
      low = middle + 1;
    else
      high = middle;
  }
  return Position(low);
}

Result<Dossier> read_dossier(const ledger::Ledger& ledger, const casework::DossierIndex& index,
                             casework::DossierIndex::Id id, Position known) {
  auto below = [&](std::span<const Position> positions) {
    return std::vector<Position>(positions.begin(),
                                 std::lower_bound(positions.begin(), positions.end(), known));
  };
  auto own = below(index.own(id)), visiting = below(index.visiting(id));
  for (auto p : below(index.governance()))
    if (!std::binary_search(own.begin(), own.end(), p)) visiting.push_back(p);
  std::sort(visiting.begin(), visiting.end());
  visiting.erase(std::unique(visiting.begin(), visiting.end()), visiting.end());
  Dossier dossier;
  dossier.home = index.home(id);
  STAFETT_TRY(dossier.own, events_at(ledger, own));
  STAFETT_TRY(dossier.visiting, events_at(ledger, visiting));
  return dossier;
}

}  // namespace stafett::projection
