#include <map>
#include <random>
#include <set>
#include <thread>

#include "ledger/open_ledger.h"
#include "support/reference_tree.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::ledger;
using support::case_opened;
using support::child_heard;
using support::TempDir;

TEST_CASE("many threads append, and the ledger is one gap-free sequence", "[ledger]") {
  TempDir dir;
  storage::TestHooks hooks{.index_generation_events = 100};
  Options options;
  options.data = dir / "ledger";
  options.hooks = &hooks;
  auto ledger = open_ledger(options);
  constexpr std::uint64_t threads = 6, appends = 150;
  std::vector<std::vector<std::pair<event::EventId, Appended>>> told(threads);
  std::vector<std::thread> running;
  std::atomic<bool> stop = false;
  std::atomic<int> read_errors = 0;
  for (std::uint64_t t = 0; t < threads; ++t)
    running.emplace_back([&, t] {
      std::mt19937_64 random(support::seed() + t);
      auto number = t * 1000000;
      auto append = [&](std::vector<event::NewEvent> events) {
        std::vector<event::EventId> ids;
        for (const auto& event : events) ids.push_back(event.id);
        auto answer = ledger->append(std::move(events), "t" + std::to_string(t));
        for (std::size_t i = 0; i < answer.places.size(); ++i) told[t].emplace_back(ids[i], answer.places[i]);
        return !answer.refusal;
      };
      append({case_opened(++number, "own" + std::to_string(t)).build()});
      for (std::uint64_t i = 0; i < appends; ++i) {
        std::vector<event::NewEvent> events;
        for (auto n = 1 + random() % 4; n > 0; --n) {
          // Into a stream of its own and one that all share, which may not exist yet.
          auto draft = random() % 2 ? child_heard(++number, "own" + std::to_string(t))
                                    : case_opened(++number, "shared");
          if (random() % 3 == 0) draft.personal = R"("note":"n )" + std::to_string(number) + "\"";
          events.push_back(draft.build());
        }
        append(std::move(events));
      }
    });
  std::thread reader([&] {
    while (!stop) {
      const auto head = ledger->head();
      if (ledger->root_at(head.size).value() != head.root) ++read_errors;
      auto records = ledger->read(Position(0), SIZE_MAX, SIZE_MAX);
      if (!records || records.value().size() < head.size.value) ++read_errors;
      auto shared = ledger->read_stream("case/shared", Version(0), SIZE_MAX, SIZE_MAX);
      if (shared)
        for (std::size_t v = 0; v < shared.value().size(); ++v)
          if (event::decode_record(shared.value()[v].bytes).value().version.value != v) ++read_errors;
    }
  });
  for (auto& thread : running) thread.join();
  stop = true;
  reader.join();
  CHECK(read_errors == 0);

  for (int round = 0; round < 2; ++round) {
    const auto records = all_records(*ledger);
    std::map<event::EventId, event::RecordedEvent> by_id;
    std::map<std::string, std::uint64_t, std::less<>> versions;
    Instant last = instant_min;
    for (std::size_t p = 0; p < records.size(); ++p) {
      auto event = event::decode_record(records[p]).value();
      REQUIRE(event.position.value == p);
      REQUIRE(event.version.value == versions[std::string(event.stream)]++);
      REQUIRE(event.recorded_at >= last);
      last = event.recorded_at;
      REQUIRE(by_id.emplace(event.id, event).second);
    }
    std::size_t answers = 0;
    for (const auto& one : told)
      for (const auto& [id, place] : one) {
        ++answers;
        REQUIRE(by_id.at(id).position == place.position);
        REQUIRE(by_id.at(id).version == place.version);
        REQUIRE(by_id.at(id).recorded_at == place.recorded_at);
      }
    CHECK(answers + 1 == records.size());
    for (const auto& [stream, count] : versions) {
      REQUIRE(ledger->last_version(stream).value() == Version(count - 1));
      REQUIRE(ledger->read_stream(stream, Version(0), SIZE_MAX, SIZE_MAX).value().size() == count);
    }
    CHECK(ledger->head().root == reference::root(records));
    ledger.reset();
    ledger = open_ledger(options);
  }
}
