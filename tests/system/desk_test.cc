#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "stafett/crypto/sha256.h"
#include "support/temp_dir.h"
#include "system/running_server.h"

// A controller's desk: lists of cases, samples, timelines, late registration.

using namespace stafett;
using namespace stafett::system_test;

namespace {

struct Desk {
  support::TempDir folder;
  RunningServer server{folder / "ledger"};
  Desk() { server.json({"append", scenario("eskilstuna-2019.jsonl")}); }
};

std::vector<std::string> strings(const std::vector<Json>& lines, const char* member) {
  std::vector<std::string> out;
  for (auto& line : lines) out.push_back(line.at(member).get<std::string>());
  return out;
}

std::string lot(const std::string& seed, const std::string& id) {
  auto text = seed + ":" + id;
  return to_hex(crypto::sha256(std::as_bytes(std::span(text))));
}

std::size_t characters(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(
      line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

TEST_CASE("cases are listed with their obligations counted, for machines and people", "[system]") {
  Desk desk;
  auto cases = desk.server.json({"cases", "--at", "2019-12-31"});
  REQUIRE(cases.size() == 6);
  for (auto& c : cases) {
    std::map<std::string, int> counted;
    for (auto& o : desk.server.json({"obligations", "--case", c.at("id"), "--at", "2019-12-31"}))
      ++counted[o.at("state")];
    for (auto& [state, count] : c.at("obligations").items()) CHECK(count.get<int>() == counted[state]);
    CHECK(c.at("position") == 106);
  }
  CHECK(strings(desk.server.json({"cases", "--kind", "adult", "--at", "2019-12-31"}), "id") ==
        std::vector<std::string>{"a1-ingrid", "a3-ingrid"});
  CHECK(strings(desk.server.json({"cases", "--status", "open", "--at", "2019-12-31"}), "id") ==
        std::vector<std::string>{"a1-ingrid"});
  CHECK(desk.server.json({"cases", "--household", "h2"}).empty());
  CHECK(desk.server.json({"cases", "--known-at", "2019-12-31"}).empty());
  auto page = desk.server.stafett({"cases", "--at", "2019-12-31", "--lang", "sv"});
  CHECK(page.code == 0);
  CHECK(page.out.find("ärende") != std::string::npos);
  CHECK(page.out.find("6 ärenden\n\nPer 2019-12-31 00:00") != std::string::npos);
  CHECK(desk.server.stafett({"cases", "--kind", "dog"}).code == 2);
}

TEST_CASE("a sample can be drawn again with its seed, by stafett and by sha256sum", "[system]") {
  Desk desk;
  std::vector<std::string> ask{"sample", "3", "--seed", "42", "--at", "2019-12-31"};
  auto sample = desk.server.json(ask);
  auto ids = strings(sample, "case");
  std::vector<std::string> expected;
  for (auto& c : desk.server.json({"cases", "--at", "2019-12-31"})) expected.push_back(c.at("id"));
  std::sort(expected.begin(), expected.end(), [](auto& a, auto& b) { return lot("42", a) < lot("42", b); });
  expected.resize(3);
  CHECK(ids == expected);
  CHECK(desk.server.json(ask) == sample);

  // Drawn without a seed, it names the one it drew.
  auto drawn = desk.server.json({"sample", "2", "--at", "2019-12-31"});
  auto seed = drawn.at(0).at("seed").dump();
  CHECK(desk.server.json({"sample", "2", "--seed", seed, "--at", "2019-12-31"}) == drawn);

  // At least one of each stratum.
  auto by_outcome = desk.server.json({"sample", "4", "--seed", "1", "--by", "outcome", "--at", "2019-12-31"});
  std::set<Json> strata;
  for (auto& line : by_outcome) strata.insert(line.at("stratum"));
  CHECK(strata == std::set<Json>{nullptr, "measure", "measureEnded", "notOpened"});
  auto too_few = desk.server.stafett({"sample", "3", "--by", "outcome", "--at", "2019-12-31"});
  CHECK(too_few.code == 1);
  CHECK(too_few.errors.find("4 strata") != std::string::npos);
  // More than there are: all.
  CHECK(desk.server.json({"sample", "50", "--by", "unit"}).size() == 6);

  auto links = sample.at(0).at("links");
  CHECK(links.at("history") == "stafett history case/" + ids[0]);
  auto page = desk.server.stafett({"sample", "2", "--seed", "42", "--at", "2019-12-31"});
  CHECK(page.out.starts_with("Seed 42: 2 of 6 cases\n"));
  CHECK(desk.server.stafett({"sample", "0"}).code == 2);
  CHECK(desk.server.stafett({"sample", "2", "--seed", "x"}).code == 2);
}

TEST_CASE("late registration is listed by unit, with its delay", "[system]") {
  Desk desk;
  auto late = desk.server.json({"late"});
  CHECK(late.size() == 106);  // the scenario is of 2019
  std::uint64_t last = 0;
  for (auto& e : late) {
    CHECK(e.at("delayHours") > 72);
    CHECK(e.at("position") > last);
    last = e.at("position");
  }
  auto of_school = desk.server.json({"late", "--unit", "eskilstuna/school"});
  REQUIRE(of_school.size() >= 1);
  for (auto& e : of_school) CHECK(e.at("unit") == "eskilstuna/school");
  CHECK(of_school[0].at("type") == "SchoolSituationReported");
  CHECK(desk.server.json({"late", "--to", "2020-01-01"}).empty());
  CHECK(desk.server.json({"late", "--from", "2020-01-01"}).size() == 106);
  CHECK(desk.server.json({"late", "--hours", "4000000"}).empty());
  auto page = desk.server.stafett({"late"});
  CHECK(page.out.find("eskilstuna/school: ") != std::string::npos);
  CHECK(page.out.find("106 events recorded more than 72 hours") != std::string::npos);
}

TEST_CASE("a household's timeline fits its width, in ASCII where it must", "[system]") {
  Desk desk;
  for (std::string width : {"60", "80", "120"}) {
    auto page = desk.server.stafett({"timeline", "c4-iris", "--at", "2019-12-31", "--width", width});
    REQUIRE(page.code == 0);
    INFO(page.out);
    auto lines = page.lines();
    lines.pop_back();  // names every rule set
    for (auto& line : lines) CHECK(characters(line) <= std::stoul(width));
    // Standard output is no terminal here: nothing that one would need.
    CHECK(std::all_of(page.out.begin(), page.out.end(),
                      [](char c) { return c == '\n' || (c >= ' ' && c < 127); }));
    for (const char* id : {"a1-ingrid", "c1-elin", "c2-iris", "c3-elin", "c4-iris", "a3-ingrid"})
      CHECK(page.out.find(id) != std::string::npos);
    CHECK(page.out.find("RISK, NO UNIT") != std::string::npos);
    CHECK(page.out.find("NO UNIT") != std::string::npos);
    CHECK(page.out.find("3 days late") != std::string::npos);  // the investigation of Iris
    CHECK(page.out.find("BREACHED") != std::string::npos);
  }
  auto swedish = desk.server.stafett(
      {"timeline", "case/c4-iris", "--at", "2019-12-31", "--width", "100", "--style", "box", "--lang", "sv"});
  CHECK(swedish.out.find("maj") != std::string::npos);
  CHECK(swedish.out.find("━━!") != std::string::npos);
  CHECK(swedish.out.find("Barnsamtal genomfört") != std::string::npos);
  CHECK(swedish.out.find("\x1b[") == std::string::npos);
  // What happened within a fortnight can be seen day by day.
  auto near = desk.server.stafett({"timeline", "c4-iris", "--at", "2019-12-31", "--from", "2019-03-11",
                                   "--to", "2019-03-25", "--width", "100"});
  CHECK(near.out.find("Mar 2019") != std::string::npos);
  CHECK(near.out.find(" 12 ") != std::string::npos);
  CHECK(desk.server.stafett({"timeline", "c9-nobody"}).code == 1);
  CHECK(desk.server.stafett({"timeline", "c4-iris", "--width", "10"}).code == 2);
}

TEST_CASE("a timeline's data are its lanes with spans and marks, each with its positions", "[system]") {
  Desk desk;
  auto lanes = desk.server.json({"timeline", "c4-iris", "--at", "2019-12-31"});
  REQUIRE(lanes.size() == 6);
  auto iris = *std::find_if(lanes.begin(), lanes.end(), [](auto& l) { return l.at("id") == "c4-iris"; });
  std::vector<std::string> phases, gaps;
  for (auto& span : iris.at("spans")) {
    CHECK(span.at("from") < span.at("to"));
    CHECK_FALSE(span.at("positions").empty());
    if (span.at("kind") == "phase") phases.push_back(span.at("name"));
    if (span.at("kind") != "phase" && span.at("kind") != "unit") gaps.push_back(span.at("kind"));
  }
  CHECK(phases == std::vector<std::string>{"intake", "investigating", "measure"});
  CHECK(gaps == std::vector<std::string>{"noUnit", "quiet", "quiet"});
  // Each mark is an event of the case's own stream, at its place.
  std::map<std::uint64_t, Json> events;
  for (auto& e : desk.server.json({"history", "case/c4-iris"})) events[e.at("position")] = e;
  CHECK(iris.at("marks").size() == events.size());
  for (auto& mark : iris.at("marks")) {
    auto event = events.find(mark.at("position").get<std::uint64_t>());
    REQUIRE(event != events.end());
    CHECK(event->second.at("type") == "se.stafett." + mark.at("type").get<std::string>());
  }
  auto owed = desk.server.json({"obligations", "--case", "c4-iris", "--at", "2019-12-31"});
  CHECK(iris.at("obligations").size() == owed.size());
  // The eviction that no unit answered for, from its notice to the day one did (I30e: open 25 days).
  auto ingrid = *std::find_if(lanes.begin(), lanes.end(), [](auto& l) { return l.at("id") == "a1-ingrid"; });
  auto risk = std::find_if(ingrid.at("spans").begin(), ingrid.at("spans").end(),
                           [](auto& s) { return s.at("kind") == "risk"; });
  REQUIRE(risk != ingrid.at("spans").end());
  CHECK(risk->at("from").get<std::string>().starts_with("2019-03-01"));
  CHECK(risk->at("to").get<std::string>().starts_with("2019-03-26"));
}
