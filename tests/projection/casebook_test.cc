// The live read model over a real ledger on disk.
#include "stafett/projection/casebook.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <numeric>
#include <random>
#include <thread>

#include "stafett/casework/adoption.h"
#include "stafett/core/calendar.h"
#include "stafett/crypto/random.h"
#include "support/seed.h"
#include "support/temp_dir.h"

using namespace stafett;
using projection::AsOf;

namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(std::string(STAFETT_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> scenario() {
  std::ifstream in(std::string(STAFETT_SOURCE_DIR) + "/tests/scenarios/eskilstuna-2019.jsonl");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Instant time_of(const char* text) { return parse_time_argument(text).value(); }

// A ledger with its casebook, in a folder of its own.
struct House {
  support::TempDir folder;
  SystemClock clock;
  std::unique_ptr<ledger::Ledger> ledger;
  std::unique_ptr<projection::Casebook> casebook;

  House() { open(); }
  void open() {
    ledger::Options options;
    options.data = folder / "ledger";
    const auto base = read_file("schema/rules/base.json");
    const auto set = casework::RuleSet::parse(base).value();
    options.first_event = casework::adoption_event(set, base, crypto::random_uuid(), clock.now()).value();
    ledger = ledger::Ledger::open(std::move(options)).value();
    casebook = projection::Casebook::open(*ledger, clock).value();
  }
  void reopen() {
    casebook.reset();
    ledger.reset();
    open();
  }
  void append(const std::vector<std::string>& lines) {
    for (auto& line : lines) {
      auto answer = ledger->append({event::parse_json(line).value()}, "test");
      REQUIRE_FALSE(answer.refusal);
    }
  }
  std::vector<casework::Obligation> obligations(const char* rule, AsOf as_of) {
    projection::ObligationFilter filter;
    filter.rule = rule;
    return casebook->obligations(filter, as_of).value().value;
  }
};

// What an obligation says, without the positions that depend on the order of registration.
std::string facts_of(const casework::Obligation& o) {
  return o.rule + " " + o.case_id + " " + o.subject + " " + std::string(casework::to_string(o.state)) + " " +
         o.unit + " " + format_utc(o.created_at) + " " + (o.due_at ? format_utc(*o.due_at) : "-") + " " +
         (o.settled_at ? format_utc(*o.settled_at) : "-");
}

}  // namespace

TEST_CASE("a case can be read as soon as its events are acknowledged", "[projection]") {
  House house;
  house.append(scenario());
  AsOf as_of;
  as_of.at = time_of("2019-07-13");
  auto iris = house.casebook->case_of("c4-iris", as_of).value();
  CHECK(iris.basis.size == TreeSize(107));
  CHECK(iris.basis.rule_set == "base");
  CHECK(iris.value.status == "open");
  CHECK(iris.value.unit == "eskilstuna/ifoChild");
  REQUIRE(iris.value.children.size() == 1);
  CHECK(iris.value.children[0].heard);
  CHECK_FALSE(iris.value.children[0].feedback);
  auto overdue = std::find_if(iris.value.obligations.begin(), iris.value.obligations.end(),
                              [](auto& o) { return o.rule == "R07"; });
  REQUIRE(overdue != iris.value.obligations.end());
  CHECK(overdue->state == casework::State::overdue);
  CHECK(house.casebook->case_of("c9-nobody", as_of).error().code == ErrorCode::not_found);
  as_of.at = time_of("2019-01-01");
  CHECK(house.casebook->case_of("c4-iris", as_of).error().code == ErrorCode::not_found);
}

TEST_CASE("what was known then is answered as it was then", "[projection]") {
  House house;
  auto lines = scenario();
  std::vector<std::string> before(lines.begin(), lines.begin() + 51), after(lines.begin() + 51, lines.end());
  house.append(before);
  auto known_at = house.clock.now();
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  AsOf as_of;
  as_of.at = time_of("2019-03-12T14:00:00+01:00");
  auto then = house.obligations("R03", as_of);
  house.append(after);
  auto now = house.obligations("R03", as_of);
  as_of.known_at = known_at;
  auto again = house.obligations("R03", as_of);
  auto states = [](auto& list) {
    std::string out;
    for (auto& o : list) out += o.case_id + ":" + std::string(casework::to_string(o.state)) + " ";
    return out;
  };
  CHECK(states(then) == "c3-elin:fulfilled c4-iris:breached ");
  CHECK(states(now) == "c3-elin:fulfilled c4-iris:fulfilled ");  // the correction of 13:50 is known now
  CHECK(states(again) == states(then));
}

TEST_CASE("registration in any order gives the same obligations", "[projection]") {
  auto lines = scenario();
  auto seed = support::seed();
  std::mt19937_64 random(seed);
  std::vector<std::string> reference;
  for (int round = 0; round < 4; ++round) {
    House house;
    // A case's first event must be CaseOpened: that one stays first, all else is shuffled.
    std::vector<std::string> opened, rest;
    for (auto& line : lines)
      (line.find("se.stafett.CaseOpened") != std::string::npos ? opened : rest).push_back(line);
    if (round > 0) std::shuffle(rest.begin(), rest.end(), random);
    opened.insert(opened.end(), rest.begin(), rest.end());
    house.append(opened);
    AsOf as_of;
    as_of.at = time_of("2019-07-31");
    std::vector<std::string> facts;
    auto answer = house.casebook->obligations({}, as_of).value();
    for (auto& o : answer.value) facts.push_back(facts_of(o));
    std::sort(facts.begin(), facts.end());
    if (round == 0)
      reference = facts;
    else
      CHECK(facts == reference);
  }
  CHECK(reference.size() > 50);
}

TEST_CASE("a rebuild from zero equals the live state, also after questions, appends and reopening",
          "[projection]") {
  House house;
  auto lines = scenario();
  house.append({lines.begin(), lines.begin() + 60});
  house.casebook->obligations({}, {}).value();
  auto first = house.casebook->rebuild({}).value();
  CHECK(first.same);
  CHECK(first.events == 61);
  house.append({lines.begin() + 60, lines.end()});
  house.casebook->indicators({}, {}).value();
  std::uint64_t told = 0;
  auto second = house.casebook
                    ->rebuild([&](std::uint64_t done, std::uint64_t total) {
                      told = std::max(told, done * 100 / total);
                    })
                    .value();
  CHECK(second.same);
  CHECK(second.difference.empty());
  CHECK(told == 100);
  CHECK(second.digest != first.digest);
  house.reopen();
  auto third = house.casebook->rebuild({}).value();
  CHECK(third.same);
  CHECK(third.digest == second.digest);
}

TEST_CASE("indicators are grouped, opened and refused by name", "[projection]") {
  House house;
  house.append(scenario());
  AsOf as_of;
  as_of.at = time_of("2019-12-31");
  projection::IndicatorQuery query;
  query.ids = {"I08"};
  query.by = {"unit", "ageBand", "gender"};
  auto by = house.casebook->indicators(query, as_of).value().value;
  REQUIRE(by.size() == 2);  // Elin is 15 when hers is concluded, Iris 9
  for (auto& f : by) {
    CHECK(f.group.at("unit") == "eskilstuna/ifoChild");
    CHECK(f.group.at("gender") == "unknown");
    CHECK(f.denominator == 1.0);
    CHECK(f.suppressed);
  }
  query.by.clear();
  auto opened = house.casebook->counted(query, as_of).value().value;
  REQUIRE(opened.size() == 2);
  CHECK(opened[0].in_numerator);
  CHECK_FALSE(opened[1].in_numerator);
  for (auto& c : opened)
    for (auto p : c.evidence) CHECK(p.value < 107);
  query.ids = {"I99"};
  CHECK(house.casebook->indicators(query, as_of).error().code == ErrorCode::not_found);
  query.ids = {"I08"};
  query.by = {"shoeSize"};
  CHECK(house.casebook->indicators(query, as_of).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("an adopted rule set judges what comes after it, and old questions keep their answers",
          "[projection]") {
  House house;
  house.append(scenario());
  AsOf then;
  then.at = time_of("2019-12-31");
  auto before = house.obligations("R02", then);
  then.known_at = house.clock.now();
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  auto stricter =
      R"({"ruleSetId":"strict-0484","municipality":"0484","inForceFrom":"2019-02-01","rules":[{"id":"R02","severity":"must",
    "name":{"en":"Decision in a week","sv":"Beslut inom en vecka"},"clauses":[{"when":{"event":"ConcernReported"},"for":"child",
    "must":{"event":"InvestigationDecided"},"within":{"days":7}}]}],
    "indicators":[{"id":"L01","basis":"trigger","name":{"en":"In a week","sv":"Inom en vecka"},"over":{"rule":"R02"}}]})";
  CHECK(house.casebook->prepare_adoption("{}", house.clock.now()).has_error());
  auto adoption = house.casebook->prepare_adoption(stricter, house.clock.now());
  REQUIRE(adoption);
  REQUIRE_FALSE(house.ledger->append({adoption.value()}, "test").refusal);
  AsOf at = then;
  at.known_at.reset();
  auto after = house.obligations("R02", at);
  REQUIRE(after.size() == 4);
  CHECK(format_date(local_date(*after[0].due_at)) == "2019-02-05");  // January: the base set's 14 days
  CHECK(format_date(local_date(*after[2].due_at)) == "2019-03-20");  // March: 7 days
  auto as_known_before = house.obligations("R02", then);
  REQUIRE(as_known_before.size() == before.size());
  for (std::size_t i = 0; i < before.size(); ++i) CHECK(facts_of(as_known_before[i]) == facts_of(before[i]));
  projection::IndicatorQuery query;
  query.ids = {"L01"};
  query.from = parse_date("2019-01-01").value();
  query.to = parse_date("2020-01-01").value();
  auto figure = house.casebook->indicators(query, at).value();
  CHECK(figure.basis.rule_set == "base+strict-0484");
  CHECK(figure.value.at(0).numerator == 4.0);
  house.reopen();
  CHECK(house.casebook->rebuild({}).value().same);
}

TEST_CASE("an appended rule set whose definition cannot be read is refused, one that can is not",
          "[projection]") {
  House house;
  auto adoption = [](const std::string& definition) {
    return event::parse_json(
               R"({"specversion":"1.0","id":"6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e77","type":"se.stafett.RuleSetAdopted","source":"x/board",
               "subject":"rules/own","time":"2020-01-01T00:00:00Z","municipality":"0484","data":{"ruleSetId":"own",
               "inForceFrom":"2020-01-01","rules":[])" +
               definition + "}}")
        .value();
  };
  auto refused = house.casebook->check(adoption(R"(,"definition":"{\"ruleSetId\":\"own\"}")"));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(refused.error().field == "data.definition");
  CHECK(house.casebook->check(adoption("")).has_value());
  CHECK(house.casebook->check(event::parse_json(scenario().front()).value()).has_value());
}

TEST_CASE("questions while appends go on are answered from one moment of the ledger", "[projection]") {
  House house;
  auto lines = scenario();
  std::thread appender([&] { house.append(lines); });
  AsOf as_of;
  as_of.at = time_of("2019-12-31");
  std::uint64_t last = 0;
  for (int i = 0; i < 50; ++i) {
    auto answer = house.casebook->obligations({}, as_of).value();
    CHECK(answer.basis.size.value >= last);
    last = answer.basis.size.value;
    for (auto& o : answer.value) CHECK(o.triggered_by->value < last);
  }
  appender.join();
  CHECK(house.casebook->rebuild({}).value().same);
}

TEST_CASE("cases are listed as they stood, with what became of them and of their obligations",
          "[projection]") {
  House house;
  house.append(scenario());
  AsOf as_of;
  as_of.at = time_of("2019-12-31");
  projection::CaseFilter filter;
  auto cases = house.casebook->cases(filter, as_of).value().value;
  std::vector<std::string> ids;
  for (auto& c : cases) {
    ids.push_back(c.id);
    // The list counts what the case itself tells.
    auto told = house.casebook->case_of(c.id, as_of).value().value;
    CHECK(told.count == c.count);
    CHECK(told.outcome == c.outcome);
    CHECK(std::accumulate(c.count.begin(), c.count.end(), 0u) == told.obligations.size());
  }
  CHECK(ids ==
        std::vector<std::string>{"a1-ingrid", "c1-elin", "c2-iris", "c3-elin", "c4-iris", "a3-ingrid"});
  CHECK(cases[0].outcome == "");
  CHECK(cases[1].outcome == "notOpened");
  CHECK(cases[4].outcome == "measure");
  CHECK(cases[4].status == "closed");

  filter.kind = "child";
  filter.status = "open";
  as_of.at = time_of("2019-04-01");
  filter.unit = "eskilstuna/ifoChild";
  cases = house.casebook->cases(filter, as_of).value().value;
  REQUIRE(cases.size() == 2);
  CHECK(cases[0].outcome.empty());  // it is not concluded yet
  filter.household = "h1";
  CHECK(house.casebook->cases(filter, as_of).value().value.size() == 2);
  filter.household = "h2";
  CHECK(house.casebook->cases(filter, as_of).value().value.empty());
}
