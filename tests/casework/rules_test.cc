// Each rule that the family of Eskilstuna does not show, over a history of a few events.
#include <catch2/catch.hpp>

#include "casework/small_history.h"

using stafett::history::Told;

TEST_CASE("R38: a unit with a district owes a status report for each year, also when it never sends one",
          "[casework]") {
  Told told(R"(
    2019-05-06 case/c1 CaseOpened @sthlm/ifoChild #0180 {"district": "farsta"}
    2018-11-01 case/c2 CaseOpened @sthlm/ifoAdult #0180 {"caseKind": "adult"}
    2020-01-20 unit/sthlm/ifoChild StatusReportSubmitted @sthlm/ifoChild #0180 {"year": 2019}
  )");
  CHECK(told.rule("R38", "2020-01-15") ==
        "sthlm/ifoChild open due 2020-01-31; sthlm/ifoChild open due 2021-01-31");
  CHECK(told.rule("R38", "2021-02-01") ==
        "sthlm/ifoChild fulfilled due 2020-01-31; sthlm/ifoChild open due 2022-01-31; "
        "sthlm/ifoChild overdue due 2021-01-31");
  auto o = told.obligation("R38", "2020-01-15");
  CHECK(o.stream == "unit/sthlm/ifoChild");
  CHECK(o.unit == "sthlm/ifoChild");
}

TEST_CASE("R40: a unit with a district owes its first self-check within the year, then one a year",
          "[casework]") {
  Told told(R"(
    2019-05-06 case/c1 CaseOpened @sthlm/ifoChild {"district": "farsta"}
    2020-03-02 unit/sthlm/ifoChild SelfCheckCompleted {"kind": "checklist"}
  )");
  CHECK(told.rule("R40", "2019-12-31") == "sthlm/ifoChild open due 2019-12-31");
  CHECK(told.rule("R40", "2021-03-03") ==
        "sthlm/ifoChild fulfilled due 2020-12-31; sthlm/ifoChild fulfilledLate due 2019-12-31; "
        "sthlm/ifoChild overdue due 2021-03-02");
}

TEST_CASE("R45: an agreement's year needs frozen statistics of the municipality, of the whole year",
          "[casework]") {
  Told told(R"(
    2019-02-11 document/agreement SteeringDocumentAdopted {"kind": "agreement", "validFrom": "2019-02-11"}
    2020-01-10 unit/stad/board StatisticsFrozen #0180 {"periodFrom": "2019-01-01", "periodTo": "2020-01-01"}
    2020-01-20 unit/stad/board StatisticsFrozen {"periodFrom": "2019-07-01", "periodTo": "2020-01-01"}
    2021-01-20 unit/stad/board StatisticsFrozen {"periodFrom": "2020-01-01", "periodTo": "2021-01-01"}
  )");
  CHECK(told.rule("R45", "2020-02-01") == "agreement open due 2021-01-31; agreement overdue due 2020-01-31");
  CHECK(
      told.rule("R45", "2021-01-25") ==
      "agreement fulfilled due 2021-01-31; agreement open due 2022-01-31; agreement overdue due 2020-01-31");
}

TEST_CASE("R10 asks the guardians of each child that is named, whosever the case is", "[casework]") {
  Told told(R"(
    2010-01-01 person/k1 PersonRegistered {"personId": "k1", "birthDate": "2011-03-10", "birthDatePrecision": "day"}
    2010-01-01 person/k2 PersonRegistered {"personId": "k2", "birthDate": "2013-03-10", "birthDatePrecision": "day"}
    2010-01-01 household/h1 FamilyRelationRecorded {"householdId": "h1", "fromPersonId": "m", "toPersonId": "k1", "relation": "guardian", "validFrom": "2011-03-10"}
    2010-01-01 household/h1 FamilyRelationRecorded {"householdId": "h1", "fromPersonId": "m", "toPersonId": "k2", "relation": "guardian", "validFrom": "2013-03-10"}
    2019-02-11 document/a1 SteeringDocumentAdopted {"kind": "agreement", "parties": ["stad/incomeSupport", "stad/ifoChild"], "validFrom": "2019-02-11"}
    2020-01-10 case/z CaseOpened @stad/incomeSupport {"caseKind": "adult", "subjectPersonId": "m", "householdId": "h1"}
    2020-01-11 case/z ConsentRequested @stad/incomeSupport {"consentId": "q1", "giverId": "m", "subjectId": "k2", "scope": "informationSharing", "written": true}
    2020-01-12 case/z InformationShared @stad/incomeSupport {"fromUnit": "stad/incomeSupport", "toUnit": "stad/ifoChild", "ground": "consent", "subjectIds": ["k1", "k2", "m"]}
    2020-01-13 case/z InformationShared @stad/incomeSupport {"fromUnit": "stad/incomeSupport", "toUnit": "stad/ifoChild", "ground": "openInvestigation", "subjectIds": ["k1"]}
  )");
  // Asked about k2 and not about k1, at the first sharing; given for neither; the second sharing needs none.
  CHECK(told.rule("R10", "2020-02-01") ==
        "m breached due 2020-01-12; m breached due 2020-01-12; m breached due 2020-01-12; "
        "m fulfilled due 2020-01-12");
}

TEST_CASE("R50: the 18th birthday asks who is responsible, and no event triggers it", "[casework]") {
  const std::string child = R"(
    2019-01-01 person/p1 PersonRegistered {"personId": "p1", "birthDate": "2002-03-10", "birthDatePrecision": "day"}
    2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1"}
  )";
  Told nothing_done(child);
  CHECK(nothing_done.rule("R50", "2020-03-09") == "");
  CHECK(nothing_done.rule("R50", "2020-03-10") == "p1 open due 2020-03-10");
  CHECK(nothing_done.rule("R50", "2020-03-11") == "p1 overdue due 2020-03-10");
  auto o = nothing_done.obligation("R50", "2020-03-11");
  CHECK(o.severity == stafett::casework::Severity::system);
  CHECK_FALSE(o.triggered_by);
  Told handed_over(child + R"(
    2020-02-20 case/c1 HandoverRequested {"what": "person", "personId": "p1"}
  )");
  CHECK(handed_over.rule("R50", "2020-03-11") == "p1 fulfilled due 2020-03-10");
  Told kept(child + R"(
    2020-01-10 case/c1 ResponsibilityAssigned {"responsibility": "case"}
    2020-03-12 case/c1 ResponsibilityAssigned @stad/ifoAdult {"responsibility": "case"}
  )");
  CHECK(kept.rule("R50", "2020-03-13") == "p1 fulfilledLate due 2020-03-10");
  Told closed_before(child + R"(
    2020-03-01 case/c1 CaseClosed {"reason": "concluded"}
  )");
  CHECK(closed_before.rule("R50", "2020-04-01") == "");
}

TEST_CASE("R03: what is not said about the preliminary assessment is not said to be false", "[casework]") {
  Told told(R"(
    2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1"}
    2020-01-10 case/c1 ConcernReported {"reportId": "r1", "childId": "p1", "violenceExposed": true}
    2020-01-10T12:00 case/c1 InvestigationDecided {"outcome": "open", "reportId": "r1"}
  )");
  CHECK(told.rule("R03", "2020-01-11") == "p1 overdue due 2020-01-10");
}

TEST_CASE("R14: information to a child whose talk a guardian refused is owed, but not overdue",
          "[casework]") {
  Told told(R"(
    2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1"}
    2020-01-10T12:00 case/c1 InvestigationDecided {"outcome": "open"}
    2020-02-01 case/c1 ChildNotHeard {"childId": "p1", "reason": "consentRefused"}
    2020-03-01 case/c1 InvestigationConcluded {}
  )");
  CHECK(told.rule("R14", "2020-03-02") == "p1 open");
}

TEST_CASE("R15: a talk held by a unit without the child's case does not count", "[casework]") {
  const std::string opened = R"(
    2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1"}
    2020-01-10T12:00 case/c1 InvestigationDecided {"outcome": "open"}
    2020-02-02 case/c1 ChildViewRecorded {"childId": "p1", "source": "child"}
    2020-02-02 case/c1 ChildHeard {"childId": "p1", "byUnit": "stad/incomeSupport"}
  )";
  CHECK(Told(opened).rule("R15", "2020-02-03") == "p1 open");
  CHECK(Told(opened + R"(
    2020-01-20 case/c1 InternalCoordinationAgreed {"leadForChildConversation": "stad/incomeSupport"}
  )")
            .rule("R15", "2020-02-03") == "p1 fulfilled");
}

TEST_CASE("R18: who asked for consent and met secrecy cannot coordinate", "[casework]") {
  const std::string shared = R"(
    2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1", "householdId": "h1"}
    2020-01-12 case/c2 CaseOpened @stad/incomeSupport {"caseKind": "adult", "subjectPersonId": "a1", "householdId": "h1"}
  )";
  CHECK(Told(shared).rule("R18", "2020-01-27") == "a1 overdue due 2020-01-26");
  CHECK(Told(shared + R"(
    2020-01-20 case/c1 SecrecyInvoked {"consentAsked": true}
  )")
            .rule("R18", "2020-01-27") == "a1 waived due 2020-01-26");
  CHECK(Told(shared + R"(
    2020-01-20 case/c1 SecrecyInvoked {"consentAsked": false}
  )")
            .rule("R18", "2020-01-27") == "a1 overdue due 2020-01-26");
}

TEST_CASE("R26: a case opened twice without a closing has one gap, not two", "[casework]") {
  Told told(R"(
    2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1"}
    2020-01-15 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1"}
  )");
  CHECK(told.rule("R26", "2020-01-20") == "p1 overdue due 2020-01-10");
}

TEST_CASE("R31: a placement that ends within the month needs no health card", "[casework]") {
  Told told(R"(
    2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1"}
    2020-01-11 case/c1 MeasureStatusChanged {"measureId": "m1", "measureKind": "fosterHome", "status": "started"}
    2020-01-20 case/c1 MeasureStatusChanged {"measureId": "m1", "measureKind": "fosterHome", "status": "ended"}
  )");
  CHECK(told.rule("R31", "2020-03-01") == "p1 waived due 2020-02-10; p1 waived due 2021-01-11");
}

TEST_CASE("R46: a milestone that is moved in time has the new date, moved too late the old one",
          "[casework]") {
  Told told(R"(
    2020-01-10 document/plan PlanActivityRecorded {"activityId": "a", "phase": "planned", "dueDate": "2020-03-01"}
    2020-02-10 document/plan PlanActivityRecorded {"activityId": "a", "phase": "planned", "dueDate": "2020-04-01"}
    2020-01-10 document/plan PlanActivityRecorded {"activityId": "b", "phase": "planned", "dueDate": "2020-03-01"}
    2020-03-10 document/plan PlanActivityRecorded {"activityId": "b", "phase": "planned", "dueDate": "2020-04-01"}
  )");
  CHECK(told.rule("R46", "2020-03-20") == "plan open due 2020-04-01; plan overdue due 2020-03-01");
}
