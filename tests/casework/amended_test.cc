#include "stafett/casework/amended.h"

#include <catch2/catch.hpp>

#include "casework/registry.h"
#include "stafett/core/calendar.h"

// Corrections that make things look better (domain.md D27).

using namespace stafett;
using casework::Amendment;
using casework::State;

namespace {

std::vector<Amendment> amended(const std::vector<event::RecordedEvent>& events, const char* at) {
  auto book = support::base_book();
  std::vector<Amendment> out;
  for (auto& d : support::dossiers(events)) {
    auto part = casework::amendments(d.own, d.visiting, d.home, parse_time_argument(at).value(), book);
    CHECK_FALSE(part.given_up);
    std::move(part.list.begin(), part.list.end(), std::back_inserter(out));
  }
  return out;
}

// A report of a child on 1 March that is decided on 20 March, five days too late, and then this.
std::vector<event::RecordedEvent> decided_late(const std::string& correction, const std::string& actor) {
  return support::record_all(
      {support::line(
           1, "CaseOpened", "case/c-1", "2019-03-01T08:00:00+01:00",
           R"("caseId":"c-1","caseKind":"child","subjectPersonId":"p-1","unitId":"eskilstuna/ifoChild","area":"childWelfare")"),
       support::line(
           2, "ConcernReported", "case/c-1", "2019-03-01T08:00:00+01:00",
           R"("reportId":"r-1","childId":"p-1","receivedAt":"2019-03-01T08:00:00+01:00","reporterKind":"school","reporterMandated":true,"concernKinds":["neglect"],"violenceExposed":false,"violenceWitnessed":false)"),
       support::line(
           3, "InvestigationDecided", "case/c-1", "2019-03-20T08:00:00+01:00",
           R"("outcome":"notOpen","decidedAt":"2019-03-20T08:00:00+01:00","legalRef":"SoL 11:1","reportId":"r-1","preliminaryAssessmentMade":true)",
           "s-7"),
       support::line(4, "EventCorrected", "case/c-1", "2019-03-21T08:00:00+01:00", correction, actor)});
}

std::vector<Amendment> of_rule(std::vector<Amendment> all, const std::string& rule) {
  std::erase_if(all, [&](auto& a) { return a.rule != rule; });
  return all;
}

const std::string decision_moved =
    R"("correctsEventId":"00000000-0000-4000-8000-000000000003","reason":"inputError","correctedFields":{"decidedAt":"2019-03-10T08:00:00+01:00"})";

}  // namespace

TEST_CASE("the family's corrected decision is listed once it is corrected, by a second person",
          "[casework][amended]") {
  auto events = support::record_all(support::read_lines("tests/scenarios/eskilstuna-2019.jsonl"));
  CHECK(amended(events, "2019-03-12T13:49:00+01:00").empty());
  auto found = amended(events, "2019-12-31");
  REQUIRE(found.size() == 1);
  auto& a = found.front();
  CHECK(a.rule == "R03");
  CHECK(a.case_id == "c4-iris");
  CHECK(a.subject == "p-iris");
  CHECK(a.corrected == Position(51 - 1));
  CHECK(a.correction == Position(52 - 1));
  CHECK(a.before == State::breached);
  CHECK(a.after == State::fulfilled);
  CHECK(a.actor == "s-202");
  CHECK(a.corrected_actor == "s-201");
  CHECK_FALSE(a.same_actor);
}

TEST_CASE("a late decision that its own maker dates back is listed as by the same person",
          "[casework][amended]") {
  auto found = of_rule(amended(decided_late(decision_moved, "s-7"), "2019-12-31"), "R02");
  REQUIRE(found.size() == 1);
  CHECK(found.front().before == State::fulfilled_late);
  CHECK(found.front().after == State::fulfilled);
  CHECK(found.front().same_actor);
  CHECK_FALSE(of_rule(amended(decided_late(decision_moved, "s-8"), "2019-12-31"), "R02").front().same_actor);
}

TEST_CASE("a report taken back takes its overdue obligations with it, and is listed", "[casework][amended]") {
  auto found = of_rule(
      amended(
          decided_late(
              R"("correctsEventId":"00000000-0000-4000-8000-000000000002","reason":"inputError","correctedFields":{},"voids":true)",
              "s-7"),
          "2019-12-31"),
      "R01");
  REQUIRE(found.size() == 1);
  CHECK(found.front().before == State::overdue);
  CHECK_FALSE(found.front().after.has_value());
}

TEST_CASE("a correction that changes no state is not listed", "[casework][amended]") {
  CHECK(
      amended(
          decided_late(
              R"("correctsEventId":"00000000-0000-4000-8000-000000000003","reason":"inputError","correctedFields":{"legalRef":"SoL 11:1a"})",
              "s-7"),
          "2019-12-31")
          .empty());
}
