// A child's case from the report to the feedback.
#include <algorithm>

#include "casework/random_history_teller.h"

namespace stafett::history {

namespace {

const std::string reception = "bergby/ifoReception", child_unit = "bergby/ifoChild";

Instant end_of(Date day) { return start_of_day(add_days(day, 1)); }

// One child's case while it is being told.
struct ChildCase {
  Teller& t;
  const Household& household;
  const Child& child;
  std::string id, stream;
  std::vector<std::string> units;  // that have had the case
  bool household_known = t.chance(85);

  void tell(const char* type, Instant when, json data, const char* own = nullptr) {
    t.tell(type, stream, units.back(), when, std::move(data), own);
  }

  void open(Instant when) {
    json data = {{"caseId", id},
                 {"caseKind", "child"},
                 {"subjectPersonId", child.id},
                 {"unitId", units.front()},
                 {"area", "childWelfare"}};
    if (household_known) data["householdId"] = household.id;
    t.tell("CaseOpened", stream, units.front(), when, data);
  }

  void assign(Instant when, const std::string& unit) {
    auto from = t.chance(70) ? when : t.near(when);
    json data = {{"unitId", unit},
                 {"responsibility", t.chance(93) ? "case" : "schooling"},
                 {"from", format_local(from)}};
    if (t.chance(25)) data["until"] = format_local(t.after(from, 12));
    if (data["responsibility"] == "case") units.push_back(unit);
    tell("ResponsibilityAssigned", when, data);
  }

  std::string report(Instant when) {
    auto id_of_report = t.new_id("r");
    json kinds = {t.pick({"absence", "misuse", "violence", "neglect", "other"})};
    bool exposed = t.chance(30), witnessed = t.chance(20);
    t.tell("ConcernReported", stream,
           t.pick({"bergby/ifoReception", "bergby/school", "bergby/incomeSupport"}), when,
           {{"reportId", id_of_report},
            {"childId", child.id},
            {"reporterKind", t.pick({"school", "police", "socialServices"})},
            {"reporterMandated", true},
            {"concernKinds", kinds},
            {"violenceExposed", exposed},
            {"violenceWitnessed", witnessed}},
           "receivedAt");
    if (t.chance(75)) {
      json data = {{"reportId", id_of_report}, {"immediateNeed", t.chance(30)}};
      if (t.chance(20)) data["siblingsConsidered"] = {household.children.front().id};
      tell("ProtectionAssessed", t.chance(60) ? t.after(when, 1) : t.near(end_of(local_date(when))), data,
           "assessedAt");
    }
    return id_of_report;
  }

  void indicate_violence(Instant when) {
    tell("ViolenceIndicated", when,
         {{"source", "child"},
          {"victims", {child.id, household.adults.front()}},
          {"exposed", true},
          {"witnessed", false}});
  }

  void decide(Instant when, const std::string& outcome, const std::string& report_id) {
    json data = {{"outcome", outcome}, {"legalRef", "SoL 11:1"}};
    bool by_report = t.chance(90);
    if (by_report && !report_id.empty()) data["reportId"] = report_id;
    if (t.chance(85)) data["preliminaryAssessmentMade"] = t.chance(40);
    tell("InvestigationDecided", when, data, "decidedAt");
  }

  void inform_guardians(Instant opened) {
    for (auto& guardian : child.guardians) {
      if (t.chance(15)) continue;
      auto limit = end_of(add_days(local_date(opened), 7));
      if (t.chance(30)) {
        auto when = t.chance(60) ? t.after(opened, 6) : t.near(limit);
        auto review = add_days(local_date(when), t.number(0, 12));
        json data = {{"guardianId", guardian}, {"status", "deferred"}, {"about", "investigationOpened"}};
        if (t.chance(80)) data["deferReason"] = "riskToChild";
        if (t.chance(90)) data["reviewDate"] = format_date(review);
        tell("GuardiansInformed", when, data);
        limit = end_of(review);
        if (t.chance(30)) continue;
      }
      tell("GuardiansInformed", t.chance(40) ? t.after(opened, 6) : t.near(limit),
           {{"guardianId", guardian},
            {"status", "informed"},
            {"about", t.chance(85) ? "investigationOpened" : t.pick({"report", "decision"})}});
    }
  }

  // What is done with the child around the investigation.
  void take_part(Instant opened, Instant concluded) {
    auto some_time = [&] {
      if (t.chance(25)) return t.near(concluded);
      if (t.chance(10)) return t.near(opened);
      return opened +
             std::chrono::seconds(t.number(
                 0, std::max<std::int64_t>(
                        1, std::chrono::duration_cast<std::chrono::seconds>(concluded - opened).count())));
    };
    if (t.chance(65))
      tell("ChildInformed", some_time(),
           {{"childId", child.id},
            {"about", t.pick({"rights", "investigation", "decision"})},
            {"channel", t.pick({"conversation", "letter"})},
            {"adapted", t.chance(85)}});
    if (t.chance(65)) {
      auto by = t.chance(15) ? std::string("bergby/school") : units.front();
      json data = {{"childId", child.id},
                   {"conversationKind", "investigating"},
                   {"byUnit", by},
                   {"guardianPresent", t.chance(30)}};
      if (t.chance(70))
        data["stage"] = t.pick({"intake", "investigation", "investigation", "measure", "followUp"});
      tell("ChildHeard", some_time(), data, "heldAt");
    }
    if (t.chance(60))
      tell("ChildViewRecorded", some_time(),
           {{"childId", child.id},
            {"source", t.chance(80) ? "child" : t.pick({"adultOnBehalf", "observation"})},
            {"regarding", "situation"}});
    if (t.chance(20))
      tell("ChildNotHeard", some_time(),
           {{"childId", child.id},
            {"reason", t.pick({"declinedByChild", "acute", "timeShortage", "consentRefused"})}});
    if (t.chance(60))
      tell("ViolenceAsked", some_time(),
           {{"askedPersonId", t.chance(85) ? child.id : household.adults.front()},
            {"isChild", true},
            {"setting", "alone"}});
  }

  void give_feedback(Instant concluded) {
    auto limit = end_of(add_days(local_date(concluded), 14));
    for (int n = t.chance(70) ? (t.chance(20) ? 2 : 1) : 0; n > 0; --n) {
      bool declined = t.chance(15);
      json data = {{"childId", child.id},
                   {"regarding", "investigation"},
                   {"refId", t.chance(95) ? id : std::string("elsewhere")},
                   {"decisionTold", !declined && t.chance(85)},
                   {"viewUseTold", t.chance(50)},
                   {"bestInterestsTold", t.chance(50)}};
      if (t.chance(70)) data["channel"] = t.chance(80) ? "conversation" : "digital";
      if (declined) data["declinedByChild"] = true;
      if (t.chance(20)) data["channel"] = "letter";
      if (declined) data["decisionTold"] = t.chance(50);
      tell("FeedbackGivenToChild", t.chance(40) ? t.after(concluded, 13) : t.near(limit), data, "givenAt");
    }
  }
};

Instant investigate(ChildCase& c, Instant opened) {
  auto& t = c.t;
  c.inform_guardians(opened);
  auto limit = end_of(add_months(local_date(opened), 4));
  if (t.chance(20)) {
    auto when = t.chance(70) ? t.after(opened, 100) : t.near(limit);
    auto until = add_days(local_date(limit), t.number(-20, 60));
    c.tell(
        "InvestigationExtended", when,
        {{"newDueDate", format_date(until)}, {"reasonCode", "specialReasons"}, {"decidedBy", "unitManager"}});
    limit = end_of(until);
  }
  auto concluded = t.chance(50) ? t.near(limit) : t.after(opened, 60);
  c.take_part(opened, concluded);
  if (!t.chance(75)) return opened;
  c.tell("InvestigationConcluded", concluded, {{"outcome", t.pick({"measure", "noMeasure"})}}, "concludedAt");
  c.give_feedback(concluded);
  return concluded;
}

void hand_over(ChildCase& c, Instant from) {
  auto& t = c.t;
  auto asked = t.after(from, 5);
  auto id = t.new_id("o");
  json data = {
      {"handoverId", id}, {"fromUnit", c.units.back()}, {"toUnit", "bergby/ifoAdult"}, {"what", "case"}};
  c.tell("HandoverRequested", asked, data);
  if (t.chance(70))
    c.tell("HandoverAnswered",
           t.chance(40) ? t.after(asked, 5) : t.near(end_of(add_working_days(local_date(asked), 5))),
           {{"handoverId", id}, {"result", t.pick({"accepted", "rejected", "moreInfo"})}});
}

}  // namespace

void tell_child_case(Teller& t, Household& household, const Child& child) {
  ChildCase c{t, household, child, t.new_id("c"), "", {t.chance(80) ? reception : child_unit}};
  c.stream = "case/" + c.id;
  auto start = t.on(add_days(t.base, t.number(-6, 2)));
  c.open(start);
  household.cases.push_back({c.id, child.id, c.units.front(), false, start});
  if (t.chance(80))
    c.assign(t.chance(60) ? t.after(start, 1) : t.near(end_of(local_date(start))),
             t.pick({reception.c_str(), child_unit.c_str()}));
  auto reported = t.chance(80) ? start : t.after(start, 2);
  auto report = c.report(reported);
  if (t.chance(15)) c.indicate_violence(t.after(start, 2));
  auto last = reported;
  if (t.chance(85)) {
    auto limit = end_of(add_days(local_date(reported), t.chance(30) ? 0 : 14));
    last = t.chance(50) ? t.near(limit) : t.after(reported, 14);
    auto outcome = t.chance(70) ? std::string("open") : t.pick({"notOpen", "alreadyOpen"});
    c.decide(last, outcome, report);
    if (outcome == "open") last = investigate(c, last);
  }
  if (t.chance(25)) c.report(t.after(last, 20));
  for (int n = t.chance(25) ? int(t.number(1, 3)) : 0; n > 0; --n) hand_over(c, start);
  if (t.chance(25)) c.assign(t.after(last, 10), child_unit);
  if (!t.chance(50)) return;
  auto closed = t.after(std::max(last, start), 10) + std::chrono::seconds(1);
  c.tell("CaseClosed", closed, {{"reason", "concluded"}});
  if (!t.chance(30)) return;
  auto again = t.after(closed, 30) + std::chrono::seconds(1);
  c.open(again);
  auto second = c.report(again);
  if (t.chance(20)) c.indicate_violence(t.after(again, 2));
  if (t.chance(60)) {
    auto opened = t.after(again, 10);
    c.decide(opened, "open", second);
    if (t.chance(50)) investigate(c, opened);
  }
}

}  // namespace stafett::history
