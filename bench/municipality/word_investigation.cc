// Investigations, decisions, measures and their ends.
#include "sentence.h"

namespace stafett::municipality {
namespace {

using namespace schema;

bool adult(const Sentence& s) { return s.step.file >= adult_files; }

void decided(Sentence& s) {
  using Outcome = InvestigationDecided::Outcome;
  auto d = s.event.getData().initInvestigationDecided();
  d.setOutcome(s.step.a == 0 ? Outcome::NOT_OPEN : s.step.a == 1 ? Outcome::OPEN : Outcome::ALREADY_OPEN);
  d.setDecidedAt(s.at());
  d.setLegalRef("SoL 11:1");
  if (adult(s)) return;
  d.setReportId(s.ref('r').c_str());
  d.setPreliminaryAssessmentMade(s.flag(s.step.b));
}

void informed(Sentence& s) {
  using About = GuardiansInformed::About;
  auto d = s.event.getData().initGuardiansInformed();
  d.setGuardianId(s.who().c_str());
  d.setAbout(s.step.a == 0 ? About::REPORT : s.step.a == 1 ? About::INVESTIGATION_OPENED : About::DECISION);
  d.setStatus(s.step.b ? GuardiansInformed::Status::DEFERRED : GuardiansInformed::Status::INFORMED);
  if (!s.step.b) return;
  d.setDeferReason(GuardiansInformed::DeferReason::RISK_TO_CHILD);
  d.setReviewDate(s.day(14));
}

void extended(Sentence& s) {
  auto d = s.event.getData().initInvestigationExtended();
  d.setNewDueDate(s.day(60));
  d.setReasonCode(InvestigationExtended::ReasonCode::SPECIAL_REASONS);
  d.setDecidedBy(Role::UNIT_MANAGER);
}

void concluded(Sentence& s) {
  auto d = s.event.getData().initInvestigationConcluded();
  d.setConcludedAt(s.at());
  d.setOutcome(s.step.a ? InvestigationConcluded::Outcome::MEASURE
                        : InvestigationConcluded::Outcome::NO_MEASURE);
  d.setNeedsAssessed(s.mostly(95));
  d.setParentalAbilityAssessed(s.mostly(85));
  d.setSchoolingConsidered(s.mostly(70));
}

void best_interests(Sentence& s) {
  using Result = BestInterestsAssessed::Result;
  auto d = s.event.getData().initBestInterestsAssessed();
  d.setChildId(s.who().c_str());
  d.setByUnit(s.unit().c_str());
  d.setResult(s.chance.percent(80)   ? Result::IN_LINE
              : s.chance.percent(50) ? Result::CONFLICT
                                     : Result::UNCLEAR);
  d.setChildViewConsidered(s.mostly(70));
}

void checklist(Sentence& s) {
  using Affected = ChildChecklistCompleted::ChildAffected;
  auto d = s.event.getData().initChildChecklistCompleted();
  s.children([&](unsigned n) { return d.initChildrenFound(n); });
  d.setChildAffected(s.chance.percent(75)   ? Affected::YES
                     : s.chance.percent(70) ? Affected::NO
                                            : Affected::UNKNOWN);
}

void analysis(Sentence& s) {
  using View = ChildImpactAnalysisCompleted::ChildView;
  auto d = s.event.getData().initChildImpactAnalysisCompleted();
  d.setAnalysisId(s.ref('i').c_str());
  d.setChildId(s.who().c_str());
  d.setConcernsDecisionDraft(s.ref('d').c_str());
  d.setByUnit(s.unit().c_str());
  d.setCompletedAt(s.at());
  d.setJoint(s.flag(s.step.a));
  if (s.step.a) {
    auto units = d.initParticipatingUnits(2);
    units.set(0, s.unit().c_str());
    units.set(1, s.unit(Unit::child).c_str());
  }
  d.setChildHeardBefore(s.mostly(40));
  d.setChildView(s.chance.percent(45) ? View::INCLUDED : View::NOT_AVAILABLE);
}

MeasureKind measure_kind(const Sentence& s) {
  constexpr MeasureKind of_adults[] = {MeasureKind::INCOME_SUPPORT, MeasureKind::TREATMENT,
                                       MeasureKind::SHELTERED_HOUSING};
  if (s.step.a > 10) return of_adults[s.step.a - 11];
  return s.step.a ? MeasureKind::FOSTER_HOME : MeasureKind::OPEN_CARE;
}

void decision(Sentence& s) {
  using Kind = DecisionMade::Kind;
  using Affected = DecisionMade::ChildAffected;
  auto d = s.event.getData().initDecisionMade();
  d.setDecisionId(s.ref('d').c_str());
  d.setKind(s.step.a == 11   ? Kind::INCOME_SUPPORT
            : s.step.a == 13 ? Kind::SHELTERED_HOUSING
            : s.step.a == 1  ? Kind::PLACEMENT
                             : Kind::GRANT);
  if (s.step.b > 88) d.setKind(Kind::REJECT);
  d.setSubjectPersonId(s.who().c_str());
  d.setDecidedAt(s.at());
  d.setChildAffected(!adult(s) || s.step.b < 60 ? Affected::YES
                     : s.step.b < 80            ? Affected::NO
                                                : Affected::NOT_ASSESSED);
  d.setMeasureKind(measure_kind(s));
  if (adult(s) && s.step.b < 60) s.children([&](unsigned n) { return d.initChildrenAffected(n); });
}

void measure(Sentence& s) {
  auto d = s.event.getData().initMeasureStatusChanged();
  d.setMeasureId(s.ref('m').c_str());
  d.setMeasureKind(measure_kind(s));
  d.setStatus(s.step.b ? MeasureStatusChanged::Status::ENDED : MeasureStatusChanged::Status::STARTED);
  d.setAt(s.at());
  d.setVoluntary(s.mostly(90));
}

void followed_up(Sentence& s) {
  using Target = FollowUpRecorded::Target;
  using Effect = FollowUpRecorded::Effect;
  constexpr Effect effects[] = {Effect::DESIRED, Effect::PARTLY, Effect::PARTLY, Effect::NONE, Effect::WORSE};
  auto d = s.event.getData().initFollowUpRecorded();
  d.setTarget(s.step.a == 0   ? Target::MEASURE
              : s.step.a == 1 ? Target::COORDINATED_PLAN
                              : Target::ORIGINAL_CONCERN);
  d.setTargetId((s.step.a == 2 ? s.case_id() : s.ref(s.step.a == 0 ? 'm' : 'l')).c_str());
  d.setEffect(effects[s.step.b]);
  d.setChildAsStartingPoint(s.mostly(75));
}

void health(Sentence& s) {
  auto d = s.event.getData().initHealthFollowUpRecorded();
  d.setChildId(s.who().c_str());
  d.setHealthCardInFile(s.mostly(85));
  d.setHealthExam(s.day(-20));
  d.setNextDue(s.day(365));
}

void closed(Sentence& s) {
  using Reason = CaseClosed::Reason;
  auto d = s.event.getData().initCaseClosed();
  d.setReason(s.step.a == 0 ? Reason::NOT_OPENED : s.step.a == 1 ? Reason::CONCLUDED : Reason::MEASURE_ENDED);
}

}  // namespace

bool word_investigation(Sentence& s) {
  switch (s.step.what) {
    case What::investigation_decided:
      decided(s);
      return true;
    case What::guardians_informed:
      informed(s);
      return true;
    case What::investigation_extended:
      extended(s);
      return true;
    case What::investigation_concluded:
      concluded(s);
      return true;
    case What::best_interests_assessed:
      best_interests(s);
      return true;
    case What::child_checklist_completed:
      checklist(s);
      return true;
    case What::child_impact_analysis_completed:
      analysis(s);
      return true;
    case What::decision_made:
      decision(s);
      return true;
    case What::measure_status_changed:
      measure(s);
      return true;
    case What::follow_up_recorded:
      followed_up(s);
      return true;
    case What::health_follow_up_recorded:
      health(s);
      return true;
    case What::case_closed:
      closed(s);
      return true;
    default:
      return false;
  }
}

}  // namespace stafett::municipality
