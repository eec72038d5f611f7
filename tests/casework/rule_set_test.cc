#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "casework/registry.h"
#include "stafett/core/calendar.h"

using namespace stafett;
using nlohmann::json;

namespace {

json small_set() {
  return json::parse(R"({"ruleSetId":"x","inForceFrom":"2019-01-01","rules":[{"id":"X1","severity":"must",
    "name":{"en":"n","sv":"n"},"clauses":[{"when":{"event":"ConcernReported"},"for":"child",
    "must":{"event":"ProtectionAssessed","where":{"reportId":"$trigger.reportId"}},"within":{"days":1}}]}],
    "indicators":[{"id":"J1","basis":"trigger","name":{"en":"n","sv":"n"},"over":{"rule":"X1"}}]})");
}

// The place that the refusal names, or "" when the set is accepted.
std::string refused_at(const json& set) {
  auto parsed = casework::RuleSet::parse(set.dump());
  if (parsed) return "";
  CHECK(parsed.error().code == ErrorCode::invalid_argument);
  CHECK(parsed.error().message.find(parsed.error().field) != std::string::npos);
  return parsed.error().field;
}

std::string refused_with(const char* pointer, const json& value) {
  auto set = small_set();
  set[json::json_pointer(pointer)] = value;
  return refused_at(set);
}

}  // namespace

TEST_CASE("a rule set that names what does not exist is refused with the place in the file", "[casework]") {
  CHECK(refused_at(small_set()).empty());
  CHECK(refused_with("/rules/0/clauses/0/when/event", "ConcernRaised") == "rules[0].clauses[0].when.event");
  CHECK(refused_with("/rules/0/clauses/0/when/where", {{"urgency", true}}) ==
        "rules[0].clauses[0].when.where.urgency");
  CHECK(refused_with("/rules/0/clauses/0/when/where", {{"reporterKind", "shool"}}) ==
        "rules[0].clauses[0].when.where.reporterKind");
  CHECK(refused_with("/rules/0/clauses/0/when/where", {{"violenceExposed", "yes"}}) ==
        "rules[0].clauses[0].when.where.violenceExposed");
  CHECK(refused_with("/rules/0/clauses/0/must/where", {{"reportId", "$trigger.rapport"}}) ==
        "rules[0].clauses[0].must.where.reportId");
  CHECK(refused_with("/rules/0/clauses/0/must/where", {{"reportId", {{"equals", 1}}}}) ==
        "rules[0].clauses[0].must.where.reportId");
  CHECK(refused_with("/rules/0/clauses/0/must/count", "$year") == "rules[0].clauses[0].must.count");
  CHECK(refused_with("/rules/0/clauses/0/within", {{"weeks", 2}}) == "rules[0].clauses[0].within");
  CHECK(refused_with("/rules/0/clauses/0/within", {{"endOf", "reporterKind"}}) ==
        "rules[0].clauses[0].within.endOf");
  CHECK(refused_with("/rules/0/clauses/0/for", "parents") == "rules[0].clauses[0].for");
  CHECK(refused_with("/rules/0/clauses/0/wihtin", 1) == "rules[0].clauses[0].wihtin");
  CHECK(refused_with("/rules/0/clauses/0/when/where", {{"childId", 3}}) ==
        "rules[0].clauses[0].when.where.childId");
  CHECK(refused_with("/rules/0/clauses/0/shared", {{"units", 2}}) == "rules[0].clauses[0]");
  CHECK(refused_with("/rules/0/severity", "shall") == "rules[0].severity");
  CHECK(refused_with("/rules/0/clauses", json::array()) == "rules[0].clauses");
  CHECK(refused_with("/indicators/0/over/rule", "X9") == "indicators[0].over");
  CHECK(refused_with("/indicators/0/show", "pie") == "indicators[0].show");
  CHECK(refused_with("/indicators/0/smallest", -1) == "indicators[0].smallest");
  CHECK(refused_with("/indicators/0/smallest", "10") == "indicators[0].smallest");
  CHECK(refused_with("/indicators/0/partOf", "I1") == "indicators[0].partOf");
  CHECK(refused_with("/indicators/0/partOf", json{"I99"}) == "indicators[0].partOf");
  CHECK(refused_with("/inForceFrom", "2019-02-30") == "inForceFrom");
  CHECK(refused_with("/municipality", "484") == "municipality");
  CHECK(casework::RuleSet::parse("{\"ruleSetId\":").has_error());
  CHECK(casework::RuleSet::parse("[]").has_error());
  CHECK(casework::RuleSet::parse(R"({"ruleSetId":5,"rules":7})").has_error());
}

TEST_CASE("a rule's clause that demands nothing is refused", "[casework]") {
  auto set = small_set();
  set["rules"][0]["clauses"][0].erase("must");
  CHECK(refused_at(set) == "rules[0].clauses[0].must");
}

TEST_CASE("a set that arrives twice with the same rule id is refused", "[casework]") {
  auto set = small_set();
  set["rules"].push_back(set["rules"][0]);
  CHECK(refused_at(set) == "rules[1].id");
}

TEST_CASE("every single mutation of the base rule set is parsed or refused, never a crash", "[casework]") {
  auto text = support::read_file("schema/rules/base.json");
  for (std::size_t at = 0; at < text.size(); at += 199)
    for (char c : {'"', '{', ']', '5', '$'}) {
      auto mutated = text;
      mutated[at] = c;
      auto parsed = casework::RuleSet::parse(mutated);
      if (!parsed) CHECK(parsed.error().code == ErrorCode::invalid_argument);
    }
}

TEST_CASE(
    "the rule that judges is the one in force at the trigger, the municipality's own before the national",
    "[casework]") {
  auto adopted = [](json set, std::uint64_t position) {
    auto parsed = casework::RuleSet::parse(set.dump(), {"X1"});
    REQUIRE(parsed);
    return casework::AdoptedRuleSet{std::make_shared<casework::RuleSet>(std::move(parsed.value())),
                                    Position(position), Instant{}};
  };
  auto base = small_set();
  auto stricter = base;
  stricter["ruleSetId"] = "y";
  stricter["inForceFrom"] = "2020-01-01";
  auto local = base;
  local["ruleSetId"] = "z";
  local["municipality"] = "0484";
  local["inForceFrom"] = "2021-01-01";
  local["inForceTo"] = "2022-01-01";
  casework::RuleBook book({adopted(base, 0), adopted(stricter, 1), adopted(local, 2)});
  auto in_force = [&](const char* on, const char* municipality) -> std::string {
    auto* rule = book.rule("X1", parse_date(on).value(), municipality);
    return rule ? book.set_of(*rule)->set->id : "none";
  };
  CHECK(in_force("2018-12-31", "0484") == "none");
  CHECK(in_force("2019-12-31", "0484") == "x");
  CHECK(in_force("2020-01-01", "0484") == "y");
  CHECK(in_force("2021-06-01", "0484") == "z");
  CHECK(in_force("2021-06-01", "0180") == "y");
  CHECK(in_force("2022-01-01", "0484") == "y");
}
