#include "ledger/open_ledger.h"

using namespace stafett;
using namespace stafett::ledger;
using support::case_opened;
using support::child_heard;
using support::TempDir;

TEST_CASE("a new ledger begins with the given first event, once", "[ledger]") {
  TempDir dir;
  support::ManualClock clock(spring);
  Options options;
  options.data = dir / "ledger";
  options.clock = &clock;
  options.first_event = rules_adopted(7).build();
  {
    auto ledger = Ledger::open(options).value();
    REQUIRE(ledger->next_position() == Position(1));
    const auto record = all_records(*ledger).front();
    const auto event = event::decode_record(record).value();
    CHECK(event.id == options.first_event->id);
    CHECK(event.stream == "rules/base");
    CHECK(event.version == Version(0));
    CHECK(event.appended_by == "system");
    CHECK(event.recorded_at == spring);
  }
  // Another first event, as the next start of a server would bring it, is for new ledgers only.
  options.first_event = rules_adopted(8).build();
  CHECK(Ledger::open(options).value()->next_position() == Position(1));
}

TEST_CASE("without a first event a new ledger begins empty, and what comes first has position 0",
          "[ledger]") {
  TempDir dir;
  Options options;
  options.data = dir / "ledger";
  CHECK(Ledger::open(options).value()->next_position() == Position(0));
  auto ledger = Ledger::open(options).value();
  const auto answer = append_one(*ledger, case_opened(1, "a"));
  REQUIRE(!answer.refusal);
  CHECK(answer.places.at(0).position == Position(0));
}

TEST_CASE("events get the next positions and versions, and the ledger's time", "[ledger]") {
  TempDir dir;
  support::ManualClock clock(spring);
  auto ledger = open_ledger(dir / "ledger", &clock);
  auto answer = ledger->append(
      {case_opened(1, "a").build(), case_opened(2, "b").build(), child_heard(3, "a").build()}, "tester");
  REQUIRE(!answer.refusal);
  REQUIRE(answer.places.size() == 3);
  CHECK(answer.places[0].position == Position(1));
  CHECK(answer.places[1].position == Position(2));
  CHECK(answer.places[2].position == Position(3));
  CHECK(answer.places[2].version == Version(1));
  CHECK(answer.places[2].recorded_at == spring);
  CHECK(!answer.places[2].duplicate);
  CHECK(ledger->last_version("case/a").value() == Version(1));
  const auto event = event::decode_record(ledger->read_at({Position(3)}).value()[0].bytes).value();
  CHECK(event.position == Position(3));
  CHECK(event.stream == "case/a");
  CHECK(event.appended_by == "tester");
  CHECK(ledger->append({}, "tester").places.empty());
}

TEST_CASE("the ledger's time never goes backwards, whatever the clock does", "[ledger]") {
  TempDir dir;
  support::ManualClock clock(spring);
  std::vector<Instant> times;
  for (int round = 0; round < 3; ++round) {
    auto ledger = open_ledger(dir / "ledger", &clock);
    for (std::uint64_t i = 0; i < 4; ++i) {
      const auto number = static_cast<std::uint64_t>(round) * 4 + i;
      times.push_back(
          append_one(*ledger, case_opened(number, "c" + std::to_string(number))).places.at(0).recorded_at);
      clock.advance(std::chrono::hours(i % 2 == 0 ? 1 : -3));
    }
  }
  CHECK(std::ranges::is_sorted(times));
  CHECK(times.front() == spring);
  CHECK(times.back() > spring);
}

TEST_CASE("append refuses an expected version that is not the stream's", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  auto opened = case_opened(1, "a");
  opened.expected = "0";
  auto answer = append_one(*ledger, opened);
  REQUIRE(answer.refusal);
  CHECK(answer.refusal->error.code == ErrorCode::version_conflict);
  CHECK(answer.refusal->error.field == "expectedversion");
  CHECK(!answer.refusal->error.actual_version);
  opened.expected = "\"none\"";
  REQUIRE(!append_one(*ledger, opened).refusal);

  auto heard = child_heard(2, "a");
  for (const auto* wrong : {"\"none\"", "1", "7"}) {
    heard.expected = wrong;
    answer = append_one(*ledger, heard);
    REQUIRE(answer.refusal);
    CHECK(answer.refusal->error.code == ErrorCode::version_conflict);
    CHECK(answer.refusal->error.actual_version == 0);
  }
  heard.expected = "0";
  CHECK(!append_one(*ledger, heard).refusal);
}

TEST_CASE("expected versions see the earlier events of the same append", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  auto opened = case_opened(1, "a");
  opened.expected = "\"none\"";
  auto first = child_heard(2, "a"), second = child_heard(3, "a");
  first.expected = "0";
  second.expected = "1";
  CHECK(!ledger->append({opened.build(), first.build(), second.build()}, "tester").refusal);
  CHECK(ledger->last_version("case/a").value() == Version(2));
}

TEST_CASE("a version conflict tells the stream's version in the ledger, not in the append that is undone",
          "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  REQUIRE(!append_one(*ledger, case_opened(1, "a")).refusal);
  auto wrong = [](support::Draft draft) {
    draft.expected = "7";
    return draft.build();
  };
  // A stream that the same append would have created.
  auto answer = ledger->append({case_opened(2, "new").build(), wrong(child_heard(3, "new"))}, "tester");
  REQUIRE(answer.refusal);
  CHECK(answer.refusal->index == 1);
  CHECK(answer.refusal->error.code == ErrorCode::version_conflict);
  CHECK(!answer.refusal->error.actual_version);
  CHECK(answer.refusal->error.message ==
        "the stream was expected at version 7; it does not exist, and an earlier event of the same append "
        "would have brought it to version 0");
  // One that it would have moved on, twice.
  answer = ledger->append(
      {child_heard(4, "a").build(), child_heard(5, "a").build(), wrong(child_heard(6, "a"))}, "tester");
  REQUIRE(answer.refusal);
  CHECK(answer.refusal->error.actual_version == 0);
  // And one that it does not touch before.
  answer = ledger->append({case_opened(7, "new").build(), wrong(child_heard(8, "a"))}, "tester");
  REQUIRE(answer.refusal);
  CHECK(answer.refusal->error.actual_version == 0);
  CHECK(answer.refusal->error.message == "the stream was expected at version 7; it is at version 0");
}

TEST_CASE("a case begins with CaseOpened", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  auto answer = append_one(*ledger, child_heard(1, "nobody"));
  REQUIRE(answer.refusal);
  CHECK(answer.refusal->error.code == ErrorCode::not_found);
  CHECK(answer.refusal->error.field == "subject");
  CHECK(!ledger->last_version("case/nobody").value());
}

TEST_CASE("a time more than a day ahead of the ledger's clock is refused, the past is not", "[ledger]") {
  TempDir dir;
  support::ManualClock clock(spring);
  auto ledger = open_ledger(dir / "ledger", &clock);
  auto opened = case_opened(1, "a");
  opened.time = format_utc(spring + std::chrono::hours(24) + std::chrono::microseconds(1));
  auto answer = append_one(*ledger, opened);
  REQUIRE(answer.refusal);
  CHECK(answer.refusal->error.code == ErrorCode::invalid_argument);
  CHECK(answer.refusal->error.field == "time");
  opened.time = format_utc(spring + std::chrono::hours(24));
  CHECK(!append_one(*ledger, opened).refusal);
  // Also when the case does not exist: what is wrong with the event itself is named first.
  auto heard = child_heard(3, "nobody");
  heard.time = "2999-01-01T00:00:00Z";
  answer = append_one(*ledger, heard);
  REQUIRE(answer.refusal);
  CHECK(answer.refusal->error.field == "time");
  opened = case_opened(2, "b");
  opened.time = "1977-01-01T00:00:00Z";
  CHECK(!append_one(*ledger, opened).refusal);
}

TEST_CASE("a refused append leaves nothing, wherever the bad event stands", "[ledger]") {
  TempDir dir;
  support::ManualClock clock(spring);
  auto ledger = open_ledger(dir / "ledger", &clock);
  REQUIRE(!append_one(*ledger, case_opened(1, "a")).refusal);
  const auto head = ledger->head();
  for (std::size_t bad = 0; bad < 4; ++bad) {
    std::vector<event::NewEvent> events;
    for (std::uint64_t i = 0; i < 4; ++i) {
      auto draft = i == 1 ? case_opened(10 + i, "new") : child_heard(10 + i, "a");
      draft.personal = R"("note":"secret")";
      if (i == bad) draft.expected = "99";
      events.push_back(draft.build());
    }
    auto answer = ledger->append(std::move(events), "tester");
    REQUIRE(answer.refusal);
    CHECK(answer.refusal->index == bad);
    CHECK(answer.places.empty());
    CHECK(ledger->head().size == head.size);
    CHECK(ledger->head().root == head.root);
    CHECK(!ledger->last_version("case/new").value());
    CHECK(ledger->last_version("case/a").value() == Version(0));
  }
  // Nor are its ids taken.
  auto answer = ledger->append({child_heard(10, "a").build()}, "tester");
  REQUIRE(!answer.refusal);
  CHECK(answer.places[0].position.value == head.size.value);
  CHECK(answer.places[0].version == Version(1));
}

TEST_CASE("when the queue is full appends are turned away at once and the rest is answered", "[ledger]") {
  TempDir dir;
  Options options;
  options.data = dir / "ledger";
  options.queue_bytes_max = 4000;
  auto ledger = open_ledger(options);
  std::mutex mutex;
  std::map<std::string, int> outcomes;
  constexpr int count = 2000;
  // Made beforehand, so that they arrive faster than any disk can sync them.
  std::vector<event::NewEvent> events;
  for (std::uint64_t i = 0; i < count; ++i) events.push_back(case_opened(i, "c" + std::to_string(i)).build());
  for (auto& e : events)
    ledger->append({std::move(e)}, "tester", [&](AppendAnswer answer) {
      std::lock_guard lock(mutex);
      ++outcomes[answer.refusal ? std::string(to_string(answer.refusal->error.code)) : "appended"];
    });
  REQUIRE(ledger->close().has_value());
  CHECK(outcomes["appended"] + outcomes["unavailable"] == count);
  CHECK(outcomes["appended"] > 0);
  CHECK(outcomes["unavailable"] > 0);
  ledger.reset();
  CHECK(open_ledger(options)->next_position().value == static_cast<std::uint64_t>(outcomes["appended"]) + 1);
}
