// The child's information, voice and feedback, and the question about violence: R14 to R17 (domain.md 4.1).
#include "casework/oracle.h"

namespace stafett::oracle::detail {

// Reading: whom the decision names, else the children of the case; only those under 18 that day.
std::set<std::string> affected_children(const Told& told, const Event& decision) {
  std::set<std::string> out;
  for (auto& child : decision.list("childrenAffected"))
    if (told.is_minor(child, decision.day())) out.insert(child);
  if (decision.data->contains("childrenAffected")) return out;
  for (auto& child : told.children_of(decision.case_id(), decision.when))
    if (told.is_minor(child, decision.day())) out.insert(child);
  return out;
}

// "adult case: before or at start of the measure, or within 14 days of the decision when no measure starts";
// 8.2 no. 10: due "at the … start of the measure", and no. 8: an exclusive instant.
//
// Reading: a measure that starts later than 14 days after the decision gives no more time.
Instant adult_information_due(const Told& told, const Event& decision) {
  auto due = end_of(add_days(decision.day(), 14));
  for (auto& e : told.events())
    if (e.is("MeasureStatusChanged") && e.case_id() == decision.case_id() && e.text("status") == "started" &&
        e.when >= decision.when && e.when < due)
      due = e.when;
  return due;
}

std::optional<Instant> first_decision(const Told& told, const std::string& case_id, Instant from) {
  for (auto& e : told.events())
    if (e.is("DecisionMade") && e.case_id() == case_id && e.when >= from) return e.when;
  return {};
}

bool is_declined_feedback(const Event& feedback) { return feedback.yes("declinedByChild"); }

// R16: "feedback with `decisionTold`"; D10: "Letter counts as informed about decision, not as feedback talk".
bool is_feedback_talk(const Event& feedback) {
  auto channel = feedback.text("channel");
  return feedback.yes("decisionTold") && !is_declined_feedback(feedback) &&
         (channel.empty() || channel == "conversation");
}

namespace {

std::optional<Instant> later(std::optional<Instant> a, std::optional<Instant> b) {
  return a && b ? std::max(a, b) : std::nullopt;
}

// "R14 | Child affected by investigation or parent's measure | `ChildInformed` | child case: before
// conclusion; adult case: … | informed event, adapted".
//
// Readings: in the same case; information given during the intake is not repeated, so it counts; in an adult
// case it must be about the parent's measure or the decision.
std::optional<Instant> informed(const Told& told, const Event& trigger, const std::string& child,
                                bool adult) {
  for (auto& e : told.events())
    if (e.is("ChildInformed") && e.case_id() == trigger.case_id() && e.text("childId") == child &&
        e.yes("adapted") &&
        (!adult || e.text("about") == "parentMeasure" ||
         (e.text("about") == "decision" && e.when >= trigger.when)))
      return e.when;
  return {};
}

void r14(const Told& told, const Event& trigger, const std::string& child, bool adult, Duties& out) {
  Standing s{trigger.when};
  s.due = adult ? adult_information_due(told, trigger) : conclusion_of(told, trigger);
  s.done = informed(told, trigger, child, adult);
  s.child = child;
  add(out, told, "R14", trigger, child, s);
  // D16: "information duty stays open but shown as "blocked", not overdue".
  //
  // Reading: and nothing dates it any more while it is not done.
  for (auto& e : told.events()) {
    auto& duty = out.back();
    if ((duty.state == "overdue" || duty.state == "open") && e.is("ChildNotHeard") &&
        e.case_id() == trigger.case_id() && e.text("childId") == child &&
        e.text("reason") == "consentRefused" && e.when >= trigger.when) {
      duty.state = "open";
      duty.due.reset();
    }
  }
}

// Whether the coordination is about the child's family: in a case of the child, or one that it stands behind.
bool coordinates(const Told& told, const Event& agreed, const std::string& child) {
  if (told.children_of(agreed.case_id(), agreed.when).count(child)) return true;
  auto household = told.household_of(child);
  auto other =
      told.opening(agreed.case_id()) ? told.opening(agreed.case_id())->text("householdId") : std::string();
  if (other.empty()) other = told.household_of(told.subject_of(agreed.case_id()));
  return !household.empty() && household == other;
}

// D7: "Only `ChildHeard` by a unit with the child's case (or lead unit)".
bool heard_by_right_unit(const Told& told, const Event& talk) {
  auto by = talk.text("byUnit");
  for (auto& e : told.events()) {
    if (e.is("CaseOpened") && e.text("caseKind") == "child" &&
        e.text("subjectPersonId") == talk.text("childId") &&
        (e.text("unitId") == by || told.unit_of(e.case_id(), talk.when) == by))
      return true;
    if (e.is("ResponsibilityAssigned") && e.text("responsibility") == "case" && e.text("unitId") == by &&
        told.subject_of(e.case_id()) == talk.text("childId") && *e.instant("from") <= talk.when)
      return true;
    if (e.is("InternalCoordinationAgreed") && e.when <= talk.when &&
        e.text("leadForChildConversation") == by && coordinates(told, e, talk.text("childId")))
      return true;
  }
  return false;
}

// R11: "`ConsentGiven{childConversationInAdultCase}` by the concerned parent and every other guardian |
// before".
bool consented(const Told& told, const Event& talk) {
  if (!by_the_text(dispute::r15_talk_without_consent)) return true;
  auto child = talk.text("childId");
  auto givers = told.guardians(child, talk.day());
  for (auto& giver : givers) {
    bool given = false;
    for (auto& e : told.events())
      given = given || (e.is("ConsentGiven") && e.case_id() == talk.case_id() && e.text("giverId") == giver &&
                        e.text("scope") == "childConversationInAdultCase" && e.when < talk.when &&
                        e.lists("recipients", talk.text("byUnit")));
    if (!given) return false;
  }
  return true;
}

// "R15 | `InvestigationDecided{open}` child case; adult case with `childAffected=yes` | `ChildHeard` +
// `ChildViewRecorded{source=child}`, or `ChildNotHeard` with reason (in an adult case: own talk only after
// R11; a talk in the child's own investigation counts too) | child case: before conclusion …; adult case:
// before the decision | … | both events; `ChildNotHeard` only waives, never fulfils".
//
// Reading: in an adult case the text limits where the talk may have been, not where the view was noted.
void r15(const Told& told, const Event& trigger, const std::string& child, std::optional<Instant> due,
         Duties& out) {
  bool adult = told.is_kind(trigger.case_id(), "adult");
  Standing s{trigger.when, due};
  s.child = child;
  std::optional<Instant> heard, viewed;
  for (auto& e : told.events()) {
    bool here = e.case_id() == trigger.case_id();
    bool own = adult && told.is_kind(e.case_id(), "child") && told.subject_of(e.case_id()) == child;
    if (e.text("childId") != child) continue;
    if (e.is("ChildViewRecorded") && (here || adult) && e.text("source") == "child" && !viewed)
      viewed = e.when;
    if (!here && !own) continue;
    if (e.is("ChildHeard") && !heard && (adult && here ? consented(told, e) : heard_by_right_unit(told, e)))
      heard = e.when;
    if (e.is("ChildNotHeard") && here && e.when >= trigger.when && !s.excused) s.excused = e.when;
  }
  s.done = later(heard, viewed);
  add(out, told, "R15", trigger, child, s);
}

// Reading: in an adult case one obligation for each child, from the first checklist that says the child is
// affected, due at the next decision; a decision that says so before any checklist did raises one itself, due
// at once.
void r15_adult(const Told& told, Duties& out) {
  std::set<std::pair<std::string, std::string>> by_checklist;
  for (auto& e : told.events()) {
    if (!told.is_kind(e.case_id(), "adult") || !(e.is("ChildChecklistCompleted") || e.is("DecisionMade")) ||
        e.text("childAffected") != "yes")
      continue;
    std::set<std::string> children;
    if (e.is("DecisionMade"))
      children = affected_children(told, e);
    else
      for (auto& child : e.list("childrenFound"))
        if (told.is_minor(child, e.day())) children.insert(child);
    for (auto& child : children) {
      std::pair key{e.case_id(), child};
      bool decided = e.is("DecisionMade");
      if (decided ? by_checklist.count(key) > 0 : !by_checklist.insert(key).second) continue;
      r15(told, e, child, first_decision(told, e.case_id(), e.when), out);
    }
  }
}

// "R16 | `InvestigationConcluded` (child) or `DecisionMade` affecting a child whose view was taken |
// `FeedbackGivenToChild` | 14 days | … declined by child | feedback with `decisionTold`"; 8.2 no. 11:
// "conclusion and decision create one each; "view taken" is any own view of that child before".
//
// Readings: the condition of a view belongs to the decision; a view noted in the same minute is before; a
// child may decline also late; `refId` names the case or the decision wherever the feedback was noted.
void r16(const Told& told, const Event& trigger, const std::string& child, Duties& out) {
  bool decision = trigger.is("DecisionMade");
  auto ref = decision ? trigger.text("decisionId") : trigger.case_id();
  Standing s{trigger.when, end_of(add_days(trigger.day(), 14))};
  s.child = child;
  s.excused_late_too = true;
  for (auto& e : told.events()) {
    if (!e.is("FeedbackGivenToChild") || e.text("childId") != child || e.when < trigger.when ||
        e.text("regarding") != (decision ? "decision" : "investigation") || e.text("refId") != ref)
      continue;
    if (is_feedback_talk(e) && !s.done) s.done = e.when;
    if (is_declined_feedback(e) && !s.excused) s.excused = e.when;
  }
  add(out, told, "R16", trigger, child, s);
}

bool view_taken(const Told& told, const std::string& child, Instant by) {
  for (auto& e : told.events())
    if (e.is("ChildViewRecorded") && e.text("childId") == child && e.text("source") == "child" &&
        e.when <= by)
      return true;
  return false;
}

// "R17 | Child investigation open; adult case with children | `ViolenceAsked` to each child (child case) and
// to the adult (adult case) | before conclusion / first decision"; 8.3 no. 19: "R17 ask the case's subject in
// that case".
//
// Readings: children as known when the adult's case was opened; a question asked earlier in the case counts.
void r17(const Told& told, const Event& trigger, std::optional<Instant> due, bool adult, Duties& out) {
  auto subject = told.subject_of(trigger.case_id());
  Standing s{trigger.when, due};
  if (!adult) s.child = subject;
  for (auto& e : told.events())
    if (e.is("ViolenceAsked") && e.case_id() == trigger.case_id() && e.text("askedPersonId") == subject &&
        !s.done)
      s.done = e.when;
  add(out, told, "R17", trigger, subject, s);
}

}  // namespace

void participation(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    bool child_case = told.is_kind(e.case_id(), "child"), adult_case = told.is_kind(e.case_id(), "adult");
    auto subject = told.subject_of(e.case_id());
    bool minor = told.is_minor(subject, e.day());
    if (e.is("InvestigationDecided") && e.text("outcome") == "open" && child_case && minor) {
      r14(told, e, subject, false, out);
      r15(told, e, subject, conclusion_of(told, e), out);
      r17(told, e, conclusion_of(told, e), false, out);
    }
    if (e.is("InvestigationConcluded") && child_case && minor) r16(told, e, subject, out);
    if (e.is("DecisionMade") && e.text("childAffected") == "yes")
      for (auto& child : affected_children(told, e)) {
        if (adult_case) r14(told, e, child, true, out);
        if (view_taken(told, child, e.when)) r16(told, e, child, out);
      }
    if (e.is("CaseOpened") && adult_case && !told.children_of(e.case_id(), e.when).empty())
      r17(told, e, first_decision(told, e.case_id(), e.when), true, out);
  }
  r15_adult(told, out);
}

}  // namespace stafett::oracle::detail
