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

// A store whose disk fills up on demand.
struct House {
  TempDir dir;
  std::shared_ptr<FaultyFileSystem> disk = std::make_shared<FaultyFileSystem>();
  std::unique_ptr<rocksdb::Env> env = FaultyFileSystem::environment(disk);
  TestHooks hooks{
      .env = env.get(), .index_generation_events = 100, .retry_after = std::chrono::milliseconds(1)};
  StoreOptions options{.folder = dir / "ledger", .hooks = &hooks};

  std::unique_ptr<Store> open() const {
    auto store = Store::open(options);
    if (!store) FAIL(store.error().message);
    replay(*store.value());
    return std::move(store.value());
  }
  std::string identity() const { return support::content_of(options.folder / "LEDGER"); }
};

std::string refusal_of(Store& store) {
  auto result = append_plain(store, 1);
  REQUIRE(result.has_error());
  CHECK(result.error().code == ErrorCode::unavailable);
  return result.error().message;
}

// Tries until the store has become writable; how long that takes is not what is tested.
bool append_in_the_end(Store& store, std::uint64_t count) {
  for (int i = 0; i < 3000; ++i) {
    if (append_plain(store, count)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

}  // namespace

TEST_CASE(
    "with a full disk a store opens to be read, after a clean stop and after a crash, and takes commits "
    "again "
    "when there is room",
    "[storage]") {
  for (const bool clean : {true, false}) {
    INFO((clean ? "clean stop" : "crash"));
    House house;
    {
      auto store = house.open();
      REQUIRE(append_plain(*store, 1000).has_value());
      if (!clean) house.disk->set(Fault::disk_full);
      CHECK(store->close().has_value() == clean);
    }
    house.disk->set(Fault::disk_full);
    std::vector<Health::Change> told;
    for (int round = 0; round < 3; ++round) {
      auto store = house.open();
      CHECK(store->head().size == TreeSize(1000));
      told.clear();
      store->health().listen([&](Health::Change change, const std::string&) { told.push_back(change); });
      REQUIRE(fault_in(*store) == "");
      for (int i = 0; i < 3; ++i) {
        CHECK(refusal_of(*store).find("can only be read") != std::string::npos);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
      CHECK(told == std::vector{Health::Change::disk_full});
      REQUIRE(fault_in(*store) == "");
    }
    auto store = house.open();
    (void)refusal_of(*store);
    told.clear();
    store->health().listen([&](Health::Change change, const std::string&) { told.push_back(change); });
    house.disk->set(Fault::none);
    REQUIRE(append_in_the_end(*store, 250));
    CHECK(told == std::vector{Health::Change::disk_full, Health::Change::room_again});
    REQUIRE(append_plain(*store, 250).has_value());
    CHECK(fault_in(*store) == "");
    REQUIRE(store->close().has_value());
    store.reset();
    store = house.open();
    CHECK(store->head().size == TreeSize(1500));
    CHECK(store->index().watermark() == Position(1500));
    CHECK(fault_in(*store) == "");
  }
}

TEST_CASE("a reader that began before the store became writable reads on to its end", "[storage]") {
  House house;
  {
    auto store = house.open();
    REQUIRE(append_plain(*store, 2000).has_value());
    house.disk->set(Fault::disk_full);
    CHECK(store->close().has_error());
  }
  auto store = house.open();
  (void)refusal_of(*store);
  std::uint64_t passed = 0;
  auto result =
      store->scan(Position(0), Position(2000), [&](Position position, BytesView record) -> Result<void> {
        if (position.value == 10) {
          house.disk->set(Fault::none);
          REQUIRE(append_in_the_end(*store, 100));
          // Others see what is new meanwhile.
          CHECK(fault_in(*store) == "");
        }
        CHECK(std::ranges::equal(record, plain_record(position.value)));
        ++passed;
        return ok();
      });
  CHECK(result.has_value());
  CHECK(passed == 2000);
  REQUIRE(append_plain(*store, 100).has_value());
  CHECK(fault_in(*store) == "");
  CHECK(store->close().has_value());
}

TEST_CASE("what a full disk lets be noted in the folder stays true", "[storage]") {
  House house;
  {
    auto store = house.open();
    REQUIRE(append_plain(*store, 300).has_value());
    REQUIRE(store->close().has_value());
  }
  const auto stopped = house.identity();
  // The file LEDGER cannot be written: a folder lies where its new content would go.
  std::filesystem::create_directory(house.options.folder / "LEDGER.new");
  CHECK(Store::open(house.options).error().code == ErrorCode::io_error);
  CHECK(house.identity() == stopped);
  std::filesystem::remove(house.options.folder / "LEDGER.new");
  // Whatever is tried without room, a file that is lost afterwards is found to be lost.
  house.disk->set(Fault::disk_full);
  REQUIRE(house.open()->head().size == TreeSize(300));
  std::filesystem::path table;
  for (const auto& entry : std::filesystem::directory_iterator(house.options.folder / "store"))
    if (entry.path().extension() == ".sst") table = entry.path();
  REQUIRE(!table.empty());
  std::filesystem::remove(table);
  for (const auto fault : {Fault::disk_full, Fault::none}) {
    house.disk->set(fault);
    auto store = Store::open(house.options);
    REQUIRE(store.has_error());
    CHECK(store.error().code == ErrorCode::corruption);
  }
}

TEST_CASE("a new ledger is not begun on a full disk, and begins when there is room", "[storage]") {
  House house;
  house.disk->set(Fault::disk_full);
  auto store = Store::open(house.options);
  REQUIRE(store.has_error());
  CHECK(store.error().code == ErrorCode::unavailable);
  CHECK(store.error().message.find("the disk is full") != std::string::npos);
  house.disk->set(Fault::none);
  CHECK(append_plain(*house.open(), 3).has_value());
  CHECK(house.open()->head().size == TreeSize(3));
}

TEST_CASE("a disk that fails otherwise than for want of room does not open", "[storage]") {
  House house;
  REQUIRE(append_plain(*house.open(), 10).has_value());
  house.disk->set(Fault::io_error);
  auto store = Store::open(house.options);
  REQUIRE(store.has_error());
  CHECK(store.error().code == ErrorCode::io_error);
}
