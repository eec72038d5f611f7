// What a meeting is for, whom it invites, and the child's rights on its agenda: R19, R29, R43
// (domain.md 4.1, 4.2).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

const Event* forum_of(const Told& told, const Event& meeting) {
  const Event* out = nullptr;
  for (auto& e : told.events())
    if (e.is("ForumEstablished") && e.sent->stream == meeting.sent->stream && e.when <= meeting.when)
      out = &e;
  return out;
}

// 8.2 no. 12: "meetings whose unit or forum is party to an agreement in force or has `childRightsStanding`".
//
// Readings: the meeting's unit is the event's `source`; a forum is party by its id.
bool has_child_rights_item(const Told& told, const Event& meeting) {
  auto forum = forum_of(told, meeting);
  auto until = forum ? forum->date("validTo") : std::nullopt;
  if (forum && forum->yes("childRightsStanding") && *forum->date("validFrom") <= meeting.day() &&
      (!until || meeting.day() < *until))
    return true;
  if (bound(told, meeting.sent->source, meeting.when)) return true;
  return forum && bound(told, forum->text("forumId"), meeting.when);
}

namespace {

std::string subject_of(const Told& told, const Event& e) {
  return e.case_id().empty() ? e.sent->stream.substr(e.sent->stream.find('/') + 1)
                             : told.subject_of(e.case_id());
}

bool was_called(const Told& told, const Event& meeting) {
  for (auto& e : told.events())
    if (e.is("MeetingCalled") && e.sent->stream == meeting.sent->stream && e.when <= meeting.when &&
        e.text("meetingId") == meeting.text("meetingId"))
      return true;
  return false;
}

bool called_off(const Told& told, const Event& call) {
  for (auto& e : told.events())
    if (e.is("MeetingCalled") &&
        ((e.text("meetingId") == call.text("meetingId") && e.yes("cancelled") && e.when >= call.when) ||
         (e.text("supersedes") == call.text("meetingId") && e.when >= call.when)))
      return true;
  return false;
}

// "R19 | `MeetingCalled` / `MeetingHeld` in scope of the agreement | `purpose` non-empty;
// `childRightsItem=true` | at meeting"; 6.1 #8 and #10: the call without the item is flagged, the meeting
// held with it clears that.
//
// Readings: one obligation for a meeting that was called, by the end of the day it is planned for, settled by
// how it is held; a meeting that nobody called is judged when held. A call without a purpose is refused.
void r19_called(const Told& told, const Event& call, Duties& out) {
  if (call.yes("cancelled") || !has_child_rights_item(told, call)) return;
  Standing s{call.when, end_of(local_date(*call.instant("plannedAt")))};
  bool breached = false;
  for (auto& e : told.events()) {
    if (!e.is("MeetingHeld") || e.sent->stream != call.sent->stream || e.when < call.when ||
        e.text("meetingId") != call.text("meetingId") || s.done || breached)
      continue;
    if (e.yes("childRightsItem"))
      s.done = e.when;
    else
      breached = true;
  }
  add(out, told, "R19", call, subject_of(told, call), s);
  if (breached)
    out.back().state = "breached";
  else if (called_off(told, call) && !s.done)
    out.back().state = "waived";
}

// "R43 | manager network meeting (adult services) | child-rights item | each meeting".
void at_meeting(const Told& told, const char* rule, const Event& meeting, bool right, Duties& out) {
  add(out, told, rule, meeting, subject_of(told, meeting), Standing{meeting.when, meeting.when});
  out.back().state = right ? "fulfilled" : "breached";
}

bool invites(const Event& call, const char* role) {
  for (auto& who : (*call.data)["invited"])
    if (who.value("role", "") == role) return true;
  return false;
}

// "R29 | `MeetingCalled{sip}` for a child whose guardian has an adult case (or the reverse) | guardian's
// adult caseworker invited or informed (and child's caseworker for the adult's SIP) | in the call | … invited
// list contains the role"; 8.2 no. 12: "a superseded call does not count".
//
// Readings: the child of the call is the subject of its case; the other case is open when the call is made; a
// cancelled call asks for nobody.
void r29(const Told& told, const Event& call, Duties& out) {
  if (call.yes("cancelled")) return;
  bool right = invites(call, told.is_kind(call.case_id(), "child") ? "adultCaseworker" : "childCaseworker");
  bool superseded = false;
  for (auto& e : told.events())
    superseded = superseded || (e.is("MeetingCalled") && e.text("supersedes") == call.text("meetingId") &&
                                e.when >= call.when);
  if (superseded) return;
  bool child = told.is_kind(call.case_id(), "child");
  auto subject = told.subject_of(call.case_id());
  bool other = false;
  for (auto& e : told.events()) {
    if (!e.is("CaseOpened") || e.when > call.when || !open_at(told, e.case_id(), call.when)) continue;
    auto person = e.text("subjectPersonId");
    if (child)
      other = other || (e.text("caseKind") == "adult" && told.guardians(subject, call.day()).count(person));
    else
      other = other || (e.text("caseKind") == "child" && told.is_minor(person, call.day()) &&
                        told.guardians(person, call.day()).count(subject));
  }
  if (!other || (child && !told.is_minor(subject, call.day()))) return;
  add(out, told, "R29", call, subject, Standing{call.when, call.when});
  out.back().state = right ? "fulfilled" : "overdue";
}

}  // namespace

void meetings(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    bool called = e.is("MeetingCalled"), held = e.is("MeetingHeld");
    if (called && e.text("kind") == "sip" && !e.case_id().empty()) r29(told, e, out);
    if (!called && !held) continue;
    if (called) r19_called(told, e, out);
    if (held && has_child_rights_item(told, e) && !was_called(told, e))
      at_meeting(told, "R19", e, e.yes("childRightsItem"), out);
    auto forum = forum_of(told, e);
    if (held && forum && forum->text("kind") == "managerNetwork")
      at_meeting(told, "R43", e, e.yes("childRightsItem"), out);
  }
}

}  // namespace stafett::oracle::detail
