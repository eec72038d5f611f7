// Violence that somebody has heard of: R52, R53 (domain.md 4.1).
#include <algorithm>

#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

namespace {

// "R52 | `ViolenceIndicated` with a minor victim, or other harm, noted by a mandated unit outside the child
// unit | `ConcernReported` per minor | at once; operational same day | … | report already made today".
//
// Readings: the unit that notes it is the event's `source`; the child unit is who receives and investigates
// (`ifoChild`, `ifoReception`); landlords and associations have no duty by law. A report made earlier the
// same day is the report that the rule asks for, so it fulfils.
void r52(const Told& told, const Event& noted, const std::string& child, Duties& out) {
  Standing s{noted.when, end_of(noted.day())};
  s.child = child;
  for (auto& e : told.events())
    if (e.is("ConcernReported") && e.text("childId") == child && e.day() >= noted.day() && !s.done)
      s.done = e.when;
  add(out, told, "R52", noted, child, s);
}

// "R53 | Violence or neglect reported for one child in a household | every other minor in the household is
// assessed (own report, protection assessment or recorded reason) | same day | … | sibling not in household |
// event per sibling".
//
// Readings: reported is `ConcernReported`; the household is the case's, else the child's; the day counts as a
// whole, also the hours before the report; the assessment is one in a case of the sibling (an event per
// sibling), being considered in another child's is not; the catalogue has no event for a recorded reason.
void r53(const Told& told, const Event& report, const std::string& sibling, Duties& out) {
  Standing s{report.when, end_of(report.day())};
  s.child = sibling;
  for (auto& e : told.events()) {
    bool about = (e.is("ConcernReported") && e.text("childId") == sibling) ||
                 (e.is("ProtectionAssessed") && told.subject_of(e.case_id()) == sibling);
    if (about && e.day() >= report.day() && !s.done) s.done = e.when;
  }
  add(out, told, "R53", report, sibling, s);
}

}  // namespace

void alarm(const Told& told, Duties& out) {
  // "noted by a mandated unit outside the child unit"
  std::set<std::string> not_bound = {"ifoChild", "ifoReception", "landlord", "ngo"};
  for (auto& e : told.events()) {
    if (e.is("ViolenceIndicated") && !not_bound.count(kind_of_unit(e.sent->source))) {
      auto victims = e.list("victims");
      for (auto& victim : std::set<std::string>(victims.begin(), victims.end()))
        if (told.is_minor(victim, e.day())) r52(told, e, victim, out);
    }
    if (!e.is("ConcernReported")) continue;
    auto child = e.text("childId");
    bool grave = e.yes("violenceExposed") || e.yes("violenceWitnessed") ||
                 e.lists("concernKinds", "violence") || e.lists("concernKinds", "neglect");
    if (!grave || !told.is_minor(child, e.day())) continue;
    auto household = household_of_case(told, e.case_id());
    if (household.empty()) household = told.household_of(child);
    if (household.empty()) continue;
    for (auto& sibling : told.minors(household, e.day()))
      if (sibling != child) r53(told, e, sibling, out);
  }
}

}  // namespace stafett::oracle::detail
