// Plans that follow on one another and what is to come of them: R35, R36, R37, R39, R46 (domain.md 4.2).
#include <algorithm>

#include "casework/oracle.h"

namespace stafett::oracle::detail {

namespace {

std::string id_of(const Event& e) { return e.sent->stream.substr(e.sent->stream.find('/') + 1); }

// "R35 | calendar year within plan period | `SteeringDocumentAdopted{activityPlan}` | before the year;
// operational 31 Jan"; 8.2 no. 12: "the year is that of `validFrom`".
//
// Readings: every year that the plan's period touches and that has begun; a plan that begins within a year
// has the same month from its beginning; whenever before it was adopted; without an end the period goes on.
void r35(const Told& told, const Event& plan, Duties& out) {
  auto from = *plan.date("validFrom");
  auto to = plan.date("validTo");
  for (int year = int(civil(from).year()); start_of_day(make_date(year, 1, 1)) <= told.at; ++year) {
    if (to && *to < make_date(year, 1, 1)) break;
    auto begins = std::max(from, make_date(year, 1, 1));
    Standing s{start_of_day(begins), end_of(add_days(begins, 30))};
    if (s.created > told.at) continue;
    for (auto& e : told.events())
      if (e.is("SteeringDocumentAdopted") && e.text("kind") == "activityPlan" &&
          int(civil(*e.date("validFrom")).year()) == year && !s.done)
        s.done = e.when;
    add(out, told, "R35", plan, id_of(plan), s);
  }
}

// "R36 | plan `validTo` approaching | revised plan adopted | before new period (2024-01-01)"; LEK-01: validTo
// 2023-12-31.
//
// Reading: the revised plan is a new version of it, or replaces it, and begins later.
void r36(const Told& told, const Event& plan, Duties& out) {
  auto to = plan.date("validTo");
  if (!to) return;
  Standing s{plan.when, end_of(*to)};
  for (auto& e : told.events())
    if (e.is("SteeringDocumentAdopted") && e.text("kind") == "collaborationPlan" &&
        (e.text("replaces") == plan.text("documentId") || e.text("documentId") == plan.text("documentId")) &&
        e.when >= plan.when && *e.date("validFrom") > *plan.date("validFrom") && !s.done)
      s.done = e.when;
  add(out, told, "R36", plan, id_of(plan), s);
}

// "R37 | `PlanActivityRecorded{done}` | followedUp → analysed → acted (or "no action needed") | 90 days per
// step".
//
// Readings: each step that has been taken asks for the next, and one further on shows that it was taken; the
// activity dropped after all needs no more.
const std::vector<std::string> phases = {"planned", "done", "followedUp", "analysed", "acted"};

bool beyond(const Event& activity, const std::string& phase) {
  return std::find(phases.begin(), phases.end(), activity.text("phase")) >
             std::find(phases.begin(), phases.end(), phase) &&
         activity.text("phase") != "dropped";
}

void r37(const Told& told, const Event& step, Duties& out) {
  Standing s{step.when, end_of(add_days(step.day(), 90))};
  for (auto& e : told.events())
    if (e.is("PlanActivityRecorded") && e.text("activityId") == step.text("activityId") &&
        e.when >= step.when) {
      if (beyond(e, step.text("phase")) && !s.done) s.done = e.when;
      if (e.text("phase") == "dropped" && !s.excused) s.excused = e.when;
    }
  add(out, told, "R37", step, id_of(step), s);
}

// "R39 | coordinator appointed | `SteeringDocumentAdopted{implementationPlan}` | 6 months".
//
// Readings: from the appointment; the plan of that unit names it as a party or was adopted by it.
void r39(const Told& told, const Event& role, Duties& out) {
  Standing s{role.when, end_of(add_months(role.day(), 6))};
  for (auto& e : told.events())
    if (e.is("SteeringDocumentAdopted") && e.text("kind") == "implementationPlan" && e.when >= role.when &&
        (e.lists("parties", role.text("unitId")) || e.text("adoptedBy") == role.text("unitId")) && !s.done)
      s.done = e.when;
  add(out, told, "R39", role, id_of(role), s);
}

// "R46 | Ekerö assignment | overall plan Dec 2014; routines identified March 2015; action plan to boards
// March 2015 | fixed dates"; EKE-21: "`PlanActivityRecorded` with due dates".
void r46(const Told& told, const Event& planned, Duties& out) {
  auto due = planned.date("dueDate");
  if (!due) return;
  Standing s{planned.when, end_of(*due)};
  for (auto& e : told.events())
    if (e.is("PlanActivityRecorded") && e.text("activityId") == planned.text("activityId") &&
        e.when >= planned.when) {
      if (beyond(e, "planned") && !s.done) s.done = e.when;
      if (e.text("phase") == "dropped" && !s.excused) s.excused = e.when;
    }
  add(out, told, "R46", planned, id_of(planned), s);
}

}  // namespace

void plans(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (e.is("SteeringDocumentAdopted") && e.text("kind") == "collaborationPlan") {
      r35(told, e, out);
      r36(told, e, out);
    }
    if (e.is("RoleAppointed") && e.text("role") == "childRightsCoordinator") r39(told, e, out);
  }
}

void activities(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (!e.is("PlanActivityRecorded")) continue;
    auto phase = e.text("phase");
    if (phase == "done" || phase == "followedUp" || phase == "analysed") r37(told, e, out);
    if (e.text("phase") == "planned") r46(told, e, out);
  }
}

}  // namespace stafett::oracle::detail
