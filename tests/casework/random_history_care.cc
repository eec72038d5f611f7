// What is done for a family and what threatens it: measures, placements, plans and their follow-up; eviction,
// a child that is missing.
#include <algorithm>

#include "casework/random_history_teller.h"

namespace stafett::history {

namespace {

Instant end_of(Date day) { return start_of_day(add_days(day, 1)); }

void follow_up(Teller& t, const KnownCase& c, const char* target, const std::string& id, Instant from,
               Instant limit) {
  if (!t.chance(70)) return;
  t.tell("FollowUpRecorded", c.stream(), c.unit, t.chance(75) ? t.near(limit) : t.after(from, 30),
         {{"target", target},
          {"targetId", id},
          {"effect", t.pick({"desired", "partly", "none", "worse", "unknown"})},
          {"childAsStartingPoint", t.chance(80)}});
}

void look_after(Teller& t, const KnownCase& c, const Household& household) {
  auto id = t.new_id("s");
  auto kind = t.pick({"fosterHome", "emergencyFosterHome", "residentialCare", "supportedHousing",
                      "shelteredHousing", "openCare", "contactPerson", "treatment"});
  auto started = t.after(c.opened, 20);
  auto status = [&](Instant when, const char* what) {
    t.tell("MeasureStatusChanged", c.stream(), c.unit, when,
           {{"measureId", id}, {"measureKind", kind}, {"status", what}}, "at");
  };
  status(started, "started");
  follow_up(t, c, "measure", id, started, end_of(add_months(local_date(started), 6)));
  auto child = c.adult ? t.pick(household.children).id : c.subject;
  auto limit = end_of(add_days(local_date(started), 30));
  for (int n = int(t.number(0, 3)); n > 0; --n) {
    auto seen = t.near(limit);
    t.tell("HealthFollowUpRecorded", c.stream(), c.unit, seen,
           {{"childId", child}, {"healthCardInFile", t.chance(80)}});
    limit = t.chance(80) ? end_of(add_months(local_date(seen), 12)) : limit;
  }
  for (auto& k : household.children)
    if (t.chance(40))
      t.tell("SchoolSituationReported", c.stream(), "bergby/school",
             t.near(end_of(add_days(local_date(started), 14))),
             {{"childId", k.id}, {"asOf", format_date(local_date(started))}, {"attendance", "concern"}});
  if (t.chance(15)) status(t.after(started, 20), "paused");
  if (t.chance(40)) status(t.chance(50) ? t.after(started, 40) : t.near(limit), "ended");
}

void plan(Teller& t, const KnownCase& c, const std::string& child) {
  auto id = t.new_id("i");
  auto adopted = t.after(c.opened, 20);
  auto next = add_days(local_date(adopted), t.number(0, 60));
  t.tell("CoordinatedPlanAdopted", c.stream(), c.unit, adopted,
         {{"planId", id},
          {"kind", t.pick({"sip", "internal"})},
          {"parties", {c.unit, "bergby/school"}},
          {"childId", child},
          {"nextFollowUp", format_date(next)}});
  follow_up(t, c, "coordinatedPlan", id, adopted, end_of(next));
}

void talk_with_support(Teller& t, const KnownCase& c, const std::string& child) {
  auto held = t.after(c.opened, 20);
  json data = {
      {"childId", child}, {"conversationKind", "supporting"}, {"byUnit", c.unit}, {"guardianPresent", false}};
  if (t.chance(50)) data["interpreter"] = t.pick({"none", "professional", "relative", "child", "child"});
  if (t.chance(50))
    t.tell("ParticipationSupportProvided", c.stream(), c.unit, t.near(held),
           {{"childId", child}, {"kind", t.pick({"pictures", "interpreter"})}});
  if (t.chance(50))
    t.tell("ChildConversationOffered", c.stream(), c.unit, t.near(held),
           {{"childId", child}, {"byUnit", c.unit}});
  t.tell("ChildHeard", c.stream(), c.unit, held, data, "heldAt");
  if (!t.chance(50)) return;
  auto id = t.new_id("v");
  auto noted = t.chance(50) ? t.after(held, 1) : t.near(end_of(local_date(held)));
  json deviation = {{"deviationId", id},
                    {"kind", t.chance(85) ? "childAsInterpreter" : "premises"},
                    {"units", {c.unit}},
                    {"occurredOn", format_date(local_date(held))}};
  if (t.chance(85)) deviation["caseId"] = c.id;
  t.tell("DeviationReported", "deviation/" + id, c.unit, noted, deviation);
}

void evict(Teller& t, const KnownCase& c, const Household& household) {
  auto notified = t.after(c.opened, 10);
  auto stream = t.chance(75) ? c.stream() : "household/" + household.id;
  json data = {{"kind", t.pick({"eviction", "eviction", "eviction", "homelessness"})}, {"status", "open"}};
  auto planned = add_days(local_date(notified), t.number(0, 40));
  if (t.chance(80)) data["plannedDate"] = format_date(planned);
  if (t.chance(50)) data["childrenAffected"] = {household.children.front().id};
  t.tell("RiskSituationNotified", stream, c.unit, notified, data, "notifiedAt");
  auto limit = end_of(add_working_days(local_date(notified), 2));
  if (t.chance(65)) {
    auto assigned = t.chance(40) ? t.after(notified, 3) : t.near(limit);
    t.tell("ResponsibilityAssigned", c.stream(), c.unit, assigned,
           {{"unitId", c.unit},
            {"responsibility", t.chance(90) ? "eviction" : "health"},
            {"from", format_local(assigned)}});
  }
  auto around = [&] { return t.chance(50) ? t.near(start_of_day(planned)) : t.after(notified, 20); };
  if (t.chance(60)) {
    auto id = t.new_id("p");
    bool back = t.chance(30);
    std::string one = "bergby/incomeSupport",
                other = t.chance(80) ? "bergby/ifoChild" : "bergby/ifoReception";
    t.tell("ContactRequested", c.stream(), c.unit, around(),
           {{"requestId", id},
            {"fromUnit", back ? other : one},
            {"toUnit", back ? one : other},
            {"kind", "contact"}});
  }
  for (auto& child : household.children)
    if (c.adult && t.chance(40))
      t.tell("ChildChecklistCompleted", c.stream(), c.unit, around(),
             {{"childrenFound", {child.id}}, {"childAffected", t.pick({"yes", "no"})}});
  if (t.chance(40)) {
    data["status"] = t.pick({"averted", "executed"});
    t.tell("RiskSituationNotified", stream, c.unit, around(), data, "notifiedAt");
  }
}

void miss(Teller& t, const KnownCase& c) {
  auto since = t.after(c.opened, 10);
  json data = {{"kind", "missingChild"}, {"status", "open"}};
  if (t.chance(60)) data["childrenAffected"] = {c.subject};
  t.tell("RiskSituationNotified", c.stream(), c.unit, since, data, "notifiedAt");
  for (int n = int(t.number(0, 3)); n > 0; --n) {
    since = t.near(end_of(add_days(local_date(since), t.number(0, 1))));
    data["status"] = n == 1 && t.chance(70) ? "found" : "open";
    t.tell("RiskSituationNotified", c.stream(), c.unit, since, data, "notifiedAt");
  }
}

}  // namespace

void tell_measures(Teller& t, const Household& household) {
  for (auto& c : household.cases) {
    if (t.chance(60)) look_after(t, c, household);
    if (t.chance(40)) plan(t, c, c.adult ? t.pick(household.children).id : c.subject);
    if (t.chance(40)) talk_with_support(t, c, c.adult ? t.pick(household.children).id : c.subject);
  }
}

void tell_dangers(Teller& t, const Household& household) {
  for (auto& c : household.cases) {
    if (t.chance(50)) evict(t, c, household);
    if (!c.adult && t.chance(35)) miss(t, c);
  }
}

void tell_sip(Teller& t, const Household& household) {
  for (auto& c : household.cases) {
    std::string before;
    for (int n = int(t.number(0, 2)); n > 0; --n) {
      json invited = {{{"role", "guardian"}, {"personId", household.adults.front()}}};
      for (auto role : {"adultCaseworker", "childCaseworker", "schoolStaff"})
        if (t.chance(45)) invited.push_back({{"role", role}, {"unitId", c.unit}});
      auto called = t.after(c.opened, 30);
      auto id = t.new_id("m");
      json data = {{"meetingId", id},
                   {"kind", t.chance(80) ? "sip" : "concernMeeting"},
                   {"plannedAt", format_local(called + std::chrono::hours(200))},
                   {"purpose", "plan"},
                   {"invited", invited}};
      if (!before.empty() && t.chance(60)) data["supersedes"] = before;
      if (t.chance(10)) data["cancelled"] = true;
      t.tell("MeetingCalled", c.stream(), c.unit, called, data);
      before = id;
    }
  }
}

}  // namespace stafett::history
