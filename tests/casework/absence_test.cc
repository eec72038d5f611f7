#include <catch2/catch.hpp>
#include <sstream>

#include "casework/municipal_book.h"
#include "casework/small_history.h"
#include "stafett/casework/explain.h"

// Why there is no obligation: told by what the judge itself asked.

using namespace stafett;
using casework::Explanation;

namespace {

std::vector<event::RecordedEvent> history_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (auto begin = line.find_first_not_of(' '); begin != std::string::npos)
      lines.push_back(history::event_line(line.substr(begin), lines.size()));
  return support::record_all(lines);
}

std::vector<Explanation> explained(const std::vector<event::RecordedEvent>& events, const std::string& at,
                                   const std::string& stream, const std::string& rule,
                                   const casework::RuleBook& book) {
  casework::ObligationChoice choice;
  choice.rule = rule;
  if (stream.starts_with("case/"))
    choice.case_id = stream.substr(5);
  else
    choice.stream = stream;
  std::vector<Explanation> out;
  for (auto& d : support::dossiers(events)) {
    auto part = casework::explain(d.world(parse_time_argument(at).value()), book, choice);
    std::move(part.begin(), part.end(), std::back_inserter(out));
  }
  return out;
}

// The one explanation, of there being none: its steps that say why, a line each.
std::string why_none(const std::string& text, const std::string& at, const std::string& stream,
                     const std::string& rule) {
  static const auto book = support::municipal_book();
  auto all = explained(history_of(text), at, stream, rule, book);
  REQUIRE(all.size() == 1);
  auto* none = std::get_if<casework::NoObligation>(&all[0].of);
  REQUIRE(none);
  CHECK(none->rule == rule);
  std::string out;
  for (auto& step : all[0].steps)
    if (step.kind == "nearMiss" || step.kind == "missing") out += step.text.english + "\n";
  return out;
}

bool has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  UNSCOPED_INFO(text);
  return false;
}

const std::string opened =
    "2020-01-10T09:00 case/c CaseOpened {\"caseKind\": \"child\", \"subjectPersonId\": \"p\"}\n";

}  // namespace

TEST_CASE("no obligation: nothing of the kind has happened in the case", "[casework][explain]") {
  CHECK(has(why_none(opened, "2020-02-01", "case/c", "R02"),
            "There is no such event in case/c: Concern reported."));
  // What lies ahead of the moment asked about has not happened either.
  CHECK(has(why_none(opened + "2020-03-01 case/c ConcernReported {\"childId\": \"p\"}\n", "2020-02-01",
                     "case/c", "R02"),
            "There is no such event in case/c: Concern reported."));
}

TEST_CASE("no obligation: the event is not as the rule wants it", "[casework][explain]") {
  auto why = why_none(opened + "2020-01-20 case/c InvestigationDecided {\"outcome\": \"notOpen\"}\n",
                      "2020-02-01", "case/c", "R07");
  CHECK(has(why, "Investigation decided (position 1,"));
  CHECK(has(why, "outcome: Open is asked for; recorded: Do not open"));
}

TEST_CASE("no obligation: whom it would concern has grown up, or is not known", "[casework][explain]") {
  auto person = std::string(
      "2019-01-01 person/p PersonRegistered {\"birthDate\": \"2001-05-05\", \"birthDatePrecision\": "
      "\"day\"}\n");
  CHECK(has(why_none(person + opened + "2020-01-12 case/c ConcernReported {\"childId\": \"p\"}\n",
                     "2020-02-01", "case/c", "R02"),
            "p had turned 18 by 2020-01-12"));
  CHECK(has(why_none(opened + "2020-01-20 case/c InvestigationDecided {\"outcome\": \"open\"}\n",
                     "2020-02-01", "case/c", "R05"),
            "no guardian of the child is known on 2020-01-20"));
  CHECK(has(why_none(opened, "2020-02-01", "case/c", "R50"), "no birth date is known"));
  auto young = std::string(
      "2019-01-01 person/p PersonRegistered {\"birthDate\": \"2010-05-05\", \"birthDatePrecision\": "
      "\"day\"}\n");
  CHECK(has(why_none(young + opened, "2020-02-01", "case/c", "R50"), "p turns 18 only later"));
}

TEST_CASE("no obligation: the rule is not that municipality's, or not of that time", "[casework][explain]") {
  auto agreed = [](const std::string& municipality) {
    return "2020-05-04 case/c CaseOpened #" + municipality +
           " {\"caseKind\": \"child\", \"subjectPersonId\": \"p\"}\n2020-05-05 case/c CoordinatedPlanAdopted "
           "#" +
           municipality +
           " {\"kind\": \"sip\", \"childId\": \"p\"}\n2020-05-05 case/c InternalCoordinationAgreed #" +
           municipality + " {}\n" + "2020-05-05 case/c ConcernReported #" + municipality +
           " {\"childId\": \"p\", \"violenceExposed\": true}\n2020-05-06 case/c DecisionMade #" +
           municipality + " {}\n";
  };
  auto why = why_none(agreed("1814"), "2020-06-30", "case/c", "ESK-18");
  CHECK(has(why, "binds municipality 0484, and this is of 1814"));
  auto early = std::string(
      "2013-01-10 case/c CaseOpened {\"caseKind\": \"child\", \"subjectPersonId\": \"p\"}\n"
      "2013-01-11 case/c ConcernReported {\"childId\": \"p\", \"violenceExposed\": true}\n");
  CHECK(has(why_none(early, "2013-02-01", "case/c", "R03"), "the rule is in force only from 2014-10-01"));
}

TEST_CASE("no obligation: something had happened before", "[casework][explain]") {
  auto why = why_none(opened +
                          "2020-01-11 case/c InvestigationDecided {\"outcome\": \"open\"}\n"
                          "2020-01-15 case/c ViolenceIndicated {\"victims\": [\"p\"], \"exposed\": true}\n",
                      "2020-02-01", "case/c", "R03");
  CHECK(has(why, "by then there had been Investigation decided (position 1,"));
}

TEST_CASE("no obligation: what is asked of units is not asked of a case, and a household is not shared",
          "[casework][explain]") {
  CHECK(has(why_none(opened, "2020-02-01", "case/c", "R18"), "No household is known of case/c"));
}

TEST_CASE("every case and rule of the family's year has either obligations or a reason why not",
          "[casework][explain]") {
  auto events = support::record_all(support::read_lines("tests/scenarios/eskilstuna-2019.jsonl"));
  auto book = support::base_book();
  std::size_t owed = 0, reasons = 0;
  for (auto* id : {"a1-ingrid", "c1-elin", "c3-elin", "a3-ingrid"})
    for (auto& rule : book.rule_ids()) {
      INFO(id << " " << rule);
      auto all = explained(events, "2019-07-31", std::string("case/") + id, rule, book);
      REQUIRE_FALSE(all.empty());
      auto* none = std::get_if<casework::NoObligation>(&all[0].of);
      if (!none) {
        ++owed;
        continue;
      }
      REQUIRE(all.size() == 1);
      CHECK(none->case_id == id);
      CHECK(all[0].steps.front().kind == "rule");
      CHECK(all[0].steps.back().kind == "state");
      // Something is said of why, not only what it would take.
      auto says_why = [](auto& step) { return step.kind == "nearMiss" || step.kind == "missing"; };
      bool elsewhere = all[0].steps[1].text.english.starts_with("It is asked of ");
      CHECK((elsewhere || std::ranges::any_of(all[0].steps, says_why)));
      for (auto& step : all[0].steps) {
        CHECK_FALSE(step.text.swedish.empty());
        CHECK(step.text.english.find("{") == std::string::npos);
      }
      ++reasons;
    }
  CHECK(owed > 20);
  CHECK(reasons > 20);
}

TEST_CASE("no reason is made up for a case or a rule that does not exist", "[casework][explain]") {
  auto book = support::base_book();
  auto events = history_of(opened);
  CHECK(explained(events, "2020-02-01", "case/nobody", "R02", book).empty());
  CHECK(explained(events, "2020-02-01", "case/c", "R99", book).empty());
  CHECK(explained(events, "2020-01-01", "case/c", "R02", book).empty());  // not opened yet
}
