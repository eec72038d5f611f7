// The rule sets of the four municipalities on top of the base, and rules adopted while the ledger runs.
#include <catch2/catch.hpp>

#include "casework/municipal_book.h"
#include "casework/small_history.h"

using namespace stafett;
using history::Told;

namespace {

// A child and its parent's case in the municipality, with violence, coordination and a decision.
std::string family(const std::string& n, const std::string& municipality, const std::string& date) {
  std::string out;
  auto tell = [&](const std::string& rest) { out += date + rest + "\n"; };
  auto id = n + municipality, m = " #" + municipality + " ";
  tell(" case/c" + id + " CaseOpened" + m + R"({"caseKind": "child", "subjectPersonId": "p)" + id +
       R"(", "householdId": "h)" + id + "\"}");
  tell(" case/c" + id + " ConcernReported" + m + R"({"reportId": "r)" + id + R"(", "childId": "p)" + id +
       R"(", "violenceExposed": true})");
  tell(" case/c" + id + " InvestigationDecided" + m + R"({"outcome": "open"})");
  tell(" case/c" + id + " InternalCoordinationAgreed" + m + "{}");
  tell(" case/a" + id + " CaseOpened" + m + R"({"caseKind": "adult", "subjectPersonId": "a)" + id +
       R"(", "householdId": "h)" + id + R"(", "district": "alvsjo", "childrenInHousehold": ["p)" + id +
       "\"]}");
  tell(" case/a" + id + " DecisionMade" + m + R"({"childAffected": "yes"})");
  tell(" case/c" + id + " CoordinatedPlanAdopted" + m + R"({"kind": "sip", "childId": "p)" + id + "\"}");
  tell(" document/g" + id + " SteeringDocumentAdopted" + m + R"({"kind": "guideline"})");
  tell(" document/d" + id + " SteeringDocumentAdopted" + m +
       R"({"kind": "agreement", "parties": ["stad/ifoChild"], "validFrom": ")" + date + "\"}");
  return out;
}

// Its rules, other than the base's, by municipality.
std::map<std::string, std::set<std::string>> local_rules(const Told& told, const std::string& at) {
  std::map<std::string, std::set<std::string>> out;
  auto base = support::base_book().rule_ids();
  for (auto& judgement : told.judged(at))
    for (auto& j : judgement.judged)
      if (j.of_rule && !std::binary_search(base.begin(), base.end(), j.obligation.rule))
        out[std::string(j.in(casework::Dimension::municipality))].emplace(j.obligation.rule);
  return out;
}

}  // namespace

TEST_CASE("all four municipalities' sets are adopted, and each judges only its own", "[casework]") {
  std::string text;
  for (auto municipality : {"0484", "1814", "0180", "0125", "0581"})
    text += family("x", municipality, "2020-05-04");
  auto rules = local_rules(Told(text, support::municipal_book()), "2020-06-30");
  CHECK(rules["0484"] == std::set<std::string>{"ESK-18", "ESK-25"});
  CHECK(rules["1814"] == std::set<std::string>{"LEK-22"});
  CHECK(rules["0180"] == std::set<std::string>{"STO-04", "STO-56"});
  CHECK(rules["0125"] == std::set<std::string>{"EKE-03", "R46-boards", "R46-plan", "R46-routines"});
  CHECK(rules.count("0581") == 0);
}

TEST_CASE("a municipality's set judges from its date, and its stricter version goes before the base's",
          "[casework]") {
  auto text = family("x", "0484", "2018-11-05") + family("y", "0484", "2019-03-04") +
              family("x", "0180", "2019-03-04");
  // The domain leaves it to a municipality to make the question about violence a must (R17).
  auto base = nlohmann::json::parse(support::read_file("schema/rules/base.json"));
  nlohmann::json stricter{{"ruleSetId", "local"}, {"inForceFrom", "2019-01-01"}, {"municipality", "0484"}};
  for (auto& rule : base["rules"])
    if (rule["id"] == "R17") stricter["rules"].push_back(rule);
  stricter["rules"][0]["severity"] = "must";
  stricter["rules"][0]["inForce"] = {{"from", "2019-02-11"}};
  Told told(text, support::with(support::municipal_book(), stricter.dump()));
  std::set<std::string> severities;
  for (auto& o : support::obligations(told.judged("2019-12-31")))
    if (o.rule == "R17" && o.subject.starts_with("p"))
      severities.insert(o.subject + " " + std::string(casework::to_string(o.severity)));
  CHECK(severities == std::set<std::string>{"px0180 advisory", "px0484 advisory", "py0484 must"});
  Told early(family("x", "0484", "2018-11-05"), support::municipal_book());
  CHECK(local_rules(early, "2018-12-31").empty());
}

TEST_CASE("what the base counts is the same with the municipalities' sets as without", "[casework]") {
  std::string text;
  for (auto municipality : {"0484", "1814", "0180", "0125"}) text += family("x", municipality, "2020-05-04");
  Told alone(text), beside(text, support::municipal_book());
  auto base = support::base_book();
  for (auto& id : base.indicator_ids()) {
    INFO(id);
    CHECK(alone.indicator(id, "2020-12-31", {"municipality"}) ==
          beside.indicator(id, "2020-12-31", {"municipality"}));
  }
  CHECK(beside.indicator("ESK-I25", "2020-12-31") == "0/1");
  CHECK(beside.indicator("EKE-I15", "2020-12-31") == "0/10");
  CHECK(beside.indicator("FAR-I1", "2020-12-31") == "0/0");
}

TEST_CASE("Ekerö's milestones fall due on their dates, triggered by no event", "[casework]") {
  Told told(R"(
    2014-03-01 forum/f ForumEstablished #0125 {}
    2014-12-15 document/plan SteeringDocumentAdopted #0125 {"kind": "collaborationPlan"}
    2015-04-02 document/a SteeringDocumentAdopted #0125 {"kind": "actionPlan", "validFrom": "2015-04-02"}
    2015-03-02 document/r SteeringDocumentAdopted #0180 {"kind": "routine", "area": "absence"}
  )",
            support::municipal_book());
  CHECK(told.rule("R46-plan", "2014-05-31") == "");
  CHECK(told.rule("R46-plan", "2014-12-01") == "0125 open due 2014-12-31");
  CHECK(told.rule("R46-plan", "2015-05-01") == "0125 fulfilled due 2014-12-31");
  CHECK(told.rule("R46-routines", "2015-05-01") == "0125 overdue due 2015-03-31");
  CHECK(told.rule("R46-boards", "2015-05-01") == "0125 fulfilledLate due 2015-03-31");
  CHECK_FALSE(told.obligation("R46-plan", "2015-05-01").triggered_by);
}

TEST_CASE("the first thing that a municipality registers may be what a date asked it for", "[casework]") {
  Told told(R"(
    2015-03-02 document/r SteeringDocumentAdopted #0125 {"kind": "routine", "area": "absence"}
  )",
            support::municipal_book());
  CHECK(told.rule("R46-routines", "2015-05-01") == "0125 fulfilled due 2015-03-31");
}

TEST_CASE("a rule and an indicator adopted at run time judge at once", "[casework]") {
  auto text = family("x", "0484", "2020-05-04");
  auto book = support::with(support::base_book(),
                            R"({"ruleSetId": "new", "inForceFrom": "2020-01-01", "municipality": "0484",
    "rules": [{"id": "N1", "severity": "should", "name": {"en": "n", "sv": "n"}, "clauses": [
      {"when": {"event": "CoordinatedPlanAdopted"}, "for": "child",
       "must": {"event": "ParticipationSupportProvided", "where": {"childId": "$subject"}}, "within": {"days": 10}}]}],
    "indicators": [{"id": "N2", "basis": "trigger", "name": {"en": "n", "sv": "n"}, "over": {"rule": "N1"}}]})");
  Told told(text + "2020-05-06 case/cx0484 ParticipationSupportProvided {\"childId\": \"px0484\"}\n", book);
  CHECK(told.rule("N1", "2020-05-05") == "px0484 open due 2020-05-14");
  CHECK(told.rule("N1", "2020-05-07") == "px0484 fulfilled due 2020-05-14");
  CHECK(told.indicator("N2", "2020-12-31") == "1/1");
}

TEST_CASE("a set that replaces none that is known, or redefines another's indicator, is refused",
          "[casework]") {
  auto base = support::base_book();
  auto refused = [&](const std::string& head) {
    auto set = casework::RuleSet::parse(
        R"({"ruleSetId": "new", "inForceFrom": "2020-01-01", )" + head +
            R"(, "indicators": [{"id": "I04", "basis": "trigger", "name": {"en": "n", "sv": "n"}, "over": {"rule": "R01"}}]})",
        base.ids());
    REQUIRE(set);
    auto allowed = casework::may_adopt(set.value(), base);
    return allowed ? std::string() : allowed.error().field;
  };
  CHECK(refused(R"("replaces": "bass")") == "replaces");
  CHECK(refused(R"("municipality": "0484")") == "indicators[0].id");
  CHECK(refused(R"("replaces": "base")") == "");
}
