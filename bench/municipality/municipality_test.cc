#include "municipality.h"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "stafett/core/instant.h"
#include "support/seed.h"

using namespace stafett;
using municipality::Municipality;
using municipality::Settings;

namespace {

Settings settings(std::uint64_t seed, std::uint64_t events) {
  Settings s;
  s.seed = seed;
  s.from = parse_instant("2010-01-01T08:00:00Z").value();
  s.until = parse_instant("2020-01-01T08:00:00Z").value();
  s.districts = 3;
  s.gap = municipality::gap_for(s, events);
  return s;
}

}  // namespace

TEST_CASE("a municipality registers one event after the other, each case from its opening on",
          "[municipality]") {
  constexpr std::uint64_t events = 20000;
  const auto seed = support::seed();
  const auto s = settings(seed, events);
  Municipality town(s);
  std::set<event::EventId> ids;
  std::set<std::string> cases;
  std::map<std::uint16_t, std::size_t> types;
  Instant before = instant_min, late{};
  for (std::uint64_t i = 0; i < events; ++i) {
    const auto told = town.next();
    REQUIRE(told.recorded >= before);
    REQUIRE(told.recorded <= s.until);
    REQUIRE(told.event.occurred_at <= told.recorded);
    REQUIRE(ids.insert(told.event.id).second);
    const bool opens = event::event_types()[told.event.type].name == "CaseOpened";
    if (opens) REQUIRE(cases.insert(told.event.stream).second);
    if (told.event.stream.starts_with("case/")) REQUIRE(cases.contains(told.event.stream));
    ++types[told.event.type];
    before = told.recorded;
    late += std::chrono::microseconds(told.recorded - told.event.occurred_at > std::chrono::hours(72));
  }
  // So many events take the time that they were asked to take, and there is some of everything.
  CHECK(s.until - before < std::chrono::hours(24 * 365));
  CHECK(types.size() > 45);
  CHECK(late > Instant{} + std::chrono::microseconds(events / 50));
  CHECK(events / cases.size() > 20);
  CHECK(events / cases.size() < 80);
}

TEST_CASE("the same seed tells the same events, and another seed or prefix others", "[municipality]") {
  const auto seed = support::seed();
  auto tell = [&](std::uint64_t from, const std::string& prefix) {
    auto s = settings(from, 5000);
    s.prefix = prefix;
    Municipality town(s);
    std::vector<event::NewEvent> events;
    for (int i = 0; i < 500; ++i) events.push_back(town.next().event);
    return events;
  };
  const auto first = tell(seed, ""), again = tell(seed, ""), other = tell(seed + 1, ""),
             named = tell(seed, "x-");
  for (std::size_t i = 0; i < first.size(); ++i) {
    REQUIRE(first[i].id == again[i].id);
    REQUIRE(first[i].content == again[i].content);
    REQUIRE(first[i].personal == again[i].personal);
    REQUIRE(first[i].id != other[i].id);
    REQUIRE(first[i].id != named[i].id);
  }
}

TEST_CASE("records are filled up to the size asked for", "[municipality]") {
  auto s = settings(support::seed(), 5000);
  s.record_bytes = 700;
  Municipality town(s);
  for (int i = 0; i < 500; ++i) {
    const auto event = town.next().event;
    std::size_t note = 0;
    for (const auto& [name, text] : event.personal) note += text.size();
    const auto bytes = event.content.size() + note;
    CHECK(bytes > 500);
    CHECK(bytes < 700);
  }
}
