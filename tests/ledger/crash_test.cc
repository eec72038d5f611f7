#include <map>
#include <random>
#include <thread>

#include "ledger/open_ledger.h"
#include "stafett/storage/store.h"
#include "support/child_process.h"
#include "support/reference_tree.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::ledger;
using support::ChildProcess;
using support::TempDir;

namespace {

const storage::TestHooks hooks{.index_generation_events = 150};

Options options_for(const std::filesystem::path& path) {
  Options options;
  options.data = path;
  options.hooks = &hooks;
  return options;
}

// Append n is atomic and holds 1 to 4 events of case n mod 10, each with personal content; all follow from n.
std::vector<event::NewEvent> events_of(std::uint64_t n) {
  std::vector<event::NewEvent> events;
  for (std::uint64_t i = 0; i <= n % 4; ++i) {
    const auto case_id = "c" + std::to_string(n % 10);
    auto draft = support::case_opened(n * 10 + i, case_id);
    draft.personal = R"("note":")" + std::to_string(n) + "\"";
    events.push_back(draft.build());
  }
  return events;
}

}  // namespace

TEST_CASE("child: appends to a ledger until it is killed", "[.child-ledger]") {
  const auto argument = ChildProcess::argument();
  const auto blank = argument.find(' ');
  auto ledger = open_ledger(options_for(argument.substr(blank + 1)));
  std::atomic<std::uint64_t> in_flight = 0;
  for (auto n = std::stoull(argument.substr(0, blank));; ++n) {
    while (in_flight >= 20) std::this_thread::yield();
    ++in_flight;
    ledger->append(events_of(n), "child", [&, n](AppendAnswer answer) {
      if (answer.refusal || !ChildProcess::report(n)) std::_Exit(1);
      --in_flight;
    });
  }
}

TEST_CASE("after kill -9 under load everything acknowledged is there, whole appends only, and findable",
          "[ledger]") {
  TempDir dir;
  const auto path = dir / "ledger";
  std::mt19937_64 random(support::seed());
  std::uint64_t next = 1;
  for (int round = 0; round < 8; ++round) {
    std::uint64_t acknowledged = next - 1, report = 0;
    {
      ChildProcess child("[.child-ledger]", std::to_string(next) + " " + path.string());
      const auto wanted = next + random() % 300;
      while (child.read(report)) {
        acknowledged = report;
        if (report >= wanted) break;
      }
      REQUIRE(child.kill());
      while (child.read(report)) acknowledged = report;
    }
    auto ledger = open_ledger(options_for(path));
    const auto records = all_records(*ledger);
    CHECK(ledger->head().root == reference::root(records));
    std::map<std::string, std::uint64_t, std::less<>> versions;
    std::map<event::EventId, Position> positions;
    for (std::size_t p = 0; p < records.size(); ++p) {
      const auto event = event::decode_record(records[p]).value();
      REQUIRE(event.position.value == p);
      REQUIRE(event.version.value == versions[std::string(event.stream)]++);
      REQUIRE(positions.emplace(event.id, event.position).second);
    }
    for (const auto& [stream, count] : versions)
      REQUIRE(ledger->read_stream(stream, Version(0), SIZE_MAX, SIZE_MAX).value().size() == count);
    // Everything that was sent is sent again, as a client would: what was acknowledged is a duplicate at its
    // place.
    std::size_t found = 1;
    for (std::uint64_t n = 1;; ++n) {
      std::size_t present = 0;
      const auto events = events_of(n);
      for (const auto& event : events) present += positions.contains(event.id);
      REQUIRE((present == 0 || present == events.size()));
      if (present == 0) {
        REQUIRE(n > acknowledged);
        next = n;
        break;
      }
      found += present;
      if (n % 7 == 0 || n + 40 > acknowledged) {
        auto answer = ledger->append(events, "parent");
        REQUIRE(!answer.refusal);
        for (std::size_t i = 0; i < events.size(); ++i) {
          REQUIRE(answer.places[i].duplicate);
          REQUIRE(answer.places[i].position == positions.at(events[i].id));
        }
      }
    }
    CHECK(found == records.size());
    CHECK(ledger->next_position().value == records.size());
  }
}
