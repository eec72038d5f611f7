#include "stafett/projection/late_events.h"

#include <algorithm>
#include <chrono>

#include "projection/reader.h"
#include "stafett/core/calendar.h"

namespace stafett::projection {
namespace {

constexpr std::size_t read_at_once = 1024;
constexpr std::size_t read_bytes_max = 1u << 20;
constexpr std::size_t looked_at_max = 64u << 10;  // in one go: other work waits that long at most

// Recorded before that moment, as `recorded_by` has it.
Instant just_before(Instant t) { return t - Instant::duration(1); }

}  // namespace

LateEvents::LateEvents(const ledger::Ledger& ledger, LateFilter filter)
    : ledger_(ledger), filter_(std::move(filter)) {}

Result<void> LateEvents::begin() {
  end_ = ledger_.next_position();
  if (filter_.known_at) {
    STAFETT_TRY(end_, recorded_by(ledger_, *filter_.known_at, end_));
  }
  size_ = TreeSize(end_.value);
  if (filter_.to) {
    STAFETT_TRY(end_, recorded_by(ledger_, just_before(start_of_day(*filter_.to)), end_));
  }
  if (filter_.from) {
    STAFETT_TRY(next_, recorded_by(ledger_, just_before(start_of_day(*filter_.from)), end_));
  }
  begun_ = true;
  return ok();
}

bool LateEvents::wanted(const event::RecordedEvent& e) const {
  if (!filter_.unit.empty() && e.source != filter_.unit) return false;
  if (filter_.at && e.occurred_at > *filter_.at) return false;
  return e.recorded_at - e.occurred_at > std::chrono::hours(filter_.hours);
}

Result<std::vector<LateEvent>> LateEvents::next(std::size_t limit) {
  if (!begun_) {
    STAFETT_TRY(begin());
  }
  std::vector<LateEvent> out;
  for (std::size_t looked = 0; looked < looked_at_max && next_ < end_ && out.size() < limit;) {
    auto count = std::min<std::uint64_t>(read_at_once, end_.value - next_.value);
    STAFETT_TRY(auto records, ledger_.read(next_, count, read_bytes_max));
    if (records.empty())
      return fail(ErrorCode::corruption, "an acknowledged event is missing from the ledger");
    for (auto& record : records) {
      if (out.size() == limit) break;
      STAFETT_TRY(auto e, event::decode_record(record.bytes));
      if (wanted(e))
        out.push_back({e.position, std::string(e.stream), e.event_type().name, std::string(e.source),
                       std::string(e.actor_role), e.occurred_at, e.recorded_at});
      next_ = e.position.next();
      ++looked;
    }
  }
  return out;
}

}  // namespace stafett::projection
