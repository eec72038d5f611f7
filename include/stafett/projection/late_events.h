#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stafett/ledger/ledger.h"

namespace stafett::projection {

struct LateFilter {
  std::uint32_t hours = 72;         // recorded more than so long after its `time`
  std::string unit;                 // whose event it is; empty: all
  std::optional<Date> from, to;     // local dates of recording, half-open
  std::optional<Instant> at;        // leaves out what happened later
  std::optional<Instant> known_at;  // leaves out what was recorded later
};

// An event and how late it came. No personal content.
struct LateEvent {
  Position position;
  std::string stream, type, unit, actor_role;  // "ChildHeard"; the role is empty when not stated
  Instant time, recorded_at;
};

// Events that were recorded long after they happened (domain.md D27), in the order of the ledger: a scan that
// goes on where it stopped, so that its memory does not grow with the ledger. Not for several threads at a
// time.
class LateEvents {
 public:
  // Of what the ledger holds now. The ledger must outlive it.
  LateEvents(const ledger::Ledger& ledger, LateFilter filter);

  // The next ones, at most `limit`. May find none, having looked at a good many events, before done().
  // Errors: corruption, io_error.
  Result<std::vector<LateEvent>> next(std::size_t limit);
  bool done() const { return begun_ && next_ >= end_; }
  TreeSize size() const { return size_; }  // events taken in account: positions below

 private:
  Result<void> begin();
  bool wanted(const event::RecordedEvent& event) const;

  const ledger::Ledger& ledger_;
  const LateFilter filter_;
  bool begun_ = false;
  Position next_, end_;
  TreeSize size_;
};

}  // namespace stafett::projection
