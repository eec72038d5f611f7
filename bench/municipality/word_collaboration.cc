// Between units: contacts, hand-overs, meetings, disagreements, deviations.
#include "sentence.h"

namespace stafett::municipality {
namespace {

using namespace schema;

void contact(Sentence& s) {
  using Kind = ContactRequested::Kind;
  auto d = s.event.getData().initContactRequested();
  d.setRequestId(s.ref('q').c_str());
  d.setFromUnit(s.unit().c_str());
  d.setToUnit(s.unit(Unit::income_support).c_str());
  d.setKind(s.chance.pick({Kind::EXISTING_CONTACT_CHECK, Kind::CONTACT, Kind::ADVICE}));
  d.setChildId(s.who().c_str());
  d.setUrgent(s.flag(s.step.a));
}

void answer(Sentence& s) {
  using Result = ContactAnswered::Result;
  auto d = s.event.getData().initContactAnswered();
  d.setRequestId(s.ref('q').c_str());
  d.setByUnit(s.unit().c_str());
  d.setAnsweredAt(s.at());
  d.setResult(s.chance.pick(
      {Result::ADVISED, Result::MEETING_BOOKED, Result::CONTACT_EXISTS, Result::NO_CONTACT_EXISTS}));
}

void responsibility(Sentence& s) {
  auto d = s.event.getData().initResponsibilityAssigned();
  d.setUnitId(s.unit().c_str());
  d.setResponsibility(s.step.a ? ResponsibilityAssigned::Responsibility::EVICTION
                               : ResponsibilityAssigned::Responsibility::CASE);
  d.setFrom(s.at());
}

void handover(Sentence& s) {
  auto d = s.event.getData().initHandoverRequested();
  d.setHandoverId(s.ref('o').c_str());
  d.setFromUnit(s.unit().c_str());
  d.setToUnit(s.unit(Unit::child).c_str());
  d.setWhat(HandoverRequested::What::CASE);
  d.setPersonId(s.who().c_str());
}

void handover_answer(Sentence& s) {
  auto d = s.event.getData().initHandoverAnswered();
  d.setHandoverId(s.ref('o').c_str());
  d.setResult(s.step.a ? HandoverAnswered::Result::REJECTED : HandoverAnswered::Result::ACCEPTED);
  if (s.step.a) d.setReason(HandoverAnswered::Reason::CAPACITY);
}

void coordination(Sentence& s) {
  auto d = s.event.getData().initInternalCoordinationAgreed();
  auto units = d.initUnits(2);
  units.set(0, s.unit(Unit::child).c_str());
  units.set(1, s.unit(Unit::income_support).c_str());
  d.setJoint(s.mostly(60));
  d.setLeadForChildConversation(s.unit(Unit::child).c_str());
}

void update(Sentence& s) {
  auto d = s.event.getData().initMutualUpdateGiven();
  const bool from_child = s.step.unit == Unit::child;
  d.setFromUnit(s.unit().c_str());
  s.one([&](unsigned n) { return d.initToUnits(n); },
        s.unit(from_child ? Unit::income_support : Unit::child));
  s.one([&](unsigned n) { return d.initSharedCaseIds(n); }, s.case_id());
}

void disagreement(Sentence& s) {
  using Topic = DisagreementRaised::Topic;
  s.event.setSubject(("disagreement/" + s.ref('x')).c_str());
  auto d = s.event.getData().initDisagreementRaised();
  d.setDisagreementId(s.ref('x').c_str());
  auto units = d.initUnits(2);
  units.set(0, s.unit(Unit::child).c_str());
  units.set(1, s.unit(Unit::income_support).c_str());
  d.setTopic(s.chance.pick({Topic::RESPONSIBILITY, Topic::COST, Topic::BEST_INTERESTS}));
  s.one([&](unsigned n) { return d.initCaseIds(n); }, s.case_id());
  s.one([&](unsigned n) { return d.initChildrenAffected(n); }, s.who());
}

void escalation(Sentence& s) {
  s.event.setSubject(("disagreement/" + s.ref('x')).c_str());
  auto d = s.event.getData().initDisagreementEscalated();
  d.setDisagreementId(s.ref('x').c_str());
  d.setToLevel(DisagreementEscalated::Level::UNIT_MANAGER);
}

void resolution(Sentence& s) {
  s.event.setSubject(("disagreement/" + s.ref('x')).c_str());
  auto d = s.event.getData().initDisagreementResolved();
  d.setDisagreementId(s.ref('x').c_str());
  d.setOutcome(DisagreementResolved::Outcome::AGREED);
  d.setLevel(DisagreementEscalated::Level::CASEWORKER);
  d.setChildBestReasoned(s.mostly(70));
}

void plan(Sentence& s) {
  auto d = s.event.getData().initCoordinatedPlanAdopted();
  d.setPlanId(s.ref('l').c_str());
  d.setKind(CoordinatedPlanAdopted::Kind::SIP);
  auto parties = d.initParties(2);
  parties.set(0, s.unit(Unit::child).c_str());
  parties.set(1, s.unit(Unit::psychiatry).c_str());
  d.setChildId(s.who().c_str());
  d.setNextFollowUp(s.day(120));
  d.setChildTookPart(s.mostly(60));
}

void participants(Sentence& s, capnp::List<Participant>::Builder list) {
  list[0].setRole(Role::CHILD_CASEWORKER);
  list[0].setUnitId(s.unit().c_str());
  list[1].setRole(Role::GUARDIAN);
  list[1].setPersonId(s.person(0).c_str());
  if (list.size() > 2) {
    list[2].setRole(s.step.a ? Role::ADULT_CASEWORKER : Role::REPORTER);
    if (s.step.a) list[2].setUnitId(s.unit(Unit::income_support).c_str());
  }
}

void called(Sentence& s) {
  auto d = s.event.getData().initMeetingCalled();
  d.setMeetingId(s.ref('t').c_str());
  d.setKind(s.step.a ? MeetingCalled::Kind::SIP : MeetingCalled::Kind::CONCERN_MEETING);
  d.setPlannedAt(s.at() + std::int64_t{7} * 86'400'000'000);
  d.setPurpose(s.step.a ? "Coordinated plan" : "Meeting about the report");
  participants(s, d.initInvited(s.chance.percent(70) ? 3 : 2));
}

void held(Sentence& s) {
  auto d = s.event.getData().initMeetingHeld();
  d.setMeetingId(s.ref('t').c_str());
  d.setHeldAt(s.at());
  participants(s, d.initAttended(s.chance.percent(60) ? 3 : 2));
  d.setChildRightsItem(s.mostly(70));
  d.setChildPresent(s.mostly(45));
}

// A child team that talks about this child.
void team(Sentence& s) {
  s.event.setSubject(("forum/" + s.prefix + "childTeam").c_str());
  auto d = s.event.getData().initMeetingHeld();
  d.setMeetingId(s.ref('t').c_str());
  d.setHeldAt(s.at());
  auto attended = d.initAttended(1);
  attended[0].setRole(Role::PRESCHOOL_STAFF);
  attended[0].setUnitId(s.unit(Unit::preschool).c_str());
  d.setChildRightsItem(s.mostly(80));
  s.one([&](unsigned n) { return d.initCaseRefs(n); }, s.case_id());
}

void deviation(Sentence& s) {
  constexpr DeviationReported::Kind kinds[] = {DeviationReported::Kind::COLLABORATION_OBSTACLE,
                                               DeviationReported::Kind::AGREEMENT_BREACH,
                                               DeviationReported::Kind::MISSED_DEADLINE,
                                               DeviationReported::Kind::CHILD_AS_INTERPRETER,
                                               DeviationReported::Kind::PREMISES,
                                               DeviationReported::Kind::MISSING_ROUTINE,
                                               DeviationReported::Kind::CONSENT_BREACH,
                                               DeviationReported::Kind::OTHER};
  s.event.setSubject(("deviation/" + s.ref('v')).c_str());
  auto d = s.event.getData().initDeviationReported();
  d.setDeviationId(s.ref('v').c_str());
  d.setKind(kinds[s.step.a]);
  s.one([&](unsigned n) { return d.initUnits(n); }, s.unit());
  d.setOccurredOn(s.day());
  d.setCaseId(s.case_id().c_str());
}

void deviation_resolved(Sentence& s) {
  s.event.setSubject(("deviation/" + s.ref('v')).c_str());
  auto d = s.event.getData().initDeviationResolved();
  d.setDeviationId(s.ref('v').c_str());
  d.setAction(
      s.chance.pick({DeviationResolved::Action::ROUTINE_CHANGED, DeviationResolved::Action::RESOLVED_IN_CASE,
                     DeviationResolved::Action::NO_ACTION}));
  d.setAt(s.at());
}

}  // namespace

bool word_collaboration(Sentence& s) {
  switch (s.step.what) {
    case What::contact_requested:
      contact(s);
      return true;
    case What::contact_answered:
      answer(s);
      return true;
    case What::responsibility_assigned:
      responsibility(s);
      return true;
    case What::handover_requested:
      handover(s);
      return true;
    case What::handover_answered:
      handover_answer(s);
      return true;
    case What::internal_coordination_agreed:
      coordination(s);
      return true;
    case What::mutual_update_given:
      update(s);
      return true;
    case What::disagreement_raised:
      disagreement(s);
      return true;
    case What::disagreement_escalated:
      escalation(s);
      return true;
    case What::disagreement_resolved:
      resolution(s);
      return true;
    case What::coordinated_plan_adopted:
      plan(s);
      return true;
    case What::meeting_called:
      called(s);
      return true;
    case What::meeting_held:
      held(s);
      return true;
    case What::team_met:
      team(s);
      return true;
    case What::deviation_reported:
      deviation(s);
      return true;
    case What::deviation_resolved:
      deviation_resolved(s);
      return true;
    default:
      return false;
  }
}

}  // namespace stafett::municipality
