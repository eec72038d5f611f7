#include "ledger/open_ledger.h"

using namespace stafett;
using namespace stafett::ledger;
using support::case_opened;
using support::child_heard;
using support::TempDir;

namespace {

void check_same_place(const AppendAnswer& again, const AppendAnswer& first) {
  REQUIRE(!again.refusal);
  REQUIRE(again.places.size() == 1);
  CHECK(again.places[0].duplicate);
  CHECK(again.places[0].position == first.places[0].position);
  CHECK(again.places[0].version == first.places[0].version);
  CHECK(again.places[0].recorded_at == first.places[0].recorded_at);
}

}  // namespace

TEST_CASE("an event sent again gets its old place, for ever", "[ledger]") {
  TempDir dir;
  support::ManualClock clock(spring);
  storage::TestHooks hooks{.index_generation_events = 10};
  Options options;
  options.data = dir / "ledger";
  options.clock = &clock;
  options.hooks = &hooks;
  auto ledger = open_ledger(options);
  auto opened = case_opened(1, "a");
  opened.expected = "\"none\"";
  opened.personal = R"("name":"Elin")";
  const auto first = append_one(*ledger, opened);
  REQUIRE(!first.refusal);
  for (int round = 0; round < 3; ++round) {
    clock.advance(std::chrono::hours(1));
    // Though the stream exists now: the event was appended when it did not.
    check_same_place(append_one(*ledger, opened), first);
    // The way the same content is written does not matter.
    auto other_offset = opened;
    other_offset.time = "2019-03-12T08:00:00Z";
    check_same_place(append_one(*ledger, other_offset), first);
    for (std::uint64_t i = 0; i < 30; ++i) {
      const auto number = 100 + static_cast<std::uint64_t>(round) * 30 + i;
      REQUIRE(!append_one(*ledger, case_opened(number, "x" + std::to_string(number))).refusal);
    }
    ledger.reset();
    ledger = open_ledger(options);
  }
  CHECK(ledger->next_position() == Position(92));
}

TEST_CASE("an id with other content is refused, personal content included", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  auto opened = case_opened(1, "a");
  opened.personal = R"("name":"Elin")";
  REQUIRE(!append_one(*ledger, opened).refusal);
  auto other_name = opened, no_name = opened, more = opened, other_time = opened,
       other_stream = case_opened(1, "b");
  other_name.personal = R"("name":"Iris")";
  no_name.personal = "";
  more.personal = R"("name":"Elin","note":"x")";
  other_time.time = "2019-03-12T09:00:01+01:00";
  for (int round = 0; round < 2; ++round) {
    for (const auto& other : {other_name, no_name, more, other_time, other_stream, child_heard(1, "a")}) {
      auto answer = append_one(*ledger, other);
      REQUIRE(answer.refusal);
      CHECK(answer.refusal->error.code == ErrorCode::id_conflict);
      CHECK(answer.refusal->error.field == "id");
      CHECK(answer.refusal->error.message.find("Iris") == std::string::npos);
    }
    ledger.reset();
    ledger = open_ledger(dir / "ledger");
  }
  CHECK(ledger->next_position() == Position(2));
}

TEST_CASE("duplicates are recognised inside one append too, and new events beside them are appended",
          "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  auto opened = case_opened(1, "a");
  auto heard = child_heard(2, "a");
  heard.personal = R"("note":"said something")";
  REQUIRE(!append_one(*ledger, opened).refusal);
  auto answer = ledger->append(
      {opened.build(), heard.build(), heard.build(), child_heard(3, "a").build(), opened.build()}, "tester");
  REQUIRE(!answer.refusal);
  std::vector<std::uint64_t> positions;
  std::vector<bool> duplicates;
  for (const auto& place : answer.places) {
    positions.push_back(place.position.value);
    duplicates.push_back(place.duplicate);
  }
  CHECK(positions == std::vector<std::uint64_t>{1, 2, 2, 3, 1});
  CHECK(duplicates == std::vector<bool>{true, false, true, false, true});
  CHECK(ledger->next_position() == Position(4));

  auto changed = heard;
  changed.id = support::event_id(4);
  auto twice = changed;
  twice.personal = R"("note":"said something else")";
  answer = ledger->append({changed.build(), twice.build()}, "tester");
  REQUIRE(answer.refusal);
  CHECK(answer.refusal->index == 1);
  CHECK(answer.refusal->error.code == ErrorCode::id_conflict);
  CHECK(ledger->next_position() == Position(4));
}
