// What is done with the child, and consent.
#include "sentence.h"

namespace stafett::municipality {
namespace {

using namespace schema;

void informed(Sentence& s) {
  using About = ChildInformed::About;
  constexpr About about[] = {About::RIGHTS, About::REPORT, About::DECISION, About::PARENT_MEASURE};
  auto d = s.event.getData().initChildInformed();
  d.setChildId(s.who().c_str());
  d.setAbout(s.step.a == 0 && s.chance.percent(50) ? About::INVESTIGATION : about[s.step.a]);
  d.setChannel(s.chance.percent(70)
                   ? ChildInformed::Channel::CONVERSATION
                   : s.chance.pick({ChildInformed::Channel::LETTER, ChildInformed::Channel::BROCHURE}));
  d.setAdapted(s.mostly(80));
}

void offered(Sentence& s) {
  using Response = ChildConversationOffered::Response;
  auto d = s.event.getData().initChildConversationOffered();
  d.setChildId(s.who().c_str());
  d.setByUnit(s.unit().c_str());
  d.setResponse(s.chance.percent(85) ? Response::ACCEPTED
                                     : s.chance.pick({Response::DECLINED, Response::NO_ANSWER}));
}

void heard(Sentence& s) {
  using Kind = ChildHeard::ConversationKind;
  using Interpreter = ChildHeard::Interpreter;
  auto d = s.event.getData().initChildHeard();
  d.setChildId(s.who().c_str());
  d.setConversationKind(s.step.a == 1 ? Kind::INVESTIGATING : Kind::SUPPORTING);
  d.setHeldAt(s.at());
  d.setByUnit(s.unit().c_str());
  d.setGuardianPresent(s.mostly(25));
  d.setMethod(
      s.chance.pick({ChildHeard::Method::CONVERSATION, ChildHeard::Method::BRA, ChildHeard::Method::GAME}));
  d.setInterpreter(s.step.b < 88   ? Interpreter::NONE
                   : s.step.b < 97 ? Interpreter::PROFESSIONAL
                   : s.step.b < 99 ? Interpreter::RELATIVE
                                   : Interpreter::CHILD);
  d.setDurationMin(s.chance.between(15, 75));
  d.setStage(s.step.a == 1 ? ChildHeard::Stage::INVESTIGATION : ChildHeard::Stage::MEASURE);
}

void view(Sentence& s) {
  using Source = ChildViewRecorded::Source;
  using Weight = ChildViewRecorded::WeightGiven;
  auto d = s.event.getData().initChildViewRecorded();
  d.setChildId(s.who().c_str());
  d.setSource(s.chance.percent(82) ? Source::CHILD
                                   : s.chance.pick({Source::ADULT_ON_BEHALF, Source::OBSERVATION}));
  d.setRegarding(
      s.chance.pick({ChildViewRecorded::Regarding::SITUATION, ChildViewRecorded::Regarding::MEASURE,
                     ChildViewRecorded::Regarding::SCHOOL, ChildViewRecorded::Regarding::CONTACT}));
  d.setWeightGiven(s.chance.pick({Weight::FOLLOWED, Weight::PARTLY, Weight::PARTLY, Weight::NOT_FOLLOWED}));
}

void not_heard(Sentence& s) {
  using Reason = ChildNotHeard::Reason;
  auto d = s.event.getData().initChildNotHeard();
  d.setChildId(s.who().c_str());
  d.setReason(
      s.chance.pick({Reason::AGE, Reason::DECLINED_BY_CHILD, Reason::TIME_SHORTAGE, Reason::UNREACHABLE}));
}

void support(Sentence& s) {
  using Kind = ParticipationSupportProvided::Kind;
  auto d = s.event.getData().initParticipationSupportProvided();
  d.setChildId(s.who().c_str());
  d.setKind(s.chance.pick({Kind::PICTURES, Kind::COMMUNICATION_TOOL, Kind::SPECIALIST_STAFF}));
}

void feedback(Sentence& s) {
  auto d = s.event.getData().initFeedbackGivenToChild();
  const bool report = s.step.a == 2;
  d.setChildId(s.who().c_str());
  d.setRegarding(report ? FeedbackGivenToChild::Regarding::REPORT
                        : FeedbackGivenToChild::Regarding::INVESTIGATION);
  d.setRefId((report ? s.ref('r') : s.case_id()).c_str());
  d.setGivenAt(s.at());
  d.setDecisionTold(s.mostly(95));
  d.setViewUseTold(s.mostly(55));
  d.setBestInterestsTold(s.mostly(50));
  d.setChannel(s.chance.percent(85) ? FeedbackGivenToChild::Channel::CONVERSATION
                                    : FeedbackGivenToChild::Channel::LETTER);
}

void survey(Sentence& s) {
  auto d = s.event.getData().initSurveyAnswered();
  d.setInstrument(s.chance.pick({SurveyAnswered::Instrument::VIEWPOINT, SurveyAnswered::Instrument::ORS}));
  d.setSentAt(s.at() - 3'600'000'000);
  d.setAnsweredAt(s.at());
  d.setChildId(s.who().c_str());
  auto scores = d.initScores(2);
  scores[0].setItem("wellbeing");
  scores[1].setItem("family");
  for (auto score : scores) score.setValue(s.chance.between(1, 10));
  d.setUsedInConversation(s.mostly(60));
}

ConsentScope scope(const Sentence& s) {
  return s.step.b ? ConsentScope::CHILD_CONVERSATION_IN_ADULT_CASE : ConsentScope::INFORMATION_SHARING;
}

template <class Builder>
void name_recipients(Sentence& s, Builder& d) {
  auto recipients = d.initRecipients(2);
  recipients.set(0, s.unit(s.step.b ? s.step.unit : Unit::income_support).c_str());
  recipients.set(1, s.unit(Unit::child).c_str());
}

void consent_asked(Sentence& s) {
  auto d = s.event.getData().initConsentRequested();
  d.setConsentId(s.ref('s').c_str());
  d.setGiverId(s.who().c_str());
  d.setSubjectId(s.person(s.step.a).c_str());
  d.setScope(scope(s));
  name_recipients(s, d);
  d.setWritten(s.mostly(80));
}

void consent_given(Sentence& s) {
  auto d = s.event.getData().initConsentGiven();
  d.setConsentId(s.ref('s').c_str());
  d.setGiverId(s.who().c_str());
  d.setScope(scope(s));
  name_recipients(s, d);
  d.setWritten(s.mostly(80));
  if (s.chance.percent(40)) d.setValidTo(s.day(180));
}

void consent_denied(Sentence& s) {
  auto d = s.event.getData().initConsentDenied();
  d.setConsentId(s.ref('s').c_str());
  d.setGiverId(s.who().c_str());
  d.setKind(ConsentDenied::Kind::REFUSED);
}

void shared(Sentence& s) {
  using Ground = InformationShared::Ground;
  auto d = s.event.getData().initInformationShared();
  d.setFromUnit(s.unit(s.step.a ? Unit::income_support : Unit::school).c_str());
  d.setToUnit(s.unit(Unit::child).c_str());
  s.one([&](unsigned n) { return d.initSubjectIds(n); }, s.who());
  d.setGround(s.chance.percent(60) ? Ground::OPEN_INVESTIGATION : Ground::CONSENT);
}

void secrecy(Sentence& s) {
  auto d = s.event.getData().initSecrecyInvoked();
  d.setByUnit(s.unit().c_str());
  d.setAgainstUnit(s.unit(Unit::child).c_str());
  d.setConsentAsked(s.mostly(50));
  d.setAlternativeOffered(s.chance.pick(
      {SecrecyInvoked::AlternativeOffered::NONE, SecrecyInvoked::AlternativeOffered::CONSENT_PROCESS}));
}

}  // namespace

bool word_participation(Sentence& s) {
  switch (s.step.what) {
    case What::child_informed:
      informed(s);
      return true;
    case What::child_conversation_offered:
      offered(s);
      return true;
    case What::child_heard:
      heard(s);
      return true;
    case What::child_view_recorded:
      view(s);
      return true;
    case What::child_not_heard:
      not_heard(s);
      return true;
    case What::participation_support_provided:
      support(s);
      return true;
    case What::feedback_given:
      feedback(s);
      return true;
    case What::survey_answered:
      survey(s);
      return true;
    case What::consent_requested:
      consent_asked(s);
      return true;
    case What::consent_given:
      consent_given(s);
      return true;
    case What::consent_denied:
      consent_denied(s);
      return true;
    case What::information_shared:
      shared(s);
      return true;
    case What::secrecy_invoked:
      secrecy(s);
      return true;
    default:
      return false;
  }
}

}  // namespace stafett::municipality
