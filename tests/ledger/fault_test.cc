#include <map>
#include <random>
#include <set>
#include <thread>

#include "ledger/open_ledger.h"
#include "support/child_process.h"
#include "support/faulty_file_system.h"
#include "support/reference_tree.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::ledger;
using support::case_opened;
using support::child_heard;
using support::ChildProcess;
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

TEST_CASE("with a full disk a head is signed all the same, and is kept as soon as there is room",
          "[ledger]") {
  TempDir dir;
  auto fs = std::make_shared<FaultyFileSystem>();
  auto env = FaultyFileSystem::environment(fs);
  storage::TestHooks hooks{
      .env = env.get(), .index_generation_events = 20, .retry_after = std::chrono::milliseconds(1)};
  Options options;
  options.data = dir / "ledger";
  options.hooks = &hooks;
  auto ledger = open_ledger(options);
  REQUIRE(!append_one(*ledger, case_opened(1, "a")).refusal);
  const auto earlier = ledger->signed_head().value();
  REQUIRE(!append_one(*ledger, case_opened(2, "b")).refusal);
  fs->set(FaultyFileSystem::Fault::disk_full);
  CHECK(append_one(*ledger, case_opened(3, "c")).refusal->error.code == ErrorCode::unavailable);
  const auto failures = fs->failures();
  const auto head = ledger->signed_head();
  REQUIRE(head.has_value());
  CHECK(head.value().checkpoint.size == TreeSize(3));
  CHECK(head.value().checkpoint.root == reference::root(all_records(*ledger)));
  CHECK(ledger->consistency_proof(earlier.checkpoint.size, TreeSize(3)).has_value());
  CHECK(ledger->signed_heads(TreeSize(3), 1).value().empty());
  CHECK(failures > 0);
  fs->set(FaultyFileSystem::Fault::none);
  for (int i = 0; i < 3000 && ledger->signed_heads(TreeSize(3), 1).value().empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    CHECK(ledger->signed_head().value().note == head.value().note);
  }
  CHECK(ledger->signed_heads(TreeSize(3), 1).value().at(0).note == head.value().note);
}

namespace {

constexpr std::uint64_t refused_bit = std::uint64_t{1} << 63;

std::vector<event::NewEvent> numbered(std::uint64_t n) {
  std::vector<event::NewEvent> events;
  for (std::uint64_t i = 0; i <= n % 5; ++i) {
    auto draft = case_opened(n * 10 + i, "c" + std::to_string(n % 7));
    draft.personal = R"("note":")" + std::string(n % 900, 'x') + "\"";
    events.push_back(draft.build());
  }
  return events;
}

}  // namespace

TEST_CASE("child: appends on a disk that fills up now and then, until it is killed", "[.child-full-disk]") {
  auto fs = std::make_shared<FaultyFileSystem>();
  auto env = FaultyFileSystem::environment(fs);
  storage::TestHooks hooks{
      .env = env.get(), .index_generation_events = 50, .retry_after = std::chrono::milliseconds(1)};
  const auto argument = ChildProcess::argument();
  const auto blank = argument.find(' ');
  Options options;
  options.data = argument.substr(blank + 1);
  options.hooks = &hooks;
  auto ledger = open_ledger(options);
  std::mt19937_64 random(std::random_device{}());
  for (auto n = std::stoull(argument.substr(0, blank));; ++n) {
    if (random() % 8 == 0)
      fs->set(fs->fault() == FaultyFileSystem::Fault::none ? FaultyFileSystem::Fault::disk_full
                                                           : FaultyFileSystem::Fault::none);
    const auto answer = ledger->append(numbered(n), "child");
    if (answer.refusal && answer.refusal->error.code != ErrorCode::unavailable) std::_Exit(1);
    if (!ChildProcess::report(answer.refusal ? n | refused_bit : n)) std::_Exit(2);
  }
}

TEST_CASE("killed amid a full disk, the ledger holds all that was acknowledged and nothing that was refused",
          "[ledger]") {
  TempDir dir;
  Options options;
  options.data = dir / "ledger";
  std::mt19937_64 random(support::seed());
  std::set<std::uint64_t> acknowledged, refused;
  std::uint64_t next = 1;
  for (int round = 0; round < 4; ++round) {
    {
      ChildProcess child("[.child-full-disk]", std::to_string(next) + " " + options.data.string());
      std::uint64_t report = 0;
      auto note = [&] {
        ((report & refused_bit) ? refused : acknowledged).insert(report & ~refused_bit);
        next = std::max(next, (report & ~refused_bit) + 2);  // the one after it was under way
      };
      for (auto wanted = random() % 150; child.read(report); --wanted) {
        note();
        if (wanted == 0) break;
      }
      REQUIRE(child.kill());
      while (child.read(report)) note();
    }
    auto ledger = open_ledger(options);
    const auto records = all_records(*ledger);
    CHECK(ledger->head().root == reference::root(records));
    std::set<event::EventId> present;
    std::map<std::string, std::uint64_t, std::less<>> versions;
    for (const auto& record : records) {
      const auto event = event::decode_record(record).value();
      REQUIRE(present.insert(event.id).second);
      REQUIRE(event.version.value == versions[std::string(event.stream)]++);
      REQUIRE(ledger->unseal(record).has_value());
    }
    for (const auto n : acknowledged)
      for (const auto& event : numbered(n)) REQUIRE(present.contains(event.id));
    for (const auto n : refused)
      for (const auto& event : numbered(n)) REQUIRE(!present.contains(event.id));
  }
  CHECK(!refused.empty());
  CHECK(!acknowledged.empty());
}
