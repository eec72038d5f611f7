// From the concern report to the decision to open: R01, R02, R03 (domain.md 4.1).
#include "casework/oracle.h"

namespace stafett::oracle::detail {

namespace {

bool tells_of_violence(const Event& report) {
  return report.yes("violenceExposed") || report.yes("violenceWitnessed");
}

// "R01 | `ConcernReported` | `ProtectionAssessed` for the same child and report | at once … operational
// limit: same calendar day … | assessment event with `assessedAt ≥ receivedAt`".
//
// Reading: the same child is the subject of the assessment's case, whichever case of the child that is.
void r01(const Told& told, const Event& report, Duties& out) {
  Standing s{report.when, end_of(report.day())};
  s.child = report.text("childId");
  for (auto& e : told.events())
    if (e.is("ProtectionAssessed") && e.text("reportId") == report.text("reportId") &&
        told.subject_of(e.case_id()) == s.child && e.when >= report.when && !s.done)
      s.done = e.when;
  add(out, told, "R01", report, s.child, s);
}

// "R02 | `ConcernReported` | `InvestigationDecided` (open / notOpen / alreadyOpen) | 14 days … | decision
// event referring to `reportId`"; 8.2 no. 11: "R02 is `waived` by `alreadyOpen`".
//
// Reading: a decision is made on a report that has been received; `alreadyOpen` waives also late.
void r02(const Told& told, const Event& report, Duties& out) {
  Standing s{report.when, end_of(add_days(report.day(), 14))};
  s.child = report.text("childId");
  s.excused_late_too = true;
  for (auto& e : told.events()) {
    if (!e.is("InvestigationDecided") || e.case_id() != report.case_id() || e.when < report.when) continue;
    bool silent = e.text("reportId").empty() && !by_the_text(dispute::r02_decision_without_report);
    if (!silent && e.text("reportId") != report.text("reportId")) continue;
    auto& settled = e.text("outcome") == "alreadyOpen" ? s.excused : s.done;
    if (!settled) settled = e.when;
  }
  add(out, told, "R02", report, s.child, s);
}

// "R03 | `ConcernReported` with violence exposed or witnessed (or `ViolenceIndicated` on a minor in an intake
// case) | `InvestigationDecided{open}` with `preliminaryAssessmentMade=false` | … operational same day | rule
// in force from 2014-10-01 | … `breached` if notOpen or preliminary assessment made".
//
// Readings: the first decision that says yes or no settles it; `alreadyOpen` waives, as in R02 (D32), also
// late; a decision on another report is no answer to this one; one without a report is.
void r03(const Told& told, const Event& trigger, const std::string& child, const std::string& report_id,
         Duties& out) {
  if (trigger.day() < make_date(2014, 10, 1)) return;
  Standing s{trigger.when, end_of(trigger.day())};
  s.child = child;
  s.excused_late_too = true;
  bool breached = false;
  for (auto& e : told.events()) {
    if (!e.is("InvestigationDecided") || e.case_id() != trigger.case_id() || e.when < trigger.when) continue;
    if (!report_id.empty() && !e.text("reportId").empty() && e.text("reportId") != report_id) continue;
    if (breached || s.done || s.excused) continue;
    auto outcome = e.text("outcome");
    if (outcome == "alreadyOpen" && !s.excused) s.excused = e.when;
    if (outcome == "notOpen" || (outcome == "open" && e.yes("preliminaryAssessmentMade"))) breached = true;
    if (outcome == "open" && e.no("preliminaryAssessmentMade")) s.done = e.when;
  }
  add(out, told, "R03", trigger, child, s);
  if (breached) out.back().state = "breached";
}

// Readings: an intake is a child's open case in which nothing has been decided yet; the minor is the case's
// own child, a sibling's investigation is decided in the sibling's case (R52 and R53 see to that); where a
// report in the same intake already tells of violence, the indication asks for nothing more.
bool raises_r03(const Told& told, const Event& indication) {
  if (!told.is_kind(indication.case_id(), "child")) return false;
  bool open = false;
  std::optional<Instant> closed;
  for (auto& e : told.events()) {
    if (e.case_id() != indication.case_id() || e.when > indication.when) continue;
    if (e.is("CaseOpened")) open = true;
    if (!e.is("CaseClosed")) continue;
    open = false;
    closed = e.when;
  }
  bool decided = false, reported = false;
  for (auto& e : told.events()) {
    if (e.case_id() != indication.case_id() || e.when > indication.when || (closed && e.when <= *closed))
      continue;
    if (e.is("InvestigationDecided")) decided = true;
    if (e.is("ConcernReported") && tells_of_violence(e)) reported = true;
  }
  return open && !decided && !reported;
}

}  // namespace

void intake(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (e.is("ConcernReported") && told.is_minor(e.text("childId"), e.day())) {
      r01(told, e, out);
      r02(told, e, out);
      if (tells_of_violence(e)) r03(told, e, e.text("childId"), e.text("reportId"), out);
    }
    if (e.is("ViolenceIndicated") && raises_r03(told, e)) {
      auto child = told.subject_of(e.case_id());
      if (e.lists("victims", child) && told.is_minor(child, e.day())) r03(told, e, child, "", out);
    }
  }
}

}  // namespace stafett::oracle::detail
