#include "stafett/casework/consent.h"

#include <catch2/catch.hpp>

#include "casework/registry.h"
#include "stafett/core/calendar.h"

// Who has to consent, who has, and whether it is needed at all, on any date (domain.md 2.2).

using namespace stafett;

namespace {

const std::string talk = "childConversationInAdultCase", unit = "eskilstuna/ifoAdult";

// A mother and, from 2019-06-01 on, a second guardian; the mother's case; what is asked and answered.
std::vector<std::string> family() {
  return {
      support::line(1, "PersonRegistered", "person/p-child", "2019-01-01T08:00:00+01:00",
                    R"("personId":"p-child","birthDate":"2009-01-01","birthDatePrecision":"day")"),
      support::line(
          2, "FamilyRelationRecorded", "household/h-1", "2019-01-01T08:00:00+01:00",
          R"("householdId":"h-1","fromPersonId":"p-mother","toPersonId":"p-child","relation":"guardian","validFrom":"2009-01-01")"),
      support::line(
          3, "FamilyRelationRecorded", "household/h-1", "2019-01-01T08:01:00+01:00",
          R"("householdId":"h-1","fromPersonId":"p-other","toPersonId":"p-child","relation":"specialGuardian","validFrom":"2019-06-01")"),
      support::line(
          4, "CaseOpened", "case/a-1", "2019-01-02T08:00:00+01:00",
          R"("caseId":"a-1","caseKind":"adult","subjectPersonId":"p-mother","unitId":"eskilstuna/ifoAdult","area":"adultMisuse","householdId":"h-1")"),
      support::line(
          5, "ConsentRequested", "case/a-1", "2019-01-10T08:00:00+01:00",
          R"("consentId":"k-1","giverId":"p-mother","subjectId":"p-child","scope":"childConversationInAdultCase","recipients":["eskilstuna/ifoAdult"],"written":true)"),
      support::line(
          6, "ConsentGiven", "case/a-1", "2019-01-20T08:00:00+01:00",
          R"("consentId":"k-1","giverId":"p-mother","scope":"childConversationInAdultCase","recipients":["eskilstuna/ifoAdult"],"written":true,"validTo":"2019-05-01")"),
      support::line(
          7, "ConsentGiven", "case/a-1", "2019-05-10T08:00:00+02:00",
          R"("consentId":"k-2","giverId":"p-mother","scope":"childConversationInAdultCase","recipients":["eskilstuna/ifoAdult"],"written":true)"),
      support::line(8, "ConsentDenied", "case/a-1", "2019-07-01T08:00:00+02:00",
                    R"("consentId":"k-2","giverId":"p-mother","kind":"withdrawn")")};
}

casework::ConsentStanding standing(const std::vector<std::string>& lines, const char* at,
                                   const casework::ConsentQuestion& question) {
  auto events = support::record_all(lines);
  for (auto& d : support::dossiers(events)) {
    auto world = d.world(parse_time_argument(at).value());
    if (world.person("p-child")) return casework::consent_standing(world, question);
  }
  FAIL("nobody is known yet");
  std::abort();
}

std::string told(const char* at, const casework::ConsentQuestion& question = {"p-child", talk, unit}) {
  auto s = standing(family(), at, question);
  std::string out = s.allowed ? "yes " + s.ground : "no";
  for (auto& g : s.givers) out += "; " + g.person + " " + g.state;
  return out;
}

}  // namespace

TEST_CASE("a giver's consent goes from not asked to asked, given, expired, given anew and withdrawn",
          "[casework][consent]") {
  CHECK(told("2019-01-05") == "no; p-mother notAsked");
  CHECK(told("2019-01-15") == "no; p-mother asked");
  CHECK(told("2019-02-01") == "yes consent; p-mother given");
  CHECK(told("2019-05-02") == "no; p-mother expired");
  CHECK(told("2019-05-20") == "yes consent; p-mother given");
  // From June there is a second guardian, whom nobody has asked.
  CHECK(told("2019-06-02") == "no; p-mother given; p-other notAsked");
  CHECK(told("2019-07-02") == "no; p-mother withdrawn; p-other notAsked");
}

TEST_CASE("a consent covers no other scope and no other unit than its own", "[casework][consent]") {
  CHECK(told("2019-02-01", {"p-child", "teamDiscussion", unit}) == "no; p-mother notAsked");
  CHECK(told("2019-02-01", {"p-child", talk, "eskilstuna/school-brunna"}) == "no; p-mother notAsked");
}

TEST_CASE("consent says by which events, and until when", "[casework][consent]") {
  auto s = standing(family(), "2019-02-01", {"p-child", talk, unit});
  REQUIRE(s.givers.size() == 1);
  CHECK(s.givers[0].positions == std::vector<Position>{Position(4), Position(5)});
  CHECK(s.givers[0].valid_to == parse_date("2019-05-01").value());
}

TEST_CASE("an open investigation of the child needs no consent, but a team's discussion does",
          "[casework][consent]") {
  auto lines = family();
  lines.push_back(support::line(
      9, "CaseOpened", "case/c-1", "2019-02-10T08:00:00+01:00",
      R"("caseId":"c-1","caseKind":"child","subjectPersonId":"p-child","unitId":"eskilstuna/ifoChild","area":"childWelfare","householdId":"h-1")"));
  lines.push_back(support::line(
      10, "InvestigationDecided", "case/c-1", "2019-02-11T08:00:00+01:00",
      R"("outcome":"open","decidedAt":"2019-02-11T08:00:00+01:00","legalRef":"SoL 11:1","preliminaryAssessmentMade":false)"));
  lines.push_back(support::line(
      11, "InvestigationConcluded", "case/c-1", "2019-03-11T08:00:00+01:00",
      R"("outcome":"noMeasure","concludedAt":"2019-03-11T08:00:00+01:00","needsAssessed":true,"parentalAbilityAssessed":true,"schoolingConsidered":true)"));
  auto during = standing(lines, "2019-02-20", {"p-child", talk, "eskilstuna/ifoChild"});
  CHECK(during.allowed);
  CHECK(during.ground == "openInvestigation");
  CHECK(during.ground_position == Position(9));
  CHECK_FALSE(standing(lines, "2019-02-20", {"p-child", "teamDiscussion", "eskilstuna/ifoChild"}).allowed);
  CHECK_FALSE(standing(lines, "2019-03-20", {"p-child", talk, "eskilstuna/ifoChild"}).allowed);
}

TEST_CASE("an adult consents for itself, and nobody known is no consent", "[casework][consent]") {
  auto adult = standing(family(), "2027-02-01", {"p-child", "informationSharing", unit});
  REQUIRE(adult.givers.size() == 1);
  CHECK(adult.givers[0].person == "p-child");
  auto unknown = standing(family(), "2019-02-01", {"p-stranger", talk, unit});
  CHECK(unknown.givers.empty());
  CHECK_FALSE(unknown.allowed);
}
