// The family of Niklas and Ingrid (domain.md 6.1): everything that
// tests/scenarios/eskilstuna-2019.expected.json expects of rules and indicators that the base rule set has.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "casework/registry.h"
#include "stafett/core/calendar.h"

using namespace stafett;
using nlohmann::json;

namespace {

// due 2019-02-04 is open at 23:59 that day: the last local day on which it can be done in time.
std::string last_day(const casework::Obligation& o) {
  return o.due_at ? format_date(local_date(*o.due_at - std::chrono::microseconds(1))) : "";
}

bool state_matches(const std::string& wanted, casework::State state) {
  if (wanted == "any") return true;
  return ("|" + wanted + "|").find("|" + std::string(casework::to_string(state)) + "|") != std::string::npos;
}

const auto& scenario() {
  static const auto events =
      support::record_all(support::read_lines("tests/scenarios/eskilstuna-2019.jsonl"));
  return events;
}

const json& expected() {
  static const auto document =
      json::parse(support::read_file("tests/scenarios/eskilstuna-2019.expected.json"));
  return document;
}

}  // namespace

TEST_CASE("the Eskilstuna family's obligations stand as the domain expects at every point in time",
          "[casework]") {
  auto book = support::base_book();
  auto rules = book.rule_ids();
  std::size_t checked = 0;
  std::set<std::string> left;
  for (auto& e : expected()["obligations"]) {
    auto rule = e["rule"].get<std::string>();
    if (rule != "any" && std::find(rules.begin(), rules.end(), rule) == rules.end()) {
      left.insert(rule);
      continue;
    }
    ++checked;
    auto at = parse_time_argument(e["at"].get<std::string>()).value();
    int in_state = 0;
    std::string seen;
    for (auto& o : support::obligations(support::judge_all(scenario(), book, at))) {
      if (rule != "any" && o.rule != rule) continue;
      if (!e["case"].is_null() && o.case_id != e["case"]) continue;
      if (!e["subject"].is_null() && o.subject != e["subject"]) continue;
      seen += " " + o.rule + ":" + std::string(casework::to_string(o.state)) + ":" + last_day(o);
      if (!state_matches(e["state"], o.state)) continue;
      if (e.contains("dueAt") && last_day(o) != e["dueAt"]) continue;
      ++in_state;
    }
    INFO(e.dump() << "\nseen:" << seen);
    if (e.contains("count"))
      CHECK(in_state == e["count"].get<int>());
    else
      CHECK(in_state > 0);
  }
  CHECK(left.empty());
  CHECK(checked == expected()["obligations"].size());
}

TEST_CASE("the Eskilstuna family's indicators are the domain's", "[casework]") {
  auto book = support::base_book();
  std::size_t checked = 0;
  std::string left;
  for (auto& e : expected()["indicators"]) {
    auto id = e["indicator"].get<std::string>();
    auto* indicator = book.indicator(id);
    if (!indicator) {
      left += " " + id;
      continue;
    }
    ++checked;
    auto at = parse_time_argument(e["at"].get<std::string>()).value();
    auto judgements = support::judge_all(scenario(), book, at);
    casework::FigureQuery query;
    query.indicators = {indicator};
    for (auto& known : book.indicator_ids()) query.all.push_back(book.indicator(known));
    query.from = parse_date(e["from"].get<std::string>()).value();
    query.to = parse_date(e["to"].get<std::string>()).value();
    query.at = at;
    auto figures = support::figures(query, judgements);
    REQUIRE(figures.size() == 1);
    auto& f = figures.front();
    INFO(e.dump());
    INFO("numerator " << f.numerator.value_or(-1) << " denominator " << f.denominator.value_or(-1)
                      << " pending " << f.pending.value_or(0));
    if (e.contains("numerator")) CHECK(f.numerator == e["numerator"].get<double>());
    if (e.contains("denominator")) CHECK(f.denominator == e["denominator"].get<double>());
    if (e.contains("pending")) CHECK(f.pending == e["pending"].get<std::uint64_t>());
    if (e.contains("count")) CHECK(f.numerator == e["count"].get<double>());
    if (e.contains("value")) CHECK(f.value == e["value"].get<double>());
    if (e.contains("median")) CHECK(f.median == e["median"].get<double>());
    // Every number opens down to the events that prove it.
    for (auto& judgement : judgements)
      for (auto& c : casework::counted(query, judgement)) CHECK_FALSE(c.evidence.empty());
  }
  CHECK(left == "");
  CHECK(checked == expected()["indicators"].size());
}
