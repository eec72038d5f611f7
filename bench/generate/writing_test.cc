#include "writing.h"

#include <catch2/catch.hpp>

#include "census.h"
#include "stafett/ledger/ledger.h"
#include "stafett/ledger/verify.h"
#include "support/seed.h"
#include "support/temp_dir.h"

using namespace stafett;

TEST_CASE("what is generated is a whole ledger, told over its years", "[generate]") {
  constexpr std::uint64_t events = 2000;
  support::TempDir folder;
  municipality::Settings settings;
  settings.seed = support::seed();
  settings.from = parse_instant("2018-01-01T00:00:00Z").value();
  settings.until = parse_instant("2019-06-01T00:00:00Z").value();
  settings.gap = municipality::gap_for(settings, events);
  const auto data = folder.path() / "ledger";
  auto written = generate::write_ledger(data, settings, events, [](std::uint64_t) {});
  REQUIRE(written);
  CHECK(written.value().events == events);

  auto counted = generate::census(data, [](std::uint64_t) {});
  REQUIRE(counted);
  auto& c = counted.value();
  CHECK(c.events == events);
  CHECK(c.types.at("RuleSetAdopted") == 1);
  CHECK(c.types.at("CaseOpened") == c.cases.size());
  CHECK(c.last - c.first > std::chrono::hours(24 * 365));
  CHECK(c.last <= settings.until);
  CHECK(c.late > 0);

  auto verified = ledger::verify_folder(data, {});
  REQUIRE(verified);
  CHECK(verified.value().good());
  CHECK(verified.value().head.size.value == events);

  auto again = generate::write_ledger(data, settings, events, [](std::uint64_t) {});
  REQUIRE(!again);
  CHECK(again.error().code == ErrorCode::invalid_argument);
}
