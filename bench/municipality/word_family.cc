// Persons, families, and how a case begins.
#include "sentence.h"

namespace stafett::municipality {
namespace {

using namespace schema;

void person(Sentence& s) {
  s.event.setSubject(("person/" + s.who()).c_str());
  auto d = s.event.getData().initPersonRegistered();
  d.setPersonId(s.who().c_str());
  d.setBirthDate(s.h.birth[s.step.who].days);
  d.setBirthDatePrecision(PersonRegistered::BirthDatePrecision::DAY);
  if (s.step.who < s.h.adults) return;
  const auto child = s.step.who - s.h.adults;
  d.setGender(s.h.girl[child] ? PersonRegistered::Gender::FEMALE : PersonRegistered::Gender::MALE);
  d.setDisability(s.h.disability[child] ? PersonRegistered::Disability::YES
                                        : PersonRegistered::Disability::NONE);
}

void relation(Sentence& s) {
  s.event.setSubject(("household/" + s.household_id()).c_str());
  auto d = s.event.getData().initFamilyRelationRecorded();
  d.setHouseholdId(s.household_id().c_str());
  d.setFromPersonId(s.who().c_str());
  d.setToPersonId(s.person(s.step.a).c_str());
  d.setRelation(s.step.b == 0 ? FamilyRelationRecorded::Relation::GUARDIAN
                              : FamilyRelationRecorded::Relation::HOUSEHOLD_MEMBER);
  d.setValidFrom(s.h.birth[s.step.a].days);
  d.setLivesTogether(s.mostly(85));
}

void opened(Sentence& s) {
  auto d = s.event.getData().initCaseOpened();
  d.setCaseId(s.case_id().c_str());
  d.setCaseKind(s.step.a == 0 ? CaseOpened::CaseKind::CHILD : CaseOpened::CaseKind::ADULT);
  d.setSubjectPersonId(s.who().c_str());
  d.setUnitId(s.unit().c_str());
  constexpr CaseOpened::Area areas[] = {CaseOpened::Area::CHILD_WELFARE, CaseOpened::Area::INCOME_SUPPORT,
                                        CaseOpened::Area::ADULT_MISUSE,
                                        CaseOpened::Area::RELATIONSHIP_VIOLENCE};
  d.setArea(areas[s.step.a]);
  d.setHouseholdId(s.household_id().c_str());
  if (s.step.a != 0) s.children([&](unsigned n) { return d.initChildrenInHousehold(n); });
  d.setDistrict(("lastorp/d" + std::to_string(s.h.district + 1)).c_str());
}

void reported(Sentence& s) {
  using Kind = ConcernReported::ReporterKind;
  using Concern = ConcernReported::ConcernKind;
  auto d = s.event.getData().initConcernReported();
  const bool violence = s.step.a != 0;
  const auto luck = s.step.b;
  const bool school = luck < 40;
  d.setReportId(s.ref('r').c_str());
  d.setChildId(s.who().c_str());
  d.setReceivedAt(s.at());
  d.setReporterKind(school      ? Kind::SCHOOL
                    : luck < 60 ? Kind::POLICE
                    : luck < 72 ? Kind::HEALTH_CARE
                    : luck < 80 ? Kind::SOCIAL_SERVICES
                    : luck < 85 ? Kind::PRESCHOOL
                    : luck < 95 ? Kind::PUBLIC
                                : Kind::ANONYMOUS);
  d.setReporterMandated(s.flag(luck < 85));
  d.initConcernKinds(1).set(
      0, violence ? Concern::VIOLENCE
                  : s.chance.pick({Concern::ABSENCE, Concern::NEGLECT, Concern::MISUSE, Concern::CRIME,
                                   Concern::FAMILY_RELATION, Concern::SELF_HARM}));
  d.setViolenceExposed(s.flag(violence && s.chance.percent(70)));
  d.setViolenceWitnessed(s.flag(violence && s.chance.percent(50)));
  if (violence) d.setVisibleInjury(s.mostly(10));
  if (!school) return;
  d.setReporterUnitId(s.unit(Unit::school).c_str());
  if (s.chance.percent(70)) {
    auto with = d.initPreparedWith(2);
    with.set(0, ConcernReported::Preparer::SCHOOL_MANAGEMENT);
    with.set(1, ConcernReported::Preparer::STUDENT_HEALTH);
  }
}

void applied(Sentence& s) {
  using Kind = ApplicationReceived::ApplicationKind;
  auto d = s.event.getData().initApplicationReceived();
  d.setApplicantId(s.who().c_str());
  d.setApplicationKind(s.step.a == 1   ? Kind::INCOME_SUPPORT
                       : s.step.a == 2 ? Kind::TREATMENT
                                       : Kind::SHELTERED_HOUSING);
  d.setReceivedAt(s.at());
  s.children([&](unsigned n) { return d.initChildrenConcerned(n); });
}

void protection(Sentence& s) {
  using Action = ProtectionAssessed::Action;
  auto d = s.event.getData().initProtectionAssessed();
  d.setReportId(s.ref('r').c_str());
  d.setImmediateNeed(s.flag(s.step.a));
  d.setAssessedAt(s.at());
  d.initActions(1).set(
      0, s.step.a ? s.chance.pick({Action::SAFETY_PLAN, Action::PLACEMENT, Action::POLICE_CONTACT})
                  : Action::NONE);
  d.setChildSeen(s.mostly(40));
}

void violence(Sentence& s) {
  auto d = s.event.getData().initViolenceIndicated();
  d.setSource(s.step.who < s.h.adults ? ViolenceIndicated::Source::PARENT : ViolenceIndicated::Source::CHILD);
  s.one([&](unsigned n) { return d.initVictims(n); }, s.who());
  d.setExposed(schema::Flag::YES);
  d.setWitnessed(s.mostly(50));
}

void asked(Sentence& s) {
  using Answer = ViolenceAsked::Answered;
  auto d = s.event.getData().initViolenceAsked();
  d.setAskedPersonId(s.who().c_str());
  d.setIsChild(s.flag(s.step.a));
  d.setSetting(s.chance.percent(80) ? ViolenceAsked::Setting::ALONE : ViolenceAsked::Setting::WITH_OTHERS);
  d.setAnswered(s.chance.percent(25) ? Answer::YES : s.chance.percent(80) ? Answer::NO : Answer::NO_ANSWER);
}

void risk(Sentence& s) {
  using Status = RiskSituationNotified::Status;
  auto d = s.event.getData().initRiskSituationNotified();
  d.setKind(RiskSituationNotified::Kind::EVICTION);
  d.setNotifiedAt(s.at());
  d.setStatus(s.step.a == 0 ? Status::OPEN : s.step.a == 1 ? Status::AVERTED : Status::EXECUTED);
  if (s.step.a == 0) d.setPlannedDate(s.day(30));
  d.setNotifier(RiskSituationNotified::Notifier::LANDLORD);
  s.children([&](unsigned n) { return d.initChildrenAffected(n); });
}

void school(Sentence& s) {
  using At = SchoolSituationReported::Attendance;
  constexpr At attendance[] = {At::NORMAL, At::CONCERN, At::CONCERN, At::HIGH_ABSENCE, At::NONE};
  auto d = s.event.getData().initSchoolSituationReported();
  d.setChildId(s.who().c_str());
  d.setAsOf(s.day());
  d.setAttendance(attendance[s.step.b]);
  d.setTrend(s.chance.pick({SchoolSituationReported::Trend::BETTER, SchoolSituationReported::Trend::SAME,
                            SchoolSituationReported::Trend::WORSE}));
  d.setReason(s.step.a ? SchoolSituationReported::Reason::FOLLOW_UP
                       : SchoolSituationReported::Reason::INVESTIGATION);
}

}  // namespace

bool word_family(Sentence& s) {
  s.event.setSubject(("case/" + s.case_id()).c_str());
  switch (s.step.what) {
    case What::person_registered:
      person(s);
      return true;
    case What::family_relation_recorded:
      relation(s);
      return true;
    case What::case_opened:
      opened(s);
      return true;
    case What::concern_reported:
      reported(s);
      return true;
    case What::application_received:
      applied(s);
      return true;
    case What::protection_assessed:
      protection(s);
      return true;
    case What::violence_indicated:
      violence(s);
      return true;
    case What::violence_asked:
      asked(s);
      return true;
    case What::risk_situation_notified:
      risk(s);
      return true;
    case What::school_situation_reported:
      school(s);
      return true;
    default:
      return false;
  }
}

}  // namespace stafett::municipality
