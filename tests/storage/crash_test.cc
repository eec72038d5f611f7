#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "stafett/storage/store.h"
#include "storage/plain_ledger.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::storage;
using support::TempDir;
namespace fs = std::filesystem;

namespace {

// Runs a child that appends until it is killed, and kills it after it has acknowledged at least `events`
// more. Returns the number of events that it said were committed.
std::uint64_t append_and_kill(const StoreOptions& options, std::uint64_t events, std::uint64_t batch) {
  int fds[2];
  REQUIRE(::pipe(fds) == 0);
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(fds[0]);
    auto store = Store::open(options);
    if (!store) _exit(1);
    replay(*store.value());
    for (;;) {
      if (!append_plain(*store.value(), batch)) _exit(2);
      const auto size = store.value()->head().size.value;
      if (::write(fds[1], &size, sizeof size) != sizeof size) _exit(3);
    }
  }
  ::close(fds[1]);
  std::uint64_t first = 0, last = 0, size = 0;
  while (::read(fds[0], &size, sizeof size) == sizeof size) {
    if (first == 0) first = size;
    last = size;
    if (last - first >= events) break;
  }
  ::kill(child, SIGKILL);
  while (::read(fds[0], &size, sizeof size) == sizeof size) last = size;
  ::close(fds[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  return last;
}

}  // namespace

TEST_CASE("everything acknowledged is there after kill -9, and the index is exact", "[storage]") {
  TempDir dir;
  TestHooks hooks{.index_generation_events = 200};
  const StoreOptions options{.folder = dir / "ledger", .hooks = &hooks};
  std::mt19937_64 random(support::seed());
  for (int round = 0; round < 12; ++round) {
    const auto acknowledged = append_and_kill(options, random() % 1500, 1 + random() % 40);
    auto store = Store::open(options);
    if (!store) FAIL(store.error().message);
    REQUIRE(store.value()->head().size.value >= acknowledged);
    REQUIRE(store.value()->index().watermark().value <= store.value()->head().size.value);
    replay(*store.value());
    REQUIRE(fault_in(*store.value()) == "");
    if (round % 3 == 0) REQUIRE(store.value()->close().has_value());
  }
}

TEST_CASE("after kill -9 a damaged or lost write-ahead log is found, and the log is kept as it was",
          "[storage]") {
  TempDir dir;
  const StoreOptions options{.folder = dir / "ledger"};
  append_and_kill(options, 500, 10);
  fs::path log;
  for (const auto& entry : fs::directory_iterator(dir / "ledger" / "store"))
    if (entry.path().extension() == ".log" && entry.file_size() > 0) log = entry.path().filename();
  REQUIRE(!log.empty());
  const auto content = support::content_of(dir / "ledger" / "store" / log);
  auto with = [&](const std::string& changed, bool remove) {
    const auto copy = dir / "copy";
    fs::remove_all(copy);
    fs::copy(dir / "ledger", copy, fs::copy_options::recursive);
    support::write(copy / "store" / log, changed);
    if (remove) fs::remove(copy / "store" / log);
    auto store = Store::open({.folder = copy});
    REQUIRE(store.has_error());
    CHECK(store.error().code == ErrorCode::corruption);
    store = fail(ErrorCode::unavailable, "");
    if (!remove) CHECK(support::content_of(copy / "store" / log) == changed);
  };
  for (std::size_t i = 0; i < 24; ++i) {
    // Up to the last acknowledged batch: behind it may lie one that was not acknowledged.
    const auto at = i * (content.size() * 9 / 10) / 24;
    INFO("byte " << at << " of " << content.size());
    auto flipped = content;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    with(flipped, false);
    with(content.substr(0, at), false);
  }
  with(content, true);
  CHECK(Store::open(options).has_value());
}
