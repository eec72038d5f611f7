// An adult's case with children behind it.
#include <algorithm>

#include "casework/random_history_teller.h"

namespace stafett::history {

namespace {

const std::string reception = "bergby/ifoReception", child_unit = "bergby/ifoChild";

Instant end_of(Date day) { return start_of_day(add_days(day, 1)); }

}  // namespace

void tell_adult_case(Teller& t, Household& household) {
  const std::string unit = t.pick({"bergby/incomeSupport", "bergby/relationshipViolence", "bergby/ifoAdult"});
  auto id = t.new_id("d"), stream = "case/" + id, subject = household.adults[t.chance(80) ? 0 : 1];
  auto start = t.on(add_days(t.base, t.number(-10, 2)));
  json opened = {{"caseId", id},
                 {"caseKind", "adult"},
                 {"subjectPersonId", subject},
                 {"unitId", unit},
                 {"area", "incomeSupport"}};
  if (t.chance(80)) opened["householdId"] = household.id;
  std::vector<std::string> children;
  for (auto& child : household.children) children.push_back(child.id);
  if (t.chance(50)) opened["childrenInHousehold"] = children;
  t.tell("CaseOpened", stream, unit, start, opened);
  household.cases.push_back({id, subject, unit, true, start});
  if (t.chance(60))
    t.tell("ChildChecklistCompleted", stream, unit, t.after(start, 12),
           {{"childrenFound", children}, {"childAffected", t.pick({"yes", "yes", "no", "unknown"})}});
  if (t.chance(40)) {
    auto victims = children;
    victims.push_back(subject);
    t.tell("ViolenceIndicated", stream, t.chance(90) ? unit : "bergby/landlord", t.after(start, 5),
           {{"source", "parent"}, {"victims", victims}, {"exposed", true}, {"witnessed", true}});
  }
  if (t.chance(50))
    t.tell("ViolenceAsked", stream, unit, t.after(start, 20),
           {{"askedPersonId", subject}, {"isChild", false}, {"setting", "alone"}});
  for (int n = int(t.number(0, 2)); n > 0; --n) {
    auto decision = t.new_id("b");
    auto decided = t.after(start, 25);
    for (auto& child : children) {
      if (!t.chance(60)) continue;
      bool joint = t.chance(30);
      json data = {{"analysisId", t.new_id("n")},
                   {"childId", child},
                   {"concernsDecisionDraft", decision},
                   {"byUnit", t.chance(75) ? unit : child_unit},
                   {"childView", t.pick({"included", "notAvailable"})}};
      if (joint)
        data["joint"] = true, data["participatingUnits"] = {child_unit, t.chance(70) ? unit : reception};
      t.tell("ChildImpactAnalysisCompleted", stream, unit, t.near(decided), data, "completedAt");
    }
    json data = {{"decisionId", decision},
                 {"kind", "grant"},
                 {"subjectPersonId", subject},
                 {"childAffected", t.pick({"yes", "yes", "yes", "no", "notAssessed"})}};
    if (t.chance(50)) data["childrenAffected"] = children;
    t.tell("DecisionMade", stream, unit, decided, data, "decidedAt");
    auto limit = end_of(add_days(local_date(decided), 14));
    if (t.chance(40)) {
      auto started = t.chance(80) ? t.after(decided, 10) : t.near(limit);
      t.tell("MeasureStatusChanged", stream, unit, started,
             {{"measureId", t.new_id("s")},
              {"measureKind", "openCare"},
              {"status", t.pick({"started", "started", "ended"})}},
             "at");
      if (t.chance(50)) limit = started;
    }
    for (auto& child : children) {
      if (t.chance(50))
        t.tell("ChildInformed", stream, unit, t.near(limit),
               {{"childId", child},
                {"about", t.pick({"parentMeasure", "decision", "rights"})},
                {"channel", "conversation"},
                {"adapted", t.chance(90)}});
      if (t.chance(40))
        t.tell("FeedbackGivenToChild", stream, unit, t.near(end_of(add_days(local_date(decided), 14))),
               {{"childId", child},
                {"regarding", "decision"},
                {"refId", decision},
                {"decisionTold", t.chance(90)},
                {"viewUseTold", true},
                {"bestInterestsTold", true},
                {"channel", "conversation"}},
               "givenAt");
      if (t.chance(20)) {  // a talk in the adult's own case, with every guardian's consent
        auto talk = t.near(decided);
        for (auto guardian : {0, 1, 2}) {
          if (t.chance(10)) continue;
          t.tell("ConsentGiven", stream, unit, talk - std::chrono::hours(2),
                 {{"consentId", t.new_id("q")},
                  {"giverId",
                   guardian == 2 ? "g" + household.id.substr(1) : household.adults[std::size_t(guardian)]},
                  {"scope", "childConversationInAdultCase"},
                  {"recipients", {unit}},
                  {"written", true}});
        }
        t.tell("ChildHeard", stream, unit, talk,
               {{"childId", child},
                {"conversationKind", "informing"},
                {"byUnit", unit},
                {"guardianPresent", false}},
               "heldAt");
        t.tell("ChildViewRecorded", stream, unit, talk,
               {{"childId", child}, {"source", "child"}, {"regarding", "other"}});
      }
      if (t.chance(15))
        t.tell("ChildNotHeard", stream, unit, t.near(decided), {{"childId", child}, {"reason", "acute"}});
    }
  }
  if (t.chance(30)) t.tell("CaseClosed", stream, unit, t.after(start, 60), {{"reason", "measureEnded"}});
}

}  // namespace stafett::history
