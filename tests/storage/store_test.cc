#include "stafett/storage/store.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "storage/plain_ledger.h"
#include "support/raw_store.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::storage;
using support::TempDir;

namespace {

std::unique_ptr<Store> open_ready(const StoreOptions& options) {
  auto store = Store::open(options);
  if (!store) FAIL(store.error().message);
  replay(*store.value());
  return std::move(store.value());
}

}  // namespace

TEST_CASE("a missing folder is created for its owner only", "[storage]") {
  TempDir dir;
  for (const auto* name : {"new", "slash/", "deep/below"}) {
    auto store = open_ready({.folder = dir / name});
    struct stat info {};
    REQUIRE(::stat((dir / name).c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0700);
    CHECK(store->head().size == TreeSize(0));
    CHECK(store->head().root == merkle::empty_root());
  }
}

TEST_CASE("what was committed is found again after a clean close, in batches of any size", "[storage]") {
  TempDir dir;
  TestHooks hooks{.index_generation_events = 100};
  const StoreOptions options{.folder = dir / "ledger", .hooks = &hooks};
  std::mt19937_64 random(support::seed());
  for (int round = 0; round < 5; ++round) {
    auto store = open_ready(options);
    REQUIRE(fault_in(*store) == "");
    for (int i = 0; i < 20; ++i)
      REQUIRE(append_plain(*store, 1 + random() % (i == 7 ? 900 : 20)).has_value());
    REQUIRE(fault_in(*store) == "");
    REQUIRE(store->close().has_value());
  }
  auto store = Store::open(options);
  REQUIRE(store.has_value());
  CHECK(store.value()->index().watermark().value == store.value()->head().size.value);
  CHECK(fault_in(*store.value()) == "");
}

TEST_CASE("tree nodes are read one by one from wherever their batch lies", "[storage]") {
  TempDir dir;
  auto store = open_ready({.folder = dir / "ledger"});
  for (std::uint64_t n : {1, 2, 300, 1, 255, 256, 257, 5}) REQUIRE(append_plain(*store, n).has_value());
  const auto size = store->head().size.value;
  std::vector<merkle::Hash> expected;
  merkle::Tree tree;
  for (std::uint64_t p = 0; p < size; ++p) tree.append(merkle::leaf_hash(plain_record(p)), expected);
  std::size_t asked = 0;
  for (unsigned level = 0; level < 11; ++level)
    for (std::uint64_t index = 0; (index + 1) << level <= size; ++index, ++asked) {
      const merkle::NodeId id{level, index};
      REQUIRE(store->nodes(std::span(&id, 1)).value().front() == expected[merkle::place_of(id)]);
    }
  CHECK(asked == expected.size());
}

TEST_CASE("reading gives what is asked for, within the limits given", "[storage]") {
  TempDir dir;
  auto store = open_ready({.folder = dir / "ledger"});
  REQUIRE(append_plain(*store, 50).has_value());
  CHECK(store->read(Position(10), Position(50), 3, 1000).value().size() == 3);
  CHECK(store->read(Position(10), Position(50), 100, 20).value().size() == 2);
  CHECK(store->read(Position(10), Position(50), 100, 0).value().size() == 1);
  CHECK(store->read(Position(50), Position(50), 100, 100).value().empty());
  const Position wanted[] = {Position(49), Position(0), Position(7), Position(7)};
  auto records = store->read_at(wanted).value();
  REQUIRE(records.size() == 4);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(records[i] == Store::Record(wanted[i], plain_record(wanted[i].value)));
  std::uint64_t next = 5;
  auto stopped = store->scan(Position(5), Position(50), [&](Position p, BytesView record) -> Result<void> {
    CHECK(p.value == next++);
    CHECK(std::ranges::equal(record, plain_record(p.value)));
    if (p.value == 20) return fail(ErrorCode::unavailable, "enough");
    return ok();
  });
  CHECK(stopped.error().message == "enough");
  CHECK(next == 21);
}

TEST_CASE("keys of streams are kept", "[storage]") {
  TempDir dir;
  const auto value = to_bytes("wrapped");
  {
    auto store = open_ready({.folder = dir / "ledger"});
    merkle::Tree tree;
    std::vector<merkle::Hash> nodes;
    const std::vector<Bytes> records{plain_record(0)};
    tree.append(merkle::leaf_hash(records[0]), nodes);
    const std::vector<StreamKey> keys{{"case/s0", value}};
    REQUIRE(store->commit({records, nodes, keys, tree.root()}).has_value());
    CHECK(store->key("case/s0").value() == value);
  }
  auto store = open_ready({.folder = dir / "ledger"});
  CHECK(store->key("case/s0").value() == value);
  CHECK(!store->key("case/s").value());
}

TEST_CASE("a second opening is refused while the first lasts", "[storage]") {
  TempDir dir;
  const StoreOptions options{.folder = dir / "ledger"};
  auto store = open_ready(options);
  REQUIRE(append_plain(*store, 1).has_value());
  auto second = Store::open(options);
  REQUIRE(second.has_error());
  CHECK(second.error().code == ErrorCode::unavailable);
  CHECK(second.error().message.find("another process") != std::string::npos);
  store.reset();
  CHECK(Store::open(options).has_value());
}

TEST_CASE("the index can be thrown away and is rebuilt from the records", "[storage]") {
  TempDir dir;
  TestHooks hooks{.index_generation_events = 64};
  StoreOptions options{.folder = dir / "ledger", .hooks = &hooks};
  {
    auto store = open_ready(options);
    for (int i = 0; i < 10; ++i) REQUIRE(append_plain(*store, 100).has_value());
  }
  options.rebuild_index = true;
  auto store = Store::open(options);
  REQUIRE(store.has_value());
  CHECK(store.value()->index().watermark() == Position(0));
  CHECK(!store.value()->index().find_ids(std::vector{plain_id(3)}).value()[0]);
  replay(*store.value());
  CHECK(fault_in(*store.value()) == "");
}

TEST_CASE("an index that is missing is an empty one, which is made again from the records", "[storage]") {
  TempDir dir;
  TestHooks hooks{.index_generation_events = 64};
  StoreOptions options{.folder = dir / "ledger", .hooks = &hooks};
  {
    auto store = open_ready(options);
    for (int i = 0; i < 10; ++i) REQUIRE(append_plain(*store, 100).has_value());
  }
  // As a crash leaves it after the old one has been thrown away.
  support::RawStore(dir / "ledger").drop("index");
  for (const bool read_only : {true, false, true}) {
    options.read_only = read_only;
    auto store = open_ready(options);
    CHECK(fault_in(*store) == "");
    if (!read_only) REQUIRE(append_plain(*store, 100).has_value());
  }
  support::RawStore(dir / "ledger").drop("nodes");
  for (const bool read_only : {true, false}) {
    options.read_only = read_only;
    CHECK(Store::open(options).error().code == ErrorCode::corruption);
  }
}

TEST_CASE("a read-only store shows everything and touches nothing", "[storage]") {
  TempDir dir;
  TestHooks hooks{.index_generation_events = 64};
  StoreOptions options{.folder = dir / "ledger", .hooks = &hooks};
  {
    auto store = open_ready(options);
    REQUIRE(append_plain(*store, 500).has_value());
  }
  const auto before = support::picture_of(dir.path());
  options.read_only = true;
  {
    auto store = open_ready(options);
    auto another = open_ready(options);
    CHECK(fault_in(*store) == "");
    options.read_only = false;
    CHECK(Store::open(options).error().code == ErrorCode::unavailable);
  }
  CHECK(support::picture_of(dir.path()) == before);
  options.read_only = true;
  options.folder = dir / "nowhere";
  CHECK(Store::open(options).error().code == ErrorCode::not_found);
  CHECK(!std::filesystem::exists(dir / "nowhere"));
}
