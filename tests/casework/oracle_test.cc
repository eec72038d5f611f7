// The engine against the naive oracle (casework/oracle.h), on random histories and on the family of domain.md
// 6.1.
#include "casework/oracle.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "casework/oracle_engine.h"
#include "casework/random_history_runs.h"

using namespace stafett;
using nlohmann::json;

namespace {

const casework::RuleBook& book() {
  static const auto all = support::base_book();
  return all;
}

std::string disagreement(const oracle::Case& c, Instant at) {
  int year = int(civil(local_date(at)).year());
  auto from = make_date(year, 1, 1), to = make_date(year + 1, 1, 1);
  return oracle::differences(oracle::engine_answer(c, book(), at, from, to),
                             oracle::oracle_answer(c, at, from, to));
}

// The smallest history on which they still disagree, and what each says.
std::string report(const std::vector<std::string>& lines, Instant at) {
  auto small = history::shrunk(lines, [&](const std::vector<std::string>& fewer) {
    return !disagreement(oracle::Case(fewer), at).empty();
  });
  std::string out = "at " + format_local(at) + "\n" + disagreement(oracle::Case(small), at);
  for (auto& line : small) out += line + "\n";
  return out;
}

// Random moments, and the moments around which obligations fall due.
std::vector<Instant> moments(const history::Story& story, const oracle::Case& c, std::mt19937_64& dice) {
  std::vector<Instant> out;
  for (int n = 0; n < 2; ++n) out.push_back(history::some_time(dice, story.from, story.to));
  oracle::Told told(c.sent, story.to);
  auto duties = oracle::duties(told);
  std::shuffle(duties.begin(), duties.end(), dice);
  for (auto& d : duties) {
    if (!d.due || out.size() >= 8) continue;
    for (int microsecond : {-1, 0, 1}) out.push_back(*d.due + std::chrono::microseconds(microsecond));
  }
  return out;
}

}  // namespace

TEST_CASE("the engine and the naive oracle agree on random histories at every moment", "[casework][random]") {
  history::for_each_seed(600, [](std::uint64_t seed, std::mt19937_64& dice) {
    auto story = history::random_story(seed);
    auto lines = history::lines_of(story.events);
    oracle::Case c(lines);
    for (auto at : moments(story, c, dice)) {
      if (disagreement(c, at).empty()) continue;
      FAIL_CHECK("STAFETT_SEED=" << seed << "\n" << report(lines, at));
      return false;
    }
    return true;
  });
}

namespace {

using States = std::set<std::string>;

// The states that a rule can reach at all.
States reachable(const std::string& rule) {
  static const std::map<std::string, States> at_the_trigger = {
      // what had to be there at the trigger is there or is not
      {"R10", {"fulfilled", "breached", "waived"}},
      {"R10b", {"fulfilled", "breached"}},
      {"R11", {"fulfilled", "breached"}},
      {"R12", {"fulfilled", "breached"}},
      {"R20", {"fulfilled", "fulfilledLate", "overdue"}},
      {"R29", {"fulfilled", "overdue"}},
      {"R41", {"fulfilled", "breached"}},
      {"R43", {"fulfilled", "breached"}},
      {"R49", {"fulfilled", "fulfilledLate", "overdue"}},
  };
  if (auto found = at_the_trigger.find(rule); found != at_the_trigger.end()) return found->second;
  // No exception in the domain; due the same day, they also end before a birthday can.
  static const States never_waived = {"R01", "R22", "R24", "R25", "R33", "R34", "R35", "R36",
                                      "R39", "R40", "R42", "R44", "R48", "R52", "R53"};
  // Meetings of a period are counted when it is over: those of the next come too late for any.
  static const States by_the_calendar = {"R33", "R34", "R42"};
  States out = {"open", "fulfilled", "overdue"};
  if (!by_the_calendar.count(rule)) out.insert("fulfilledLate");
  if (!never_waived.count(rule)) out.insert("waived");
  if (rule == "R03" || rule == "R19") out.insert("breached");
  return out;
}

}  // namespace

TEST_CASE("random histories reach every state that a rule can reach", "[casework][random]") {
  std::map<std::string, States> seen;
  std::map<std::string, bool> counted;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    auto story = history::random_story(seed);
    oracle::Case c(history::lines_of(story.events));
    std::vector<Instant> moments = {start_of_day(add_days(story.base, 12)), story.to};
    if (seed % 5 == 0)
      for (auto& e : c.sent)
        if (e.stream.rfind("case/", 0) != 0 || e.type == "ConcernReported" || e.type == "ViolenceIndicated" ||
            e.type == "MeasureStatusChanged" || e.type == "ChildHeard")
          moments.push_back(e.time);
    for (auto at : moments) {
      oracle::Told told(c.sent, at);
      auto duties = oracle::duties(told);
      for (auto& d : duties) seen[d.rule].insert(d.state);
      for (auto& [id, count] :
           oracle::counts(told, duties, add_days(story.base, -400), add_days(story.base, 400)))
        counted[id] = counted[id] || count.numerator > 0;
    }
  }
  for (auto& rule : oracle::rules())
    for (auto& state : reachable(rule)) {
      INFO(rule << " is never " << state);
      CHECK(seen[rule].count(state) == 1);
    }
  for (auto& rule : oracle::rules())
    for (auto& state : seen[rule]) {
      INFO(rule << " cannot be " << state);
      CHECK(reachable(rule).count(state) == 1);
    }
  for (auto& id : oracle::indicators()) {
    INFO(id << " never counts anything");
    CHECK(counted[id]);
  }
}

TEST_CASE("the oracle judges the Eskilstuna family as the domain expects", "[casework]") {
  oracle::Case c(support::read_lines("tests/scenarios/eskilstuna-2019.jsonl"));
  auto expected = json::parse(support::read_file("tests/scenarios/eskilstuna-2019.expected.json"));
  auto known = oracle::rules();
  int checked = 0;
  for (auto& e : expected["obligations"]) {
    if (std::find(known.begin(), known.end(), e["rule"]) == known.end()) continue;
    auto at = parse_time_argument(e["at"].get<std::string>()).value();
    oracle::Told told(c.sent, at);
    int found = 0;
    for (auto& d : oracle::duties(told)) {
      if (d.rule != e["rule"] || (!e["case"].is_null() && d.case_id != e["case"])) continue;
      if (!e["subject"].is_null() && d.subject != e["subject"]) continue;
      auto states = "|" + e["state"].get<std::string>() + "|";
      if (states != "|any|" && states.find("|" + d.state + "|") == std::string::npos) continue;
      if (e.contains("dueAt") && format_date(add_days(local_date(*d.due), -1)) != e["dueAt"]) continue;
      ++found;
    }
    INFO(e.dump());
    CHECK((e.contains("count") ? found == e["count"].get<int>() : found > 0));
    ++checked;
  }
  auto ids = oracle::indicators();
  for (auto& e : expected["indicators"]) {
    if (std::find(ids.begin(), ids.end(), e["indicator"]) == ids.end()) continue;
    oracle::Told told(c.sent, parse_time_argument(e["at"].get<std::string>()).value());
    auto all = oracle::counts(told, oracle::duties(told), parse_date(e["from"].get<std::string>()).value(),
                              parse_date(e["to"].get<std::string>()).value());
    auto& count = all[e["indicator"]];
    INFO(e.dump() << " " << count.numerator << "/" << count.denominator.value_or(-1));
    if (e.contains("count")) CHECK(count.numerator == e["count"].get<double>());
    if (e.contains("numerator")) CHECK(count.numerator == e["numerator"].get<double>());
    if (e.contains("denominator")) CHECK(count.denominator == e["denominator"].get<double>());
    if (e.contains("pending")) CHECK(count.pending == e["pending"].get<std::uint64_t>());
    ++checked;
  }
  CHECK(checked > 100);
}
