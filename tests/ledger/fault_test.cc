#include <thread>

#include "ledger/open_ledger.h"
#include "support/faulty_file_system.h"
#include "support/reference_tree.h"

using namespace stafett;
using namespace stafett::ledger;
using support::case_opened;
using support::child_heard;
using support::FaultyFileSystem;
using support::TempDir;

TEST_CASE("with a full disk appends are refused and change nothing, reads go on, and appends resume",
          "[ledger]") {
  TempDir dir;
  auto fs = std::make_shared<FaultyFileSystem>();
  auto env = FaultyFileSystem::environment(fs);
  storage::TestHooks hooks{
      .env = env.get(), .index_generation_events = 20, .retry_after = std::chrono::milliseconds(10)};
  Options options;
  options.data = dir / "ledger";
  options.hooks = &hooks;
  {
    auto ledger = open_ledger(options);
    auto opened = case_opened(1, "a");
    REQUIRE(!append_one(*ledger, opened).refusal);
    for (std::uint64_t round = 0; round < 3; ++round) {
      const auto head = ledger->head();
      const auto version = ledger->last_version("case/a").value();
      fs->set(FaultyFileSystem::Fault::disk_full);
      auto heard = child_heard(100 + round, "a");
      heard.personal = R"("note":"x")";
      for (int i = 0; i < 3; ++i) {
        auto answer = ledger->append(
            {case_opened(200 + round, "n" + std::to_string(round)).build(), heard.build()}, "t");
        REQUIRE(answer.refusal);
        CHECK(answer.refusal->error.code == ErrorCode::unavailable);
        CHECK(answer.places.empty());
        // What is in the ledger is still acknowledged.
        auto again = append_one(*ledger, opened);
        REQUIRE(!again.refusal);
        CHECK(again.places[0].duplicate);
        std::this_thread::sleep_for(std::chrono::milliseconds(12));
      }
      CHECK(ledger->head().size == head.size);
      CHECK(ledger->head().root == head.root);
      CHECK(ledger->last_version("case/a").value() == version);
      CHECK(!ledger->last_version("case/n" + std::to_string(round)).value());
      CHECK(all_records(*ledger).size() == head.size.value);
      fs->set(FaultyFileSystem::Fault::none);
      AppendAnswer answer;
      for (int i = 0; i < 3000; ++i) {
        answer = append_one(*ledger, heard);
        if (!answer.refusal) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
      REQUIRE(!answer.refusal);
      CHECK(!answer.places[0].duplicate);
      CHECK(answer.places[0].position.value == head.size.value);
      CHECK(answer.places[0].version == version->next());
    }
  }
  auto ledger = open_ledger(options);
  const auto records = all_records(*ledger);
  CHECK(records.size() == 5);
  CHECK(ledger->head().root == reference::root(records));
  CHECK(ledger->unseal(records[4]).value().personal == event::Personal{{"note", "x"}});
}
