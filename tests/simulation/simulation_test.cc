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

TEST_CASE("a seed repeats exactly", "[simulation]") {
  const auto first = support::seed();
  for (std::uint64_t seed = first; seed < first + 10; ++seed) {
    Shared one, two;
    const auto failures = std::pair(simulate(seed, one.journal()), simulate(seed, two.journal()));
    CHECK(failures.first == failures.second);
    CHECK(one.journal().trace == two.journal().trace);
  }
}
