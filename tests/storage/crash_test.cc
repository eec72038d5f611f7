#include <catch2/catch.hpp>

#include "stafett/storage/store.h"
#include "storage/plain_ledger.h"
#include "support/child_process.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::storage;
using support::ChildProcess;
using support::TempDir;
namespace fs = std::filesystem;

namespace {

const TestHooks hooks{.index_generation_events = 200};

// Appends in a child until that has acknowledged at least `events`, and kills it. Returns the size that it
// last reported as committed.
std::uint64_t append_and_kill(const fs::path& folder, std::uint64_t events) {
  ChildProcess child("[.child-append]", folder.string());
  std::uint64_t first = 0, last = 0, size = 0;
  while (child.read(size)) {
    if (first == 0) first = size;
    last = size;
    if (last - first >= events) break;
  }
  REQUIRE(child.kill());
  while (child.read(size)) last = size;
  return last;
}

}  // namespace

TEST_CASE("child: appends until it is killed", "[.child-append]") {
  auto store = Store::open({.folder = ChildProcess::argument(), .hooks = &hooks}).value();
  replay(*store);
  std::mt19937_64 random(std::random_device{}());
  while (append_plain(*store, 1 + random() % 40) && ChildProcess::report(store->head().size.value)) {
  }
  std::_Exit(1);
}

TEST_CASE("everything acknowledged is there after kill -9, and the index is exact", "[storage]") {
  TempDir dir;
  const StoreOptions options{.folder = dir / "ledger", .hooks = &hooks};
  std::mt19937_64 random(support::seed());
  for (int round = 0; round < 12; ++round) {
    const auto acknowledged = append_and_kill(options.folder, random() % 1500);
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
  append_and_kill(options.folder, 500);
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
