// Self-checks, trainings and deviations: R40, R41, R44 (domain.md 4.2).
#include "casework/oracle.h"

namespace stafett::oracle::detail {

namespace {

std::string id_of(const Event& e) { return e.sent->stream.substr(e.sent->stream.find('/') + 1); }

// "R40 | unit in scope, year | `SelfCheckCompleted{checklist}` | once a year or at `nextDue`".
//
// Reading: a unit that has once made one is in scope; each asks for the next, a year later or by the end of
// the day it names.
void r40(const Told& told, const Event& check, Duties& out) {
  auto next = check.date("nextDue");
  Standing s{check.when, end_of(next ? *next : add_months(check.day(), 12))};
  for (auto& e : told.events())
    if (e.is("SelfCheckCompleted") && e.text("kind") == "checklist" && e.sent->stream == check.sent->stream &&
        e.when > check.when && !s.done)
      s.done = e.when;
  add(out, told, "R40", check, id_of(check), s);
}

// "R44 | `DeviationReported` (BUS) | `DeviationResolved` | 60 days".
void r44(const Told& told, const Event& report, Duties& out) {
  Standing s{report.when, end_of(add_days(report.day(), 60))};
  for (auto& e : told.events())
    if (e.is("DeviationResolved") && e.sent->stream == report.sent->stream && e.when >= report.when &&
        !s.done)
      s.done = e.when;
  add(out, told, "R44", report, id_of(report), s);
}

}  // namespace

void quality(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (e.is("SelfCheckCompleted") && e.text("kind") == "checklist") r40(told, e, out);
    if (e.is("DeviationReported")) r44(told, e, out);
    // "R41 | `TrainingHeld{induction}` | `childRightsModule=true` | at event".
    if (!e.is("TrainingHeld") || e.text("kind") != "induction") continue;
    add(out, told, "R41", e, id_of(e), Standing{e.when, e.when});
    out.back().state = e.yes("childRightsModule") ? "fulfilled" : "breached";
  }
}

}  // namespace stafett::oracle::detail
