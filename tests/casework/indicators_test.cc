// Each indicator that the family of Eskilstuna does not show, over a history of a few events.
#include <catch2/catch.hpp>

#include "casework/small_history.h"

using stafett::history::Told;

namespace {

const std::string child = R"(
  2010-01-01 person/p1 PersonRegistered {"personId": "p1", "birthDate": "2009-03-10", "birthDatePrecision": "day", "disability": "yes"}
  2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1", "householdId": "h1"}
)";

}  // namespace

TEST_CASE("I14d: two units that assess the child's best differently within a year are a conflict",
          "[casework]") {
  Told told(child + R"(
    2020-02-01 case/c1 BestInterestsAssessed {"childId": "p1", "byUnit": "stad/ifoChild", "result": "inLine"}
    2020-03-01 case/c1 BestInterestsAssessed {"childId": "p1", "byUnit": "stad/ifoChild", "result": "conflict"}
    2020-04-01 case/c1 BestInterestsAssessed {"childId": "p1", "byUnit": "stad/ifoAdult", "result": "conflict"}
    2022-04-01 case/c1 BestInterestsAssessed {"childId": "p1", "byUnit": "stad/familyLaw", "result": "inLine"}
  )");
  CHECK(told.indicator("I14d", "2020-03-15") == "0/0");
  CHECK(told.indicator("I14d", "2020-05-01") == "1/1");
  CHECK(told.indicator("I14d", "2022-05-01") == "0/0");
}

TEST_CASE("I20: consent is counted asked, given, refused, withdrawn and in writing", "[casework]") {
  Told told(child + R"(
    2010-01-01 household/h1 FamilyRelationRecorded {"fromPersonId": "g1", "toPersonId": "p1", "relation": "guardian"}
    2010-01-01 household/h1 FamilyRelationRecorded {"fromPersonId": "g2", "toPersonId": "p1", "relation": "guardian"}
    2010-01-01 household/h1 FamilyRelationRecorded {"fromPersonId": "g3", "toPersonId": "p1", "relation": "guardian"}
    2019-01-01 document/d SteeringDocumentAdopted {"kind": "agreement", "parties": ["stad/ifoChild", "stad/incomeSupport"]}
    2020-02-01 case/c1 ConsentRequested {"consentId": "k1", "giverId": "g1", "subjectId": "p1", "scope": "contactBetweenUnits", "written": true}
    2020-02-01 case/c1 ConsentRequested {"consentId": "k2", "giverId": "g2", "subjectId": "p1", "scope": "contactBetweenUnits", "written": false}
    2020-02-02 case/c1 ConsentGiven {"consentId": "k1", "giverId": "g1", "scope": "contactBetweenUnits"}
    2020-02-02 case/c1 ConsentDenied {"consentId": "k2", "giverId": "g2", "kind": "refused"}
    2020-02-03 case/c1 ContactRequested {"kind": "contact", "childId": "p1", "fromUnit": "stad/ifoChild", "toUnit": "stad/incomeSupport"}
    2020-02-09 case/c1 ConsentDenied {"consentId": "k1", "giverId": "g1", "kind": "withdrawn"}
  )");
  CHECK(told.indicator("I20", "2020-03-01") == "2/3");
  CHECK(told.indicator("I20-given", "2020-03-01") == "1/3");
  CHECK(told.indicator("I20-refused", "2020-03-01") == "1/3");
  CHECK(told.indicator("I20-withdrawn", "2020-02-08") == "0/3");
  CHECK(told.indicator("I20-withdrawn", "2020-03-01") == "1/3");
  CHECK(told.indicator("I20-written", "2020-03-01") == "1/2");
  CHECK(told.indicator("I20", "2020-03-01", {"unitPair"}) == "unitPair=stad/ifoChild+stad/incomeSupport 2/3");
}

TEST_CASE("I28b: a child with cases at two principals has a SIP or has none", "[casework]") {
  const std::string both = child + R"(
    2020-02-01 case/c2 CaseOpened @region/childPsychiatry {"caseKind": "child", "subjectPersonId": "p1"}
  )";
  CHECK(Told(child).indicator("I28b", "2020-03-01") == "0/0");
  CHECK(Told(both).indicator("I28b", "2020-03-01") == "0/1");
  CHECK(Told(both + R"(
    2020-02-20 case/c1 CoordinatedPlanAdopted {"kind": "sip", "childId": "p1"}
  )")
            .indicator("I28b", "2020-03-01") == "1/1");
}

TEST_CASE("I29: the original concern is followed at each stage that a case leaves", "[casework]") {
  Told told(child + R"(
    2020-01-11 case/c1 FollowUpRecorded {"target": "originalConcern", "stage": "reception"}
    2020-01-12 case/c1 InvestigationDecided {"outcome": "open"}
    2020-03-12 case/c1 InvestigationConcluded {"outcome": "measure"}
  )");
  CHECK(told.indicator("I29", "2020-04-01") == "1/2");
  CHECK(told.indicator("I29", "2020-04-01", {"stage"}) == "stage=investigation 0/1; stage=reception 1/1");
}

TEST_CASE("I30: children between chairs are counted once, however many chairs", "[casework]") {
  Told told(R"(
    2010-01-01 person/p1 PersonRegistered {"personId": "p1", "birthDate": "2009-03-10", "birthDatePrecision": "day"}
    2010-01-01 person/p2 PersonRegistered {"personId": "p2", "birthDate": "2011-03-10", "birthDatePrecision": "day"}
    2010-01-01 person/p3 PersonRegistered {"personId": "p3", "birthDate": "2012-03-10", "birthDatePrecision": "day"}
    2010-01-01 person/a1 PersonRegistered {"personId": "a1", "birthDate": "1980-03-10", "birthDatePrecision": "day"}
    2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1", "householdId": "h1"}
    2020-01-12 case/a1 CaseOpened @stad/incomeSupport {"caseKind": "adult", "subjectPersonId": "a1", "householdId": "h1", "childrenInHousehold": ["p1", "p2"]}
    2020-01-13 case/a1 RiskSituationNotified @stad/incomeSupport {"kind": "eviction", "status": "open", "childrenAffected": ["p1", "p2"]}
    2020-01-13 case/a1 HandoverRequested @stad/incomeSupport {"what": "person", "personId": "a1"}
    2020-01-13 case/a1 HandoverRequested @stad/incomeSupport {"handoverId": "o2", "what": "person", "personId": "p3"}
  )");
  CHECK(told.indicator("I30a", "2020-01-15") == "1");
  CHECK(told.indicator("I30e", "2020-01-15") == "1");
  CHECK(told.indicator("I30", "2020-01-15") == "2");  // p1 by a and e, p2 by e
  CHECK(told.indicator("I30c", "2020-01-22") == "2");
  CHECK(told.indicator("I30", "2020-01-22") == "3");  // and p3 by c; a1 is no child
  CHECK(told.indicator("I30", "2032-01-22") == "0");  // nor is anybody by then
}

TEST_CASE("I30: what went missing in a case that is closed no longer stands between chairs", "[casework]") {
  const std::string told = R"(
    2010-01-01 person/p1 PersonRegistered {"personId": "p1", "birthDate": "2009-03-10", "birthDatePrecision": "day"}
    2010-01-01 person/p2 PersonRegistered {"personId": "p2", "birthDate": "2011-03-10", "birthDatePrecision": "day"}
    2010-01-01 household/h1 FamilyRelationRecorded {"householdId": "h1", "fromPersonId": "p1", "toPersonId": "p2", "relation": "sibling", "validFrom": "2011-03-10"}
    2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1", "householdId": "h1"}
    2020-01-10 case/c1 ConcernReported {"childId": "p1", "violenceExposed": true}
  )";
  auto closed = told + R"(
    2020-03-20 case/c1 CaseClosed {"reason": "concluded"}
  )";
  for (auto id : {"I30a", "I30b", "I30g"}) {
    INFO(id);
    CHECK(Told(told).indicator(id, "2020-04-01") == "1");
    CHECK(Told(closed).indicator(id, "2020-04-01") == "0");
  }
  CHECK(Told(told).indicator("I30", "2020-04-01") == "2");
  CHECK(Told(closed).indicator("I30", "2020-04-01") == "0");
}

TEST_CASE("I30d: rejected twice within 90 days is bounced, until somebody accepts", "[casework]") {
  const std::string once = child + R"(
    2020-01-11 case/c1 HandoverRequested {"handoverId": "o1", "what": "case"}
    2020-01-12 case/c1 HandoverAnswered {"handoverId": "o1", "result": "rejected"}
    2020-01-13 case/c1 HandoverRequested {"handoverId": "o2", "what": "case"}
  )";
  CHECK(Told(once).indicator("I30d", "2020-06-01") == "0");
  CHECK(Told(once + R"(
    2020-04-30 case/c1 HandoverAnswered {"handoverId": "o2", "result": "rejected"}
  )")
            .indicator("I30d", "2020-06-01") == "0");
  auto twice = once + R"(
    2020-03-12 case/c1 HandoverAnswered {"handoverId": "o2", "result": "rejected"}
  )";
  CHECK(Told(twice).indicator("I30d", "2020-06-01") == "1");
  CHECK(Told(twice + R"(
    2020-05-12 case/c1 HandoverRequested {"handoverId": "o3", "what": "case"}
    2020-05-13 case/c1 HandoverAnswered {"handoverId": "o3", "result": "accepted"}
  )")
            .indicator("I30d", "2020-06-01") == "0");
}

TEST_CASE("I30j: who turned 18 in a measure and was handed to nobody stays on the list", "[casework]") {
  const std::string measure = child + R"(
    2020-01-11 case/c1 MeasureStatusChanged {"measureId": "m1", "status": "started"}
  )";
  CHECK(Told(measure + R"(
    2027-03-10 case/c1 CaseClosed {"reason": "turned18"}
  )")
            .indicator("I30j", "2027-06-01") == "1");
  CHECK(Told(measure + R"(
    2027-03-10 case/c1 CaseClosed {"reason": "turned18", "handedTo": "stad/ifoAdult"}
  )")
            .indicator("I30j", "2027-06-01") == "0");
  CHECK(Told(measure + R"(
    2026-03-10 case/c1 MeasureStatusChanged {"measureId": "m1", "status": "ended"}
    2027-03-10 case/c1 CaseClosed {"reason": "turned18"}
  )")
            .indicator("I30j", "2027-06-01") == "0");
}

TEST_CASE("I32: activities due in the year are done, followed up, analysed and acted on, or stuck",
          "[casework]") {
  Told told(R"(
    2019-12-01 document/plan PlanActivityRecorded {"activityId": "a", "phase": "planned", "dueDate": "2020-03-01", "pillar": "structure"}
    2019-12-01 document/plan PlanActivityRecorded {"activityId": "b", "phase": "planned", "dueDate": "2020-03-01", "pillar": "governance"}
    2019-12-01 document/plan PlanActivityRecorded {"activityId": "c", "phase": "planned", "dueDate": "2021-03-01"}
    2020-02-20 document/plan PlanActivityRecorded {"activityId": "a", "phase": "done"}
    2020-03-20 document/plan PlanActivityRecorded {"activityId": "a", "phase": "followedUp"}
  )");
  CHECK(told.indicator("I32", "2020-12-31") == "1/2");
  CHECK(told.indicator("I32-followed", "2020-12-31") == "1/2");
  CHECK(told.indicator("I32-analysed", "2020-12-31") == "0/2");
  CHECK(told.indicator("I32-acted", "2020-12-31") == "0/2");
  CHECK(told.indicator("I32-stuck", "2020-12-31") == "1");
  CHECK(told.indicator("I32", "2020-12-31", {"pillar"}) == "pillar=governance 0/1; pillar=structure 1/1");
}

TEST_CASE("I33: ages and levels count as covered while a forum for them is in force", "[casework]") {
  Told told(R"(
    2020-01-01 forum/f1 ForumEstablished {"validFrom": "2020-01-01", "ageBandFrom": 0, "ageBandTo": 5, "orgLevel": "staff"}
    2020-01-01 forum/f2 ForumEstablished {"validFrom": "2020-06-01", "validTo": "2021-01-01", "ageBandFrom": 4, "ageBandTo": 9, "orgLevel": "unit"}
    2022-01-01 forum/f1 ForumEstablished {"validFrom": "2022-01-01", "ageBandFrom": 13, "ageBandTo": 20, "orgLevel": "staff"}
  )");
  CHECK(told.indicator("I33", "2020-03-01") == "6/18");
  CHECK(told.indicator("I33", "2020-07-01") == "10/18");
  CHECK(told.indicator("I33", "2021-07-01") == "6/18");
  CHECK(told.indicator("I33", "2022-07-01") == "5/18");
  CHECK(told.indicator("I33-levels", "2020-07-01") == "2/4");
}

TEST_CASE("I34 and I43 add up participants and contacts", "[casework]") {
  Told told(R"(
    2020-02-01 unit/stad/ifoChild TrainingHeld {"topic": "cia", "kind": "induction", "participants": 12, "childRightsModule": true}
    2020-02-02 unit/stad/ifoChild TrainingHeld {"topic": "violence", "kind": "induction", "participants": 30}
    2020-02-03 unit/stad/fieldWork OutreachRecorded {"kind": "fieldWork", "contacts": 40, "place": "school"}
    2020-02-04 unit/stad/fieldWork OutreachRecorded {"kind": "fieldWork", "contacts": 2, "place": "net"}
  )");
  CHECK(told.indicator("I34", "2020-12-31") == "42");
  CHECK(told.indicator("I34", "2020-12-31", {"topic"}) == "topic=cia 12; topic=violence 30");
  CHECK(told.indicator("I34-inductions", "2020-12-31") == "1/2");
  CHECK(told.indicator("I43", "2020-12-31", {"place"}) == "place=net 2; place=school 40");
  CHECK(told.figures("I43", "2020-12-31").front().show == "sum");
}

TEST_CASE("I35-trend: school after a measure is better when the last report with a trend says so",
          "[casework]") {
  const std::string before = child + R"(
    2020-02-01 case/c1 SchoolSituationReported {"childId": "p1"}
    2020-02-10 case/c1 MeasureStatusChanged {"measureId": "m1", "status": "started"}
  )";
  CHECK(Told(before).indicator("I35-trend", "2020-12-31") == "0/0 pending 1");
  auto better = before + R"(
    2020-04-01 case/c1 SchoolSituationReported {"childId": "p1", "trend": "better"}
  )";
  CHECK(Told(better).indicator("I35-trend", "2020-12-31", {"trend"}) == "trend=better 1/1");
  CHECK(Told(better + R"(
    2020-06-01 case/c1 SchoolSituationReported {"childId": "p1", "trend": "worse"}
  )")
            .indicator("I35-trend", "2020-12-31", {"trend"}) == "trend=worse 0/1");
}

TEST_CASE("I36 and I37: units with a district report, check themselves and have a coordinator in force",
          "[casework]") {
  Told told(R"(
    2019-05-06 case/c1 CaseOpened @sthlm/ifoChild {"district": "farsta"}
    2019-05-07 case/c2 CaseOpened @sthlm/ifoAdult {"caseKind": "adult", "district": "farsta"}
    2019-06-01 unit/sthlm/ifoChild RoleAppointed @sthlm/ifoChild {"role": "childRightsCoordinator", "unitId": "sthlm/ifoChild", "validFrom": "2019-06-01", "validTo": "2020-06-01"}
    2019-10-01 unit/sthlm/ifoChild SelfCheckCompleted @sthlm/ifoChild {"kind": "checklist"}
    2020-01-20 unit/sthlm/ifoChild StatusReportSubmitted @sthlm/ifoChild {"year": 2019}
  )");
  CHECK(told.indicator("I37", "2019-05-20") == "0/2");
  CHECK(told.indicator("I37", "2019-12-31") == "1/2");
  CHECK(told.indicator("I37", "2020-06-01") == "0/2");
  // Status reports of 2019 are not due yet; one self-check is done and begins the next, one is not.
  CHECK(told.indicator("I36", "2019-12-31T12:00:00+01:00") == "1/1 pending 4");
  CHECK(told.indicator("I37", "2019-12-31", {"district"}) == "district=farsta 1/2");
}

TEST_CASE("I38: surveys are answered, and used in a conversation", "[casework]") {
  Told told(child + R"(
    2020-02-01 case/c1 SurveyAnswered {"instrument": "viewpoint", "answeredAt": "2020-02-03T10:00:00+01:00", "usedInConversation": true}
    2020-02-02 case/c1 SurveyAnswered {"instrument": "viewpoint"}
    2020-02-02 unit/stad/ifoChild SurveyAnswered {"instrument": "userEvaluation", "answeredAt": "2020-02-03T10:00:00+01:00"}
  )");
  CHECK(told.indicator("I38", "2020-12-31") == "2/3");
  CHECK(told.indicator("I38-used", "2020-12-31", {"instrument"}) ==
        "instrument=userEvaluation 0/1; instrument=viewpoint 1/2");
}

TEST_CASE("I39: placements of 30 days have a health card, and a follow-up that is not overdue",
          "[casework]") {
  Told told(child + R"(
    2020-02-01 case/c1 MeasureStatusChanged {"measureId": "m1", "measureKind": "fosterHome", "status": "started"}
    2020-02-20 case/c1 HealthFollowUpRecorded {"childId": "p1", "healthCardInFile": true}
    2020-03-01 case/c2 CaseOpened {"caseKind": "child", "subjectPersonId": "p2"}
    2020-03-01 case/c2 MeasureStatusChanged {"measureId": "m2", "measureKind": "residentialCare", "status": "started"}
    2021-06-01 case/c2 MeasureStatusChanged {"measureId": "m2", "measureKind": "residentialCare", "status": "ended"}
  )");
  CHECK(told.indicator("I39", "2020-03-05") == "1/1 pending 1");
  CHECK(told.indicator("I39", "2020-05-01") == "1/2");
  CHECK(told.indicator("I39-followed", "2020-05-01") == "2/2");
  CHECK(told.indicator("I39-followed", "2021-05-01") == "0/2");
  CHECK(told.indicator("I39", "2021-07-01") == "1/1");
}

TEST_CASE("I40: the gap is in percentage points to the largest group, with both denominators", "[casework]") {
  std::string text;
  for (int n = 1; n <= 5; ++n) {
    auto id = std::to_string(n);
    text += "2010-01-01 person/p" + id + R"( PersonRegistered {"personId": "p)" + id +
            R"(", "birthDate": "2009-03-10", "birthDatePrecision": "day", "disability": ")" +
            (n <= 2 ? "yes" : "none") + "\"}\n";
    text += "2020-01-10 case/c" + id + R"( CaseOpened {"caseKind": "child", "subjectPersonId": "p)" + id +
            "\"}\n";
    text += "2020-03-10 case/c" + id + " InvestigationConcluded {}\n";
    if (n >= 2) text += "2020-02-10 case/c" + id + R"( ChildHeard {"childId": "p)" + id + "\"}\n";
  }
  Told told(text);
  auto figures = told.figures("I40", "2020-12-31", {"disability"});
  int seen = 0;
  for (auto& f : figures) {
    if (f.group.at("of") != "I04") continue;
    ++seen;
    bool disabled = f.group.at("disability") == "yes";
    CHECK(f.denominator == (disabled ? 2.0 : 3.0));
    CHECK(f.numerator == (disabled ? 1.0 : 3.0));
    CHECK(f.value == (disabled ? -50.0 : 0.0));
    CHECK(f.show == "gap");
  }
  CHECK(seen == 2);
  auto whole = told.figures("I40", "2020-12-31");
  REQUIRE(whole.size() == 1);
  CHECK_FALSE(whole.front().value);
}

TEST_CASE("I44: the delay of registration is counted over every event recorded in the period", "[casework]") {
  auto record = [](const char* line, std::uint64_t position, const char* recorded) {
    auto parsed = stafett::event::parse_json(stafett::history::event_line(line, position));
    stafett::event::Place place{stafett::Position(position), stafett::Version(0),
                                stafett::parse_time_argument(recorded).value(), "test"};
    return stafett::event::decode_record(stafett::event::encode_record(parsed.value(), place, {})).value();
  };
  std::vector<stafett::event::RecordedEvent> events{
      record(R"(2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1"})", 0,
             "2020-01-10T09:00:00+01:00"),
      record("2020-01-11 case/c1 ChildHeard {}", 1, "2020-01-21T09:00:00+01:00"),
      record("2020-01-11 unit/stad/ifoChild TrainingHeld {}", 2, "2020-01-12T09:00:00+01:00"),
      record("2019-12-01 case/c1 ChildHeard {}", 3, "2019-12-02T09:00:00+01:00")};
  auto book = stafett::support::base_book();
  stafett::casework::FigureQuery query;
  query.at = stafett::parse_time_argument("2020-12-31").value();
  query.from = stafett::make_date(2020, 1, 1);
  query.to = stafett::make_date(2021, 1, 1);
  query.indicators = {book.indicator("I44"), book.indicator("I44-late")};
  auto figures = stafett::support::figures(query, stafett::support::judge_all(events, book, query.at));
  REQUIRE(figures.size() == 2);
  CHECK(figures[0].median == 1.0);
  CHECK(figures[0].p90 == 10.0);
  CHECK(figures[1].numerator == 1.0);
  CHECK(figures[1].denominator == 3.0);
  query.splits = {"type"};
  query.indicators = {book.indicator("I44-late")};
  figures = stafett::support::figures(query, stafett::support::judge_all(events, book, query.at));
  REQUIRE(figures.size() == 3);
  CHECK(figures[1].group.at("type") == "ChildHeard");
  CHECK(figures[1].numerator == 1.0);
}

TEST_CASE("no data is no figure: an empty ledger gives no rate of 0 or 100 percent", "[casework]") {
  Told nothing("");
  auto book = stafett::support::base_book();
  for (auto& id : book.indicator_ids())
    for (auto& f : nothing.figures(id, "2020-12-31")) {
      INFO(id);
      CHECK(f.show == book.indicator(id)->show());
      if (f.show == "covered") continue;  // what there is to cover is known
      if (f.show == "count" || f.show == "list" || f.show == "sum")
        CHECK(f.value == 0.0);
      else
        CHECK_FALSE(f.value);
    }
}
