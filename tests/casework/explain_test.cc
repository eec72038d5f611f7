#include "stafett/casework/explain.h"

#include <catch2/catch.hpp>
#include <set>

#include "casework/registry.h"
#include "casework/small_history.h"
#include "stafett/casework/judgement_bytes.h"
#include "stafett/core/calendar.h"

// That explanations tell what the judge did, and tell it so that it can be contested.

using namespace stafett;
using casework::Explanation;
using casework::Obligation;

namespace {

const auto& scenario() {
  static const auto events =
      support::record_all(support::read_lines("tests/scenarios/eskilstuna-2019.jsonl"));
  return events;
}

Instant time_of(const char* text) { return parse_time_argument(text).value(); }

std::vector<Explanation> explained(const std::vector<event::RecordedEvent>& events, Instant at,
                                   const casework::ObligationChoice& choice = {}) {
  static const auto book = support::base_book();
  std::vector<Explanation> out;
  for (auto& d : support::dossiers(events)) {
    auto part = casework::explain(d.world(at), book, choice);
    std::move(part.begin(), part.end(), std::back_inserter(out));
  }
  return out;
}

Explanation explained_one(const std::vector<event::RecordedEvent>& events, const char* at,
                          const char* case_id, const char* rule) {
  casework::ObligationChoice choice;
  choice.case_id = case_id;
  choice.rule = rule;
  auto all = explained(events, time_of(at), choice);
  REQUIRE(all.size() == 1);
  return all.front();
}

const casework::Step& step(const Explanation& e, const std::string& kind) {
  for (auto& s : e.steps)
    if (s.kind == kind) return s;
  FAIL("no step " << kind);
  std::abort();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string key(const Obligation& o) {
  return o.rule + " " + o.stream + " " + o.subject + " " + std::string(casework::to_string(o.state)) + " " +
         format_utc(o.created_at) + " " + (o.due_at ? format_utc(*o.due_at) : "") + " " +
         (o.settled_by ? std::to_string(o.settled_by->value) : "") + " " +
         (o.triggered_by ? std::to_string(o.triggered_by->value) : "");
}

// The instances behind an indicator's figure of everybody.
std::vector<Explanation> instances_of(const std::vector<event::RecordedEvent>& events, const char* id,
                                      const char* at) {
  static const auto book = support::base_book();
  auto* indicator = book.indicator(id);
  casework::FigureQuery query;
  query.indicators = {indicator};
  for (auto& i : book.indicator_ids()) query.all.push_back(book.indicator(i));
  query.from = parse_date("2019-01-01").value();
  query.to = parse_date("2021-01-01").value();
  query.at = time_of(at);
  std::vector<Explanation> out;
  for (auto& d : support::dossiers(events)) {
    auto world = d.world(query.at);
    auto part = casework::explain_instances(world, book, casework::judge(world, book), query, *indicator, {});
    std::move(part.begin(), part.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace

TEST_CASE("every obligation of the family's year is explained at any time as it was judged",
          "[casework][explain]") {
  auto book = support::base_book();
  for (auto* at : {"2019-02-05", "2019-03-12T12:00:00+01:00", "2019-03-26", "2019-07-31", "2019-12-31"}) {
    std::multiset<std::string> judged, told;
    for (auto& o : support::obligations(support::judge_all(scenario(), book, time_of(at))))
      judged.insert(key(o));
    for (auto& e : explained(scenario(), time_of(at))) {
      auto& o = std::get<Obligation>(e.of);
      told.insert(key(o));
      std::set<std::string> kinds;
      std::set<Position> positions;
      for (auto& s : e.steps) {
        kinds.insert(s.kind);
        positions.insert(s.positions.begin(), s.positions.end());
        INFO(s.text.english << "\n" << s.text.swedish);
        for (auto& text : {s.text.english, s.text.swedish}) {
          CHECK_FALSE(text.empty());
          CHECK_FALSE(has(text, "{"));
          CHECK_FALSE(has(text, "Exempel"));  // the family's name is personal content
        }
        CHECK(s.text.english != s.text.swedish);
      }
      for (auto* kind : {"rule", "law", "trigger", "subject", "due", "state"}) CHECK(kinds.contains(kind));
      bool unsettled = o.state == casework::State::open || o.state == casework::State::overdue;
      INFO(key(o));
      CHECK((!unsettled || kinds.contains("missing")));
      if (o.triggered_by) CHECK(positions.contains(*o.triggered_by));
      if (o.settled_by) CHECK(positions.contains(*o.settled_by));
    }
    CHECK(told == judged);
    CHECK(judged.size() > 4);
  }
}

TEST_CASE("what is overdue is explained by rule, occasion, date and what would settle it",
          "[casework][explain]") {
  auto e = explained_one(scenario(), "2019-07-31", "c4-iris", "R16");
  CHECK(has(step(e, "rule").text.english, "R16 Feedback to the child (must, 14 days)"));
  CHECK(has(step(e, "rule").text.swedish, "R16 Återkoppling till barnet (ska, 14 dagar)"));
  CHECK(has(step(e, "trigger").text.english, "Investigation concluded (position 100, 2019-07-15 10:00"));
  CHECK(step(e, "trigger").positions == std::vector<Position>{Position(100)});
  CHECK(has(step(e, "due").text.english, "14 days after 2019-07-15: ends at 2019-07-30 00:00"));
  CHECK(has(step(e, "due").text.swedish, "14 dagar efter 2019-07-15: går ut 2019-07-30 00:00"));
  CHECK(
      has(step(e, "state").text.english, "Overdue: not settled by 2019-07-31 00:00, 1 day after it was due"));
  CHECK(has(step(e, "missing").text.english, "What would settle it: Feedback given to the child"));
  CHECK(has(step(e, "missing").text.swedish, "Det som avgör den: Återkoppling till barnet"));
}

TEST_CASE("the legal reference is the one in force when the obligation arose", "[casework][explain]") {
  auto law = [](const char* year) {
    auto events = support::record_all(
        {support::line(
             1, "CaseOpened", "case/c-1", std::string(year) + "-08-01T08:00:00+02:00",
             R"("caseId":"c-1","caseKind":"child","subjectPersonId":"p-1","unitId":"eskilstuna/ifoChild","area":"childWelfare")"),
         support::line(
             2, "ConcernReported", "case/c-1", std::string(year) + "-08-01T08:00:00+02:00",
             R"("reportId":"r-1","childId":"p-1","receivedAt":")" + std::string(year) +
                 R"(-08-01T08:00:00+02:00","reporterKind":"school","reporterMandated":true,"concernKinds":["neglect"],"violenceExposed":false,"violenceWitnessed":false)")});
    auto e = explained_one(events, (std::string(year) + "-08-02").c_str(), "c-1", "R02");
    return step(e, "law").text.english;
  };
  CHECK(has(law("2024"), "SoL 2001:453 ch. 11 §1a (not yet checked by a lawyer)"));
  CHECK(has(law("2025"), "SoL 2025:400"));
}

TEST_CASE("the Convention is cited as law from 2020, and as no law before", "[casework][explain]") {
  const auto book = support::base_book();
  auto cited = [&](const char* rule, const char* on) {
    return std::string(book.rule(rule, parse_date(on).value(), "0484")->legal_ref_at(parse_date(on).value()));
  };
  for (auto& [rule, article] : std::map<std::string, std::string>{{"R11", "12"},
                                                                  {"R12", "3"},
                                                                  {"R13", "3"},
                                                                  {"R14", "12"},
                                                                  {"R15", "12"},
                                                                  {"R16", "12"},
                                                                  {"R31", "24"},
                                                                  {"R32", "28"}}) {
    CHECK(has(cited(rule.c_str(), "2020-01-01"), "Act 2018:1197 art. " + article));
    CHECK_FALSE(has(cited(rule.c_str(), "2019-12-31"), "2018:1197"));
  }
  CHECK(cited("R08", "2020-02-04") == "SoL 2001:453 ch. 14 §1; School Act 2010:800 ch. 5 §21");
}

TEST_CASE("a breach names the event that broke the rule, and what of it does not suffice",
          "[casework][explain]") {
  auto e = explained_one(scenario(), "2019-03-12T13:30:00+01:00", "c4-iris", "R03");
  CHECK(has(step(e, "exception").text.english, "Investigation decided (position 50,"));
  CHECK(has(step(e, "exception").text.english, "breaks the rule for good"));
  bool told = false;
  for (auto& s : e.steps)
    told |= s.kind == "nearMiss" && s.positions == std::vector<Position>{Position(50)} &&
            has(s.text.english, "preliminary assessment made: no is asked for; recorded: yes");
  CHECK(told);
  CHECK(has(step(e, "state").text.swedish, "Bruten: genom"));
}

TEST_CASE("a correction is told with both values, its reason and its position", "[casework][explain]") {
  auto e = explained_one(scenario(), "2019-03-12T14:00:00+01:00", "c4-iris", "R03");
  auto& correction = step(e, "correction");
  CHECK(correction.positions == std::vector<Position>{Position(50), Position(51)});
  CHECK(has(correction.text.english, "preliminary assessment made: yes → no"));
  CHECK(has(correction.text.swedish, "förhandsbedömning gjord: ja → nej"));
  CHECK(has(step(e, "state").text.english, "Done in time"));
}

TEST_CASE("a withdrawn consent is named as what makes the talk a breach", "[casework][explain]") {
  auto events = support::record_all(
      {support::line(1, "PersonRegistered", "person/p-child", "2019-01-01T08:00:00+01:00",
                     R"("personId":"p-child","birthDate":"2009-01-01","birthDatePrecision":"day")"),
       support::line(
           2, "FamilyRelationRecorded", "household/h-1", "2019-01-01T08:00:00+01:00",
           R"("householdId":"h-1","fromPersonId":"p-mother","toPersonId":"p-child","relation":"guardian","validFrom":"2009-01-01")"),
       support::line(
           3, "CaseOpened", "case/a-1", "2019-01-02T08:00:00+01:00",
           R"("caseId":"a-1","caseKind":"adult","subjectPersonId":"p-mother","unitId":"eskilstuna/ifoAdult","area":"adultMisuse","householdId":"h-1")"),
       support::line(
           4, "ConsentGiven", "case/a-1", "2019-01-03T08:00:00+01:00",
           R"("consentId":"k-1","giverId":"p-mother","scope":"childConversationInAdultCase","recipients":["eskilstuna/ifoAdult"],"written":true)"),
       support::line(5, "ConsentDenied", "case/a-1", "2019-01-04T08:00:00+01:00",
                     R"("consentId":"k-1","giverId":"p-mother","kind":"withdrawn")"),
       support::line(
           6, "ChildHeard", "case/a-1", "2019-01-05T08:00:00+01:00",
           R"("childId":"p-child","conversationKind":"supporting","heldAt":"2019-01-05T08:00:00+01:00","byUnit":"eskilstuna/ifoAdult","guardianPresent":false)")});
  auto e = explained_one(events, "2019-02-01", "a-1", "R11");
  CHECK(std::get<Obligation>(e.of).state == casework::State::breached);
  auto& lapse = step(e, "nearMiss");
  CHECK(has(lapse.text.english, "it was undone by Consent refused or withdrawn (position 4,"));
  CHECK(has(lapse.text.swedish, "den upphävdes av Samtycke nekat eller återkallat (plats 4,"));
  CHECK(lapse.positions == std::vector<Position>{Position(3), Position(4)});
}

TEST_CASE("a figure is explained down to each instance and why it counts", "[casework][explain]") {
  auto book = support::base_book();
  casework::FigureQuery query;
  auto* indicator = book.indicator("I08");
  query.indicators = {indicator};
  for (auto& id : book.indicator_ids()) query.all.push_back(book.indicator(id));
  query.from = parse_date("2019-01-01").value();
  query.to = parse_date("2020-01-01").value();
  query.at = time_of("2019-12-31");
  casework::FigureCount count(query);
  std::vector<Explanation> instances;
  for (auto& d : support::dossiers(scenario())) {
    auto world = d.world(query.at);
    auto judgement = casework::judge(world, book);
    count.add(judgement);
    auto part = casework::explain_instances(world, book, judgement, query, *indicator, {});
    std::move(part.begin(), part.end(), std::back_inserter(instances));
  }
  auto figure = casework::explain_figure(count.figures().front(), query, *indicator, book);
  CHECK(has(step(figure, "period").text.english, "What began from 2019-01-01 to 2019-12-31"));
  CHECK(has(step(figure, "figure").text.english, "1 of 2"));
  CHECK(has(step(figure, "indicator").text.english, "Counted: child × investigation."));
  CHECK(has(step(figure, "indicator").text.swedish, "Räknas: barn × utredning."));
  auto cell = count.figures().front();
  cell.group = {{"caseKind", "child"}, {"unit", "eskilstuna/ifoChild"}, {"violence", "no"}};
  auto group = casework::explain_figure(cell, query, *indicator, book);
  CHECK(step(group, "group").text.english ==
        "Only the group caseKind: child; unit: eskilstuna/ifoChild; violence: no.");
  CHECK(step(group, "group").text.swedish ==
        "Bara gruppen ärendetyp: Barn; enhet: eskilstuna/ifoChild; våld: nej.");
  REQUIRE(instances.size() == 2);
  CHECK(has(step(instances[0], "counted").text.english, "Counts, and is in the numerator"));
  CHECK(has(step(instances[0], "state").text.english,
            "Done in time: Feedback given to the child (position 99"));
  CHECK(has(step(instances[1], "counted").text.swedish, "Räknas, men är inte i täljaren"));
  CHECK(has(step(instances[1], "state").text.english, "21 days after it was due at 2019-07-30"));
}

TEST_CASE("a rule that takes nearly any event is told by what it does not take", "[casework][explain]") {
  casework::ObligationChoice choice;
  choice.case_id = "c3-elin";
  choice.rule = "R27";
  bool asked = false, closed = false;
  for (auto& e : explained(scenario(), time_of("2019-12-31"), choice)) {
    for (auto& s : e.steps) {
      INFO(s.text.english);
      CHECK(s.text.english.size() < 400);
      CHECK_FALSE(has(s.text.english, "CaseClosed"));
      CHECK_FALSE(has(s.text.swedish, "CaseClosed"));
      asked |= s.kind == "requirement" &&
               has(s.text.english, "any event other than Case closed or Event corrected, in the same case") &&
               has(s.text.swedish, "annan händelse än Ärende avslutat eller Händelse rättad");
      closed |= s.kind == "missing" && has(s.text.english, "The case has been closed since 2019-08-30") &&
                has(s.text.swedish, "Ärendet är avslutat sedan 2019-08-30") && s.positions.size() == 1;
    }
  }
  CHECK(asked);
  CHECK(closed);
}

TEST_CASE("what an event is compared with of its own is told by its name, and by its value where it fails",
          "[casework][explain]") {
  auto e = explained_one(scenario(), "2019-12-31", "c3-elin", "R15");
  bool named = false;
  for (auto& s : e.steps) {
    CHECK_FALSE(has(s.text.english, "(not known)"));
    named |= s.kind == "requirement" &&
             has(s.text.english, "by unit: units with the child's case (child); child: p-elin") &&
             has(s.text.swedish, "enheter med barnets ärende (barn)");
  }
  CHECK(named);
}

TEST_CASE("a child in several lists is told by each of them", "[casework][explain]") {
  std::vector<event::RecordedEvent> events;
  for (
      auto* line :
      {R"(2010-01-01 person/p1 PersonRegistered {"personId": "p1", "birthDate": "2009-03-10", "birthDatePrecision": "day"})",
       R"(2010-01-01 person/a1 PersonRegistered {"personId": "a1", "birthDate": "1980-03-10", "birthDatePrecision": "day"})",
       R"(2020-01-10 case/c1 CaseOpened {"caseKind": "child", "subjectPersonId": "p1", "householdId": "h1"})",
       R"(2020-01-12 case/a1 CaseOpened @stad/incomeSupport {"caseKind": "adult", "subjectPersonId": "a1", "householdId": "h1", "childrenInHousehold": ["p1"]})",
       R"(2020-01-13 case/a1 RiskSituationNotified @stad/incomeSupport {"kind": "eviction", "status": "open", "childrenAffected": ["p1"]})"})
    events.push_back(support::record(history::event_line(line, events.size()), events.size()));
  auto all = instances_of(events, "I30", "2020-03-01");
  REQUIRE(all.size() == 1);
  std::vector<std::string> lists;
  for (auto& s : all[0].steps)
    if (s.kind == "state") {
      lists.push_back(s.text.english.substr(0, 7));
      CHECK(has(s.text.swedish, "Genom I30"));
    }
  CHECK(lists == std::vector<std::string>{"By I30a", "By I30b", "By I30e"});

  auto siblings = instances_of(scenario(), "I30", "2019-03-26T08:00:00+01:00");
  REQUIRE(siblings.size() == 2);
  CHECK(has(step(siblings[0], "counted").text.english, "Counted is p-elin."));
  CHECK(has(step(siblings[1], "counted").text.swedish, "Den som räknas är p-iris."));
}
