// A ledger lives through crashes, failures of power, full disks and disk errors, and is compared with a plain
// model after each: see scheduler.h, disk.h and life.h for how. Each seed is a ledger of its own.
//   STAFETT_SEED=N    the first seed; one that failed is printed, and repeats exactly
//   STAFETT_SEEDS=N   how many
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <new>
#include <sstream>

#include "simulation/life.h"
#include "simulation/scheduler.h"
#include "stafett/ledger/ledger.h"
#include "stafett/ledger/verify.h"
#include "stafett/storage/test_hooks.h"
#include "support/event_builder.h"
#include "support/seed.h"
#include "support/temp_dir.h"

using namespace stafett;
using simulation::Journal;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t lives_max = 6;
// About a minute's worth.
#ifdef __OPTIMIZE__
constexpr std::uint64_t ledgers = 500;
#else
constexpr std::uint64_t ledgers = 150;
#endif

// Memory that processes share.
class Shared {
 public:
  Shared() {
    void* memory =
        ::mmap(nullptr, sizeof(Journal), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::abort();
    journal_ = new (memory) Journal;
  }
  ~Shared() { ::munmap(journal_, sizeof(Journal)); }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  Journal& journal() { return *journal_; }

 private:
  Journal* journal_;
};

// Files in memory where that is possible: whether anything reaches a disk is simulated.
fs::path folder_for_disks() {
  std::error_code ignored;
  if (::access("/dev/shm", W_OK) == 0) return "/dev/shm";
  return fs::temp_directory_path(ignored);
}

// Gives what went wrong; nothing when all is well.
std::string simulate(std::uint64_t seed, Journal& journal) {
  const auto disk = folder_for_disks() / ("stafett-simulation-" + std::to_string(::getpid()));
  fs::remove_all(disk);
  fs::create_directory(disk);
  std::string failure;
  const auto lives = 2 + seed % (lives_max - 1);
  for (std::uint64_t life = 0; life < lives && failure.empty(); ++life) {
    ++journal.lives;
    const auto pid = ::fork();
    if (pid == 0) simulation::live({seed, life, life + 1 == lives, disk}, journal);
    int status = 0;
    ::waitpid(pid, &status, 0);
    if (WIFSIGNALED(status))
      failure = "ended by signal " + std::to_string(WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != simulation::Disk::crashed)
      failure = journal.failure();
    if (!failure.empty())
      failure = "seed " + std::to_string(seed) + ", life " + std::to_string(life) + " of " +
                std::to_string(lives) + ": " + failure;
  }
  if (failure.empty() || !std::getenv("STAFETT_KEEP")) fs::remove_all(disk);
  return failure;
}

// In a process of its own; gives how that ended.
template <class Work>
int apart(Work work) {
  const auto pid = ::fork();
  if (pid == 0) ::_exit(work());
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

constexpr std::uint64_t indexed_events = 60;
const storage::TestHooks small_lots{.index_generation_events = 7};

ledger::Options options_for(const fs::path& disk, bool rebuild_index) {
  ledger::Options options;
  options.data = disk / "ledger";
  options.rebuild_index = rebuild_index;
  options.hooks = &small_lots;
  return options;
}

// 0 when every event is found by its place in its stream and by its id.
int look_up_everything(const fs::path& disk) {
  auto opened = ledger::Ledger::open(options_for(disk, false));
  if (!opened) return 1;
  auto& ledger = *opened.value();
  for (std::uint64_t i = 0; i < indexed_events; ++i) {
    const auto case_id = "c" + std::to_string(i % 4);
    const auto again = ledger.append({support::case_opened(i + 1, case_id).build()}, "test");
    if (again.refusal || !again.places[0].duplicate || again.places[0].position.value != i) return 2;
    const auto found = ledger.read_stream("case/" + case_id, Version(i / 4), 1, SIZE_MAX);
    if (!found || found.value().size() != 1 || found.value()[0].position.value != i) return 3;
  }
  if (!opened.value()->close()) return 4;
  const auto verified = ledger::verify_folder(disk / "ledger", {});
  return verified && verified.value().good() ? 0 : 5;
}

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* given = std::getenv(name);
  return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

}  // namespace

TEST_CASE("whatever a disk does, a ledger keeps what it has acknowledged, and shows nothing else",
          "[simulation]") {
  const auto first = support::seed(), count = number_from("STAFETT_SEEDS", ledgers);
  std::uint64_t appended = 0, lives = 0, crashes = 0, errors = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    Shared shared;
    const auto failure = simulate(seed, shared.journal());
    if (!failure.empty()) FAIL_CHECK(failure << "; STAFETT_SEED=" << seed << " STAFETT_SEEDS=1 repeats it");
    appended += shared.journal().appended;
    lives += shared.journal().lives;
    crashes += shared.journal().crashes;
    errors += shared.journal().errors;
  }
  std::cerr << count << " ledgers in " << lives << " lives: " << appended << " events appended, " << crashes
            << " crashes, " << errors << " lives with disk errors\n";
  CHECK(appended > count);
}

TEST_CASE("making the index anew may be interrupted at any moment", "[simulation]") {
  const auto seed = support::seed();
  const support::TempDir dir;
  const auto whole = dir / "whole", disk = dir / "disk";
  fs::create_directory(whole);
  REQUIRE(apart([&] {
            auto opened = ledger::Ledger::open(options_for(whole, false));
            if (!opened) return 1;
            for (std::uint64_t i = 0; i < indexed_events; ++i)
              if (opened.value()
                      ->append({support::case_opened(i + 1, "c" + std::to_string(i % 4)).build()}, "test")
                      .refusal)
                return 2;
            return opened.value()->close() ? 0 : 3;
          }) == 0);
  int interrupted = 0;
  for (int ended = simulation::Disk::crashed; ended == simulation::Disk::crashed;) {
    INFO("at change " << interrupted);
    fs::remove_all(disk);
    fs::copy(whole, disk, fs::copy_options::recursive);
    ended = apart([&] {
      simulation::DiskPlan plan;
      plan.seed = seed + static_cast<std::uint64_t>(interrupted);
      plan.crash_at = static_cast<std::uint64_t>(interrupted);
      simulation::Scheduler::begin(plan.seed);
      simulation::Disk::begin(disk, plan);
      auto opened = ledger::Ledger::open(options_for(disk, true));
      return opened && opened.value()->close() ? 0 : 1;
    });
    CHECK((ended == 0 || ended == simulation::Disk::crashed));
    CHECK(apart([&] { return look_up_everything(disk); }) == 0);
    ++interrupted;
  }
  CHECK(interrupted > 50);
}

TEST_CASE("a seed repeats exactly", "[simulation]") {
  const auto first = support::seed();
  for (std::uint64_t seed = first; seed < first + 10; ++seed) {
    Shared one, two;
    const auto failures = std::pair(simulate(seed, one.journal()), simulate(seed, two.journal()));
    CHECK(failures.first == failures.second);
    CHECK(one.journal().trace == two.journal().trace);
  }
}
