#include <thread>

#include "ledger/open_ledger.h"

using namespace stafett;
using namespace stafett::ledger;
using support::case_opened;
using support::child_heard;
using support::TempDir;

namespace {

// Events 1 to 200: a case and 199 talks in it.
void fill(Ledger& ledger) {
  std::vector<event::NewEvent> events{case_opened(1, "a").build()};
  for (std::uint64_t i = 2; i <= 200; ++i) events.push_back(child_heard(i, "a").build());
  REQUIRE(!ledger.append(std::move(events), "tester").refusal);
}

}  // namespace

TEST_CASE("records are read in order from anywhere, within limits", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  fill(*ledger);
  const auto all = all_records(*ledger);
  REQUIRE(all.size() == 201);
  auto some = ledger->read(Position(5), 10, SIZE_MAX).value();
  REQUIRE(some.size() == 10);
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(some[i].position == Position(5 + i));
    CHECK(some[i].bytes == all[5 + i]);
  }
  CHECK(ledger->read(Position(5), 10, all[5].size() + all[6].size()).value().size() == 2);
  CHECK(ledger->read(Position(5), 10, 1).value().size() == 1);
  CHECK(ledger->read(Position(201), 10, 100).value().empty());
  CHECK(ledger->read(Position(999), 10, 100).value().empty());
  CHECK(ledger->read_at({Position(7), Position(3)}).value()[1].bytes == all[3]);
  CHECK(ledger->read_at({Position(7), Position(201)}).error().code == ErrorCode::not_found);
}

TEST_CASE("a stream is read in order of its versions, within limits", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  fill(*ledger);
  const auto all = all_records(*ledger);
  auto stream = ledger->read_stream("case/a", Version(0), SIZE_MAX, SIZE_MAX).value();
  REQUIRE(stream.size() == 200);
  for (std::size_t v = 0; v < 200; ++v) REQUIRE(stream[v].bytes == all[v + 1]);
  CHECK(ledger->read_stream("case/a", Version(190), 5, SIZE_MAX).value().front().bytes == all[191]);
  CHECK(ledger->read_stream("case/a", Version(190), 5, SIZE_MAX).value().size() == 5);
  CHECK(ledger->read_stream("case/a", Version(190), SIZE_MAX, SIZE_MAX).value().size() == 10);
  CHECK(ledger->read_stream("case/a", Version(0), SIZE_MAX, all[1].size()).value().size() == 1);
  CHECK(ledger->read_stream("case/a", Version(200), 5, SIZE_MAX).value().empty());
  CHECK(ledger->read_stream("case/b", Version(0), 5, SIZE_MAX).error().code == ErrorCode::not_found);
  CHECK(!ledger->last_version("case/b").value());
}

TEST_CASE("listeners hear of every batch until they stop listening", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  std::atomic<std::uint64_t> heard = 0;
  auto handle = ledger->on_advance([&](Position next) { heard = next.value; });
  REQUIRE(!append_one(*ledger, case_opened(1, "a")).refusal);
  while (heard != 2) std::this_thread::yield();
  handle.reset();
  REQUIRE(!append_one(*ledger, case_opened(2, "b")).refusal);
  REQUIRE(ledger->close().has_value());
  CHECK(heard == 2);
}

TEST_CASE("a second ledger on the folder is refused while the first is open", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  Options options;
  options.data = dir / "ledger";
  CHECK(Ledger::open(options).error().code == ErrorCode::unavailable);
  ledger.reset();
  CHECK(Ledger::open(options).has_value());
}

TEST_CASE("a ledger open for reading only shows everything, takes nothing and touches nothing", "[ledger]") {
  TempDir dir;
  Options options;
  options.data = dir / "ledger";
  options.read_only = true;
  CHECK(Ledger::open(options).error().code == ErrorCode::not_found);
  CHECK(!std::filesystem::exists(dir / "ledger"));
  std::vector<Bytes> expected;
  {
    auto ledger = open_ledger(dir / "ledger");
    fill(*ledger);
    expected = all_records(*ledger);
  }
  const auto before = support::picture_of(dir.path());
  {
    auto ledger = open_ledger(options);
    CHECK(all_records(*ledger) == expected);
    CHECK(ledger->read_stream("case/a", Version(3), 1, SIZE_MAX).value()[0].bytes == expected[4]);
    auto answer = append_one(*ledger, case_opened(900, "b"));
    REQUIRE(answer.refusal);
    CHECK(answer.refusal->error.code == ErrorCode::unavailable);
  }
  CHECK(support::picture_of(dir.path()) == before);
}

TEST_CASE("the index can be made again from the records", "[ledger]") {
  TempDir dir;
  storage::TestHooks hooks{.index_generation_events = 30};
  Options options;
  options.data = dir / "ledger";
  options.hooks = &hooks;
  {
    auto ledger = open_ledger(options);
    fill(*ledger);
  }
  options.rebuild_index = true;
  auto ledger = open_ledger(options);
  CHECK(ledger->read_stream("case/a", Version(0), SIZE_MAX, SIZE_MAX).value().size() == 200);
  auto again = append_one(*ledger, child_heard(77, "a"));
  REQUIRE(!again.refusal);
  CHECK(again.places[0].duplicate);
  CHECK(again.places[0].position == Position(77));
}
