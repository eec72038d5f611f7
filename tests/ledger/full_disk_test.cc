// A ledger on a disk of a few megabytes that really fills up.
#include <set>
#include <thread>

#include "ledger/open_ledger.h"
#include "ledger/small_disk.h"
#include "support/child_process.h"
#include "support/reference_tree.h"

using namespace stafett;
using namespace stafett::ledger;
using support::ChildProcess;
using support::SmallDisk;

namespace {

constexpr std::uint64_t refused_bit = std::uint64_t{1} << 63;

// Personal content is sealed and does not compress: what a disk of real events is filled with.
std::vector<event::NewEvent> events_of(std::uint64_t n) {
  std::vector<event::NewEvent> events;
  for (std::uint64_t i = 0; i < 100; ++i) {
    auto draft = support::case_opened(n * 100 + i, "c" + std::to_string(n));
    draft.personal = R"("note":")" + std::string(1000, 'x') + "\"";
    events.push_back(draft.build());
  }
  return events;
}

Options options_for(const SmallDisk& disk, const storage::TestHooks& hooks) {
  Options options;
  options.data = disk / "ledger";
  options.hooks = &hooks;
  return options;
}

bool skipped(const SmallDisk& disk) {
  if (disk.mounted()) return false;
  WARN("skipped: a file system in memory cannot be mounted here (that takes root)");
  return true;
}

void check_that_all_is_there(const Ledger& ledger, std::uint64_t appends) {
  const auto records = all_records(ledger);
  CHECK(records.size() == 1 + appends * 100);
  CHECK(ledger.head().root == reference::root(records));
  for (std::uint64_t n = 0; n < appends; ++n)
    CHECK(ledger.last_version("case/c" + std::to_string(n)).value() == Version(99));
}

bool append_in_the_end(Ledger& ledger, std::uint64_t n) {
  for (int i = 0; i < 3000; ++i) {
    if (!ledger.append(events_of(n), "tester").refusal) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

// While it is full: opened, read, refused. When there is room: taken up again without opening anew.
void check_full_and_after(const SmallDisk& disk, const Options& options, std::uint64_t appends) {
  for (int round = 0; round < 2; ++round) {
    auto ledger = open_ledger(options);
    check_that_all_is_there(*ledger, appends);
    for (int i = 0; i < 3; ++i) {
      auto answer = ledger->append(events_of(appends), "tester");
      REQUIRE(answer.refusal);
      CHECK(answer.refusal->error.code == ErrorCode::unavailable);
      CHECK(answer.refusal->error.message.find("the disk is full") != std::string::npos);
      std::this_thread::sleep_for(std::chrono::milliseconds(15));
    }
    check_that_all_is_there(*ledger, appends);
    if (round == 0) continue;
    disk.make_room();
    REQUIRE(append_in_the_end(*ledger, appends));
    check_that_all_is_there(*ledger, appends + 1);
    CHECK(ledger->close().has_value());
  }
  check_that_all_is_there(*open_ledger(options), appends + 1);
}

}  // namespace

TEST_CASE("child: appends to a ledger on a small disk until it is killed", "[.child-small-disk]") {
  const storage::TestHooks hooks{.index_generation_events = 500,
                                 .retry_after = std::chrono::milliseconds(10)};
  Options options;
  options.data = ChildProcess::argument();
  options.hooks = &hooks;
  auto ledger = open_ledger(options);
  for (std::uint64_t n = 0;;) {
    const auto answer = ledger->append(events_of(n), "child");
    if (answer.refusal && answer.refusal->error.code != ErrorCode::unavailable) std::_Exit(1);
    if (!ChildProcess::report(answer.refusal ? n | refused_bit : n)) std::_Exit(2);
    if (!answer.refusal) ++n;
  }
}

TEST_CASE("killed on a full disk, a ledger opens to be read and goes on by itself when there is room",
          "[ledger]") {
  SmallDisk disk("40m");
  if (skipped(disk)) return;
  const storage::TestHooks hooks{.index_generation_events = 500,
                                 .retry_after = std::chrono::milliseconds(10)};
  const auto options = options_for(disk, hooks);
  std::uint64_t acknowledged = 0, report = 0;
  {
    ChildProcess child("[.child-small-disk]", options.data.string());
    bool refused = false;
    while (!refused && child.read(report)) {
      refused = report & refused_bit;
      if (!refused) acknowledged = report + 1;
      if (acknowledged == 60) REQUIRE(disk.fill());
    }
    REQUIRE(refused);
    REQUIRE(child.kill());
    while (child.read(report)) CHECK((report & refused_bit) != 0);
  }
  REQUIRE(disk.fill());
  REQUIRE(acknowledged >= 60);
  check_full_and_after(disk, options, acknowledged);
}

TEST_CASE("stopped on a full disk, a ledger opens to be read and goes on by itself when there is room",
          "[ledger]") {
  SmallDisk disk("40m");
  if (skipped(disk)) return;
  const storage::TestHooks hooks{.index_generation_events = 500,
                                 .retry_after = std::chrono::milliseconds(10)};
  const auto options = options_for(disk, hooks);
  {
    auto ledger = open_ledger(options);
    for (std::uint64_t n = 0; n < 60; ++n) REQUIRE(!ledger->append(events_of(n), "tester").refusal);
    REQUIRE(disk.fill());
    const auto answer = ledger->append(events_of(60), "tester");
    REQUIRE(answer.refusal);
    CHECK(answer.refusal->error.code == ErrorCode::unavailable);
    // It says so when not everything could be written down.
    CHECK(ledger->close().has_error());
  }
  REQUIRE(disk.fill());
  check_full_and_after(disk, options, 60);
}

TEST_CASE("a ledger that has filled its disk itself has kept what a clean stop and opening again need",
          "[ledger]") {
  SmallDisk disk("40m");
  if (skipped(disk)) return;
  const storage::TestHooks hooks{.index_generation_events = 500, .retry_after = std::chrono::milliseconds(1)};
  const auto options = options_for(disk, hooks);
  std::uint64_t appends = 0;
  {
    auto ledger = open_ledger(options);
    int refusals = 0;
    while (refusals < 20) {
      const auto answer = ledger->append(events_of(appends), "tester");
      if (!answer.refusal) {
        ++appends;
        continue;
      }
      REQUIRE(answer.refusal->error.code == ErrorCode::unavailable);
      ++refusals;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    // Most of the disk holds events: the log's room has been given back, not kept.
    CHECK(std::filesystem::space(options.data).available < 8u << 20);
    CHECK(ledger->close().has_value());
  }
  auto ledger = open_ledger(options);
  check_that_all_is_there(*ledger, appends);
  CHECK(ledger->close().has_value());
}
