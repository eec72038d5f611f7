// Questions and quarrels between units, and cases in which nothing happens: R22, R24, R27 (domain.md 4.1).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

namespace {

std::string subject_of(const Told& told, const Event& e) {
  return e.case_id().empty() ? e.sent->stream.substr(e.sent->stream.find('/') + 1)
                             : told.subject_of(e.case_id());
}

// "R22 | `ContactRequested` | `ContactAnswered` | 2 working days; urgent 2 h"; 8.2 no. 13: "2 h is elapsed
// time".
//
// Reading: it binds the two when one agreement has them both as parties.
void r22(const Told& told, const Event& request, Duties& out) {
  if (!bound(told, {request.text("fromUnit"), request.text("toUnit")}, request.when)) return;
  Standing s{request.when, request.yes("urgent") ? request.when + std::chrono::hours(2)
                                                 : end_of(add_working_days(request.day(), 2))};
  for (auto& e : told.events())
    if (e.is("ContactAnswered") && e.sent->stream == request.sent->stream && e.when >= request.when &&
        e.text("requestId") == request.text("requestId") && !s.done)
      s.done = e.when;
  add(out, told, "R22", request, subject_of(told, request), s);
}

// "R24 | `DisagreementRaised` | `DisagreementResolved`; else escalate a level | 5 working days per
// level"; 8.2 no. 12: "escalation moves `dueAt` to 5 working days after it".
//
// Readings: also when the level before had already failed: each level has its days; it binds when one of the
// units is a party.
void r24(const Told& told, const Event& raised, Duties& out) {
  bool party = false;
  for (auto& unit : raised.list("units")) party = party || bound(told, unit, raised.when);
  if (!party) return;
  Standing s{raised.when, end_of(add_working_days(raised.day(), 5))};
  for (auto& e : told.events())
    if (e.is("DisagreementResolved") && e.sent->stream == raised.sent->stream && e.when >= raised.when &&
        !s.done)
      s.done = e.when;
  for (auto& e : told.events())
    if (e.is("DisagreementEscalated") && e.sent->stream == raised.sent->stream && e.when >= raised.when &&
        (!s.done || e.when < *s.done))
      s.due = end_of(add_working_days(e.day(), 5));
  add(out, told, "R24", raised, subject_of(told, raised), s);
}

// "R27 | Open case | any substantive event | every 30 days (child case), 90 days (adult case) | … event not
// of kind correction or access"; 8.2 no. 14.
//
// Readings: it is the case that must not stand still, so the child's birthday does not end it; each event
// starts the next stretch; a stretch that ended in time tells nothing, unless no other followed it because
// the case was closed meanwhile. The closing ends the duty, it is no activity.
void r27(const Told& told, const Event& opened, Duties& out) {
  bool child = told.is_kind(opened.case_id(), "child");
  std::optional<Instant> closed;
  for (auto& e : told.events())
    if (e.is("CaseClosed") && e.case_id() == opened.case_id() && e.when >= opened.when && !closed)
      closed = e.when;
  auto from = opened.when;
  for (;;) {
    Standing s{from, end_of(add_days(local_date(from), child ? 30 : 90)), {}, closed};
    for (auto& e : told.events())
      if (e.case_id() == opened.case_id() && e.when > from && !e.is("CaseClosed") &&
          !e.is("EventCorrected") && !s.done)
        s.done = e.when;
    bool last = !s.done || (closed && *s.done >= *closed);
    if (last || *s.done >= *s.due) add(out, told, "R27", opened, told.subject_of(opened.case_id()), s);
    if (last) break;
    from = *s.done;
  }
}

}  // namespace

void answers(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (e.is("ContactRequested")) r22(told, e, out);
    if (e.is("DisagreementRaised")) r24(told, e, out);
  }
}

void silence(const Told& told, Duties& out) {
  // Reading: opened again without a closing in between, it was open all along.
  for (auto& e : told.events())
    if (e.is("CaseOpened") && open_at(told, e.case_id(), e.when) &&
        !open_at(told, e.case_id(), e.when - std::chrono::microseconds(1)))
      r27(told, e, out);
}

}  // namespace stafett::oracle::detail
