#include "stafett/projection/late_events.h"

#include <catch2/catch.hpp>

#include "stafett/core/calendar.h"
#include "support/event_builder.h"
#include "support/manual_clock.h"
#include "support/temp_dir.h"

using namespace stafett;

namespace {

Instant time_of(const char* text) { return parse_time_argument(text).value(); }

// A ledger whose clock the test sets.
struct Ledger {
  support::TempDir folder;
  support::ManualClock clock{time_of("2019-03-01")};
  std::unique_ptr<ledger::Ledger> ledger;
  std::uint64_t events = 0;

  Ledger() {
    ledger::Options options;
    options.data = folder / "ledger";
    options.clock = &clock;
    ledger = ledger::Ledger::open(std::move(options)).value();
  }
  // Happened then, recorded then.
  void record(const char* happened, const char* recorded) {
    clock.set(time_of(recorded));
    auto draft = events == 0 ? support::case_opened(1, "c-1") : support::child_heard(events + 1, "c-1");
    draft.time = happened;
    ++events;
    auto answer = ledger->append({draft.build()}, "test");
    REQUIRE_FALSE(answer.refusal);
  }
  std::vector<std::uint64_t> late(projection::LateFilter filter, std::size_t limit = 100) const {
    projection::LateEvents scan(*ledger, std::move(filter));
    std::vector<std::uint64_t> positions;
    while (!scan.done()) {
      auto found = scan.next(limit).value();
      CHECK(found.size() <= limit);
      for (auto& e : found) positions.push_back(e.position.value);
    }
    return positions;
  }
};

using Positions = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("events recorded more than the given hours after they happened are found, at once or bit by bit",
          "[projection]") {
  Ledger ledger;
  CHECK(ledger.late({}) == Positions{});
  ledger.record("2019-03-12T09:00:00+01:00", "2019-03-12T09:00:00+01:00");
  ledger.record("2019-03-12T09:00:00+01:00", "2019-03-15T09:00:00+01:00");         // 72 h sharp
  ledger.record("2019-03-12T09:00:00+01:00", "2019-03-15T09:00:00.000001+01:00");  // and more
  ledger.record("2019-03-20T09:00:00+01:00", "2019-03-20T10:00:00+01:00");
  // 31 March has 23 hours: elapsed time counts, not the clock on the wall.
  ledger.record("2019-03-29T12:00:00+01:00", "2019-04-01T13:00:00+02:00");
  ledger.record("2019-02-01T12:00:00+01:00", "2019-04-02T00:00:00+02:00");
  CHECK(ledger.late({}) == Positions{2, 5});
  CHECK(ledger.late({}, 1) == Positions{2, 5});
  projection::LateFilter filter;
  filter.hours = 71;
  CHECK(ledger.late(filter) == Positions{1, 2, 4, 5});
  CHECK(ledger.late(filter, 3) == Positions{1, 2, 4, 5});
  filter.from = parse_date("2019-04-01").value();
  CHECK(ledger.late(filter) == Positions{4, 5});
  filter.to = parse_date("2019-04-02").value();
  CHECK(ledger.late(filter) == Positions{4});
  filter.unit = "eskilstuna/ifoReception";
  CHECK(ledger.late(filter) == Positions{});
  filter.unit = "eskilstuna/ifoChild";
  CHECK(ledger.late(filter) == Positions{4});
}

TEST_CASE("late events are found as known then and as things stood then", "[projection]") {
  Ledger ledger;
  ledger.record("2019-03-01T09:00:00+01:00", "2019-03-12T09:00:00+01:00");
  ledger.record("2019-03-10T09:00:00+01:00", "2019-03-20T09:00:00+01:00");
  projection::LateFilter filter;
  filter.known_at = time_of("2019-03-12T09:00:00+01:00");
  CHECK(ledger.late(filter) == Positions{0});
  projection::LateEvents scan(*ledger.ledger, filter);
  auto found = scan.next(10).value();
  REQUIRE(found.size() == 1);
  CHECK(scan.size() == TreeSize(1));
  CHECK(found[0].stream == "case/c-1");
  CHECK(found[0].type == "CaseOpened");
  CHECK(found[0].unit == "eskilstuna/ifoChild");
  CHECK(found[0].actor_role == "childCaseworker");
  filter = {};
  filter.at = time_of("2019-03-05");
  CHECK(ledger.late(filter) == Positions{0});
}
