#include <catch2/catch.hpp>
#include <thread>

#include "stafett/storage/store.h"
#include "storage/plain_ledger.h"
#include "support/faulty_file_system.h"

using namespace stafett;
using namespace stafett::storage;
using support::FaultyFileSystem;
using support::TempDir;
using Fault = FaultyFileSystem::Fault;

namespace {

// Tries until the store has come back; how long that takes is not what is tested.
bool append_in_the_end(Store& store, std::uint64_t count) {
  for (int i = 0; i < 3000; ++i) {
    if (append_plain(store, count)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

TEST_CASE("while the disk is full nothing is committed and reads go on; commits resume by themselves",
          "[storage]") {
  // Also right after opening, when the database has nothing in memory that it could write elsewhere.
  for (const std::uint64_t before : {0, 1, 1000}) {
    INFO("after " << before);
    TempDir dir;
    auto fs = std::make_shared<FaultyFileSystem>();
    auto env = FaultyFileSystem::environment(fs);
    TestHooks hooks{
        .env = env.get(), .index_generation_events = 100, .retry_after = std::chrono::milliseconds(20)};
    const StoreOptions options{.folder = dir / "ledger", .hooks = &hooks};
    REQUIRE(append_plain(*Store::open(options).value(), 1000).has_value());
    {
      auto store = Store::open(options).value();
      replay(*store);
      if (before > 0) REQUIRE(append_plain(*store, before).has_value());
      for (int round = 0; round < 3; ++round) {
        const auto head = store->head();
        fs->set(Fault::disk_full);
        const auto failures = fs->failures();
        for (int i = 0; i < 5; ++i) {
          auto result = append_plain(*store, 7 + static_cast<std::uint64_t>(i));
          REQUIRE(result.has_error());
          CHECK(result.error().code == ErrorCode::unavailable);
          std::this_thread::sleep_for(std::chrono::milliseconds(15));
        }
        CHECK(fs->failures() > failures);
        CHECK(store->head().size == head.size);
        REQUIRE(fault_in(*store) == "");
        fs->set(Fault::none);
        // Shorter than what failed: what failed must not shine through behind it.
        REQUIRE(append_in_the_end(*store, 3));
        REQUIRE(fault_in(*store) == "");
      }
      if (before == 1) REQUIRE(store->close().has_value());
      if (before == 1000) {
        // The end of a process whose disk is full: as after a crash.
        fs->set(Fault::disk_full);
        CHECK(append_plain(*store, 1).has_error());
        CHECK(store->close().has_error());
        fs->set(Fault::none);
      }
    }
    auto store = Store::open(options);
    if (!store) FAIL(store.error().message);
    replay(*store.value());
    CHECK(fault_in(*store.value()) == "");
    CHECK(store.value()->head().size.value == 1000 + before + 9);
  }
}

TEST_CASE("after a disk error the store can only be read, until it is opened again", "[storage]") {
  for (const auto fault : {Fault::io_error, Fault::sync_fails}) {
    INFO("fault " << static_cast<int>(fault));
    TempDir dir;
    auto fs = std::make_shared<FaultyFileSystem>();
    auto env = FaultyFileSystem::environment(fs);
    TestHooks hooks{
        .env = env.get(), .index_generation_events = 100, .retry_after = std::chrono::milliseconds(1)};
    const StoreOptions options{.folder = dir / "ledger", .hooks = &hooks};
    {
      auto store = Store::open(options).value();
      REQUIRE(append_plain(*store, 1000).has_value());
      fs->set(fault);
      CHECK(append_plain(*store, 10).error().code == ErrorCode::io_error);
      fs->set(Fault::none);
      for (int i = 0; i < 3; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        auto result = append_plain(*store, 10);
        REQUIRE(result.has_error());
        CHECK(result.error().code == ErrorCode::io_error);
        CHECK(result.error().message.find("only be read") != std::string::npos);
      }
      CHECK(store->head().size == TreeSize(1000));
      CHECK(fault_in(*store) == "");
    }
    auto store = Store::open(options);
    if (!store) FAIL(store.error().message);
    replay(*store.value());
    CHECK(fault_in(*store.value()) == "");
    CHECK((store.value()->head().size == TreeSize(1000) || store.value()->head().size == TreeSize(1010)));
    CHECK(append_plain(*store.value(), 10).has_value());
  }
}
