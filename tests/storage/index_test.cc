#include "stafett/storage/index.h"

#include <catch2/catch.hpp>

#include "storage/plain_ledger.h"

using namespace stafett;
using namespace stafett::storage;
using support::TempDir;

TEST_CASE("the index refuses an id that comes twice and a version that does not follow", "[storage]") {
  TempDir dir;
  auto store = Store::open({.folder = dir / "ledger"}).value();
  auto& index = store->index();
  REQUIRE(index.add({{plain_id(0), "case/a", Version(0)}}).has_value());
  CHECK(index.add({{plain_id(0), "case/a", Version(1)}}).error().code == ErrorCode::corruption);
  CHECK(index.add({{plain_id(1), "case/a", Version(2)}}).error().code == ErrorCode::corruption);
}

TEST_CASE("names that begin alike are different streams, in the tail and in the column family", "[storage]") {
  TempDir dir;
  TestHooks hooks{.index_generation_events = 3};
  auto store = Store::open({.folder = dir / "ledger", .hooks = &hooks}).value();
  auto& index = store->index();
  REQUIRE(index
              .add({{plain_id(0), "case/a", Version(0)},
                    {plain_id(1), "case/a1", Version(0)},
                    {plain_id(2), "case/a", Version(1)},
                    {plain_id(3), "case/a:b", Version(0)}})
              .has_value());
  for (int i = 0; i < 2; ++i) {
    CHECK(index.last_version("case/a").value() == Version(1));
    CHECK(index.last_version("case/a1").value() == Version(0));
    CHECK(!index.last_version("case/").value());
    CHECK(!index.last_version("case/a:").value());
    CHECK(index.positions("case/a", Version(0), 10).value() == std::vector{Position(0), Position(2)});
    CHECK(index.positions("case/a:b", Version(0), 10).value() == std::vector{Position(3)});
    CHECK(index.positions("case/a:b", Version(1), 10).value().empty());
    REQUIRE(index.finish().has_value());
    CHECK(index.watermark() == Position(4));
  }
}
