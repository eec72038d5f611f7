// The investigation and who answers for the case: R05, R07, R25, R26 (domain.md 4.1).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

std::optional<Instant> conclusion_of(const Told& told, const Event& opening) {
  for (auto& e : told.events())
    if (e.is("InvestigationConcluded") && e.case_id() == opening.case_id() && e.when >= opening.when)
      return e.when;
  return {};
}

namespace {

// "R05 | `InvestigationDecided{open}` in a child case | `GuardiansInformed{informed}` for each guardian | …
// operational 7 days | … `deferred` with reason and `reviewDate`; obligation re-opens at reviewDate".
//
// Readings: guardians at the date of the decision; the information and the deferral are about the opened
// investigation; a deferral in force moves the due time to the end of the review day and waives until that
// day begins; a deferral when it is already overdue changes nothing; it is owed to the guardian, so the
// child's birthday does not end it (8.2 no. 14).
void r05(const Told& told, const Event& opening, const std::string& guardian, Duties& out) {
  Standing s{opening.when, end_of(add_days(opening.day(), 7))};
  std::optional<Instant> waived_until;
  for (auto& e : told.events()) {
    if (!e.is("GuardiansInformed") || e.case_id() != opening.case_id() || e.when < opening.when ||
        e.text("guardianId") != guardian || e.text("about") != "investigationOpened")
      continue;
    if (e.text("status") == "informed" && !s.done) s.done = e.when;
    auto review = e.date("reviewDate");
    bool reasoned = !e.text("deferReason").empty();
    if (e.text("status") == "deferred" && review && reasoned && !s.done && e.when < *s.due) {
      s.due = end_of(*review);
      waived_until = start_of_day(*review);
    }
  }
  add(out, told, "R05", opening, guardian, s);
  if (out.back().state == "open" && waived_until && told.at < *waived_until) out.back().state = "waived";
}

// "R07 | `InvestigationDecided{open}` child case | `InvestigationConcluded` | 4 months"; "same day number
// four months later, clipped to month end"; 8.2 no. 11: "an extension moves `dueAt` to the end of
// `newDueDate`".
//
// Reading: only while the investigation runs and is not overdue.
void r07(const Told& told, const Event& opening, Duties& out) {
  Standing s{opening.when, end_of(add_months(opening.day(), 4)), conclusion_of(told, opening)};
  s.child = told.subject_of(opening.case_id());
  for (auto& e : told.events())
    if (e.is("InvestigationExtended") && e.case_id() == opening.case_id() && e.when >= opening.when &&
        e.when < *s.due && (!s.done || e.when < *s.done))
      s.due = end_of(*e.date("newDueDate"));
  add(out, told, "R07", opening, s.child, s);
}

// "R25 | `HandoverRequested` | `HandoverAnswered` | 5 working days"; 8.2 no. 12: "any answer settles it", no.
// 13: "Working days are Monday to Friday".
void r25(const Told& told, const Event& request, Duties& out) {
  Standing s{request.when, end_of(add_working_days(request.day(), 5))};
  for (auto& e : told.events())
    if (e.is("HandoverAnswered") && e.sent->stream == request.sent->stream && e.when >= request.when &&
        e.text("handoverId") == request.text("handoverId") && !s.done)
      s.done = e.when;
  add(out, told, "R25", request, told.subject_of(request.case_id()), s);
}

struct Held {
  Instant from, until;
};

std::vector<Held> responsibilities(const Told& told, const std::string& case_id) {
  std::vector<Held> out;
  for (auto& e : told.events())
    if (e.is("ResponsibilityAssigned") && e.case_id() == case_id && e.text("responsibility") == "case")
      out.push_back({*e.instant("from"), e.instant("until").value_or(instant_max)});
  return out;
}

bool held_at(const std::vector<Held>& held, Instant t) {
  for (auto& h : held)
    if (h.from <= t && t < h.until) return true;
  return false;
}

bool held_before(const std::vector<Held>& held, Instant t) {
  for (auto& h : held)
    if (h.from < t && t < h.until) return true;
  return false;
}

// "R26 | `ConcernReported` or open case | `ResponsibilityAssigned{case}` in force without gap | same day";
// 8.2 no. 12: "child cases only", no. 14: closing waives what is not yet due.
//
// Reading: one obligation for each gap, from the moment on which an open case has nobody (its opening, or the
// end of a responsibility) to the next responsibility in force; after the closing nothing more can fulfil it;
// only for a subject who is under 18 then. Opened again without a closing in between, it was open all along.
void r26(const Told& told, const Event& cause, Instant gap, Duties& out) {
  auto held = responsibilities(told, cause.case_id());
  Standing s{gap, end_of(local_date(gap))};
  s.child = told.subject_of(cause.case_id());
  if (!told.is_minor(s.child, local_date(gap))) return;
  for (auto& h : held)
    if (h.from >= gap && h.from < h.until && h.from <= told.at && (!s.done || h.from < *s.done))
      s.done = h.from;
  for (auto& e : told.events())
    if (e.is("CaseClosed") && e.case_id() == cause.case_id() && e.when >= gap && !s.excused)
      s.excused = e.when;
  if (s.excused && s.done && *s.excused <= *s.done) s.done.reset();
  add(out, told, "R26", cause, s.child, s);
}

}  // namespace

void investigation(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (!e.is("InvestigationDecided") || e.text("outcome") != "open" || !told.is_kind(e.case_id(), "child"))
      continue;
    auto child = told.subject_of(e.case_id());
    if (!told.is_minor(child, e.day())) continue;
    for (auto& guardian : told.guardians(child, e.day())) r05(told, e, guardian, out);
    r07(told, e, out);
  }
}

void responsibility(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (e.is("HandoverRequested")) r25(told, e, out);
    if (!told.is_kind(e.case_id(), "child")) continue;
    auto held = responsibilities(told, e.case_id());
    bool already = open_at(told, e.case_id(), e.when - std::chrono::microseconds(1));
    if (e.is("CaseOpened") && !already && open_at(told, e.case_id(), e.when) && !held_before(held, e.when))
      r26(told, e, e.when, out);
    if (!e.is("ResponsibilityAssigned") || e.text("responsibility") != "case") continue;
    auto until = e.instant("until");
    if (until && *until <= told.at && *until > *e.instant("from") && open_at(told, e.case_id(), *until) &&
        !held_at(held, *until))
      r26(told, e, *until, out);
  }
}

}  // namespace stafett::oracle::detail
