// What follows on a measure, a placement or a plan: R30, R31, R32 (domain.md 4.1).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

namespace {

bool is_placement(const Event& measure) {
  static const std::set<std::string> kinds = {"fosterHome", "emergencyFosterHome", "residentialCare",
                                              "supportedHousing"};
  return kinds.count(measure.text("measureKind")) > 0;
}

std::optional<Instant> end_of_measure(const Told& told, const Event& started) {
  for (auto& e : told.events())
    if (e.is("MeasureStatusChanged") && e.case_id() == started.case_id() && e.when >= started.when &&
        e.text("measureId") == started.text("measureId") && e.text("status") == "ended")
      return e.when;
  return {};
}

// "R30 | `CoordinatedPlanAdopted` or measure started | `FollowUpRecorded` with effect, child as starting
// point | plan: at `nextFollowUp`; measure: 6 months"; 8.2 no. 14: closing waives it.
//
// Readings: "at" is by the end of that day; any effect that the field can hold is one, also `unknown`;
// follow-ups are noted in the case.
void r30(const Told& told, const Event& trigger, Duties& out) {
  bool plan = trigger.is("CoordinatedPlanAdopted");
  Standing s{trigger.when, end_of(plan ? *trigger.date("nextFollowUp") : add_months(trigger.day(), 6))};
  s.excused = closing_after(told, trigger.case_id(), trigger.when);
  for (auto& e : told.events())
    if (e.is("FollowUpRecorded") && e.case_id() == trigger.case_id() && e.when >= trigger.when &&
        e.text("target") == (plan ? "coordinatedPlan" : "measure") &&
        e.text("targetId") == trigger.text(plan ? "planId" : "measureId") && e.yes("childAsStartingPoint") &&
        !s.done)
      s.done = e.when;
  add(out, told, "R30", trigger, told.subject_of(trigger.case_id()), s);
}

// "R31 | `MeasureStatusChanged{started}` of a placement | `HealthFollowUpRecorded{healthCardInFile=true}`;
// follow-up repeated | 30 days; then yearly".
//
// Readings: two duties, as there are two things to show: the card within 30 days, unless the placement has
// ended by then (I39 looks at those of 30 days or more); and a follow-up, the card or not, within a year of
// the last, while the placement lasts.
void r31(const Told& told, const Event& started, Duties& out) {
  auto child = told.subject_of(started.case_id());
  auto seen = [&](Instant from, bool later, bool card) -> std::optional<Instant> {
    for (auto& e : told.events())
      if (e.is("HealthFollowUpRecorded") && e.text("childId") == child && e.case_id() == started.case_id() &&
          (later ? e.when > from : e.when >= from) && (!card || e.yes("healthCardInFile")))
        return e.when;
    return {};
  };
  auto ended = end_of_measure(told, started);
  Standing card{started.when, end_of(add_days(started.day(), 30)), seen(started.when, false, true), ended};
  card.child = child;
  add(out, told, "R31", started, child, card);
  auto from = started.when;
  for (bool later = false;; later = true) {
    Standing s{from, end_of(add_months(local_date(from), 12)), seen(from, later, false), ended};
    s.child = child;
    add(out, told, "R31", started, child, s);
    if (!s.done || (ended && *s.done >= *ended)) break;
    from = *s.done;
  }
}

bool below_school_age(const Told& told, const std::string& child, Date on) {
  auto adult = told.adulthood(child);
  return adult && on < add_months(local_date(*adult), -12 * 12);
}

// "R32 | Investigation open; placement or sheltered housing started | `SchoolSituationReported` | before
// conclusion; 14 days after placement | … below school age"; 8.2 no. 10: due at the conclusion.
//
// Readings: below school age is under six, a recorded exception like others; in an adult's case the children
// of the case move along; a report noted in another case of the family is about the same child.
void r32(const Told& told, const Event& trigger, const std::string& child, std::optional<Instant> due,
         Duties& out) {
  Standing s{trigger.when, due};
  s.child = child;
  for (auto& e : told.events())
    if (e.is("SchoolSituationReported") && e.text("childId") == child && e.when >= trigger.when && !s.done)
      s.done = e.when;
  add(out, told, "R32", trigger, child, s);
  if (below_school_age(told, child, trigger.day())) out.back().state = "waived";
}

}  // namespace

void follow_up(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    bool started = e.is("MeasureStatusChanged") && e.text("status") == "started";
    if (e.is("CoordinatedPlanAdopted") || started) r30(told, e, out);
    auto child = told.subject_of(e.case_id());
    if (started && is_placement(e) && told.is_kind(e.case_id(), "child") && told.is_minor(child, e.day()))
      r31(told, e, out);
  }
}

void schooling(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    bool opened =
        e.is("InvestigationDecided") && e.text("outcome") == "open" && told.is_kind(e.case_id(), "child");
    bool moved = e.is("MeasureStatusChanged") && e.text("status") == "started" &&
                 (is_placement(e) || e.text("measureKind") == "shelteredHousing");
    if (!opened && !moved) continue;
    for (auto& child : told.children_of(e.case_id(), e.when))
      if (told.is_minor(child, e.day()))
        r32(told, e, child, opened ? conclusion_of(told, e) : end_of(add_days(e.day(), 14)), out);
  }
}

}  // namespace stafett::oracle::detail
