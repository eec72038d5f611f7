// The municipality's own: agreements, forums, training, checks.
#include "sentence.h"

namespace stafett::municipality {
namespace {

using namespace schema;

int year(const Sentence& s) { return static_cast<int>(s.story.number); }

std::int32_t first_of(int year) {
  return static_cast<std::int32_t>(
      std::chrono::sys_days(std::chrono::year(year) / std::chrono::January / 1).time_since_epoch().count());
}

void about(Sentence& s, const char* category, const std::string& id) {
  s.event.setSubject((std::string(category) + "/" + id).c_str());
}

constexpr const char* forums[] = {"twoPlusTwo", "steeringGroup",  "coordinatorNetwork",
                                  "childTeam",  "managerNetwork", "lefa"};

void document(Sentence& s) {
  using Kind = SteeringDocumentAdopted::Kind;
  struct Paper {
    const char* id;
    Kind kind;
    int years;
  };
  constexpr Paper papers[] = {{"agreement", Kind::AGREEMENT, 4},
                              {"plan", Kind::COLLABORATION_PLAN, 4},
                              {"routine-violence", Kind::ROUTINE, 0},
                              {"guideline-talks", Kind::GUIDELINE, 0},
                              {"activities", Kind::ACTIVITY_PLAN, 1}};
  const auto& paper = papers[s.step.a];
  const auto id = s.prefix + paper.id;
  about(s, "document", id);
  auto d = s.event.getData().initSteeringDocumentAdopted();
  d.setDocumentId(id.c_str());
  d.setKind(paper.kind);
  d.setVersion(static_cast<std::uint32_t>(year(s)));
  d.setAdoptedBy("lastorp/board");
  d.setValidFrom(first_of(year(s)));
  if (paper.years) d.setValidTo(first_of(year(s) - (paper.years == 4 ? year(s) % 4 : 0) + paper.years));
  // All that work with children and their parents are parties.
  auto parties = d.initParties(4);
  for (unsigned i = 0; i < 4; ++i) {
    constexpr Unit units[] = {Unit::reception, Unit::child, Unit::income_support, Unit::school};
    parties.set(i, s.unit(units[i]).c_str());
  }
}

void forum(Sentence& s) {
  using Kind = ForumEstablished::Kind;
  constexpr Kind kinds[] = {Kind::TWO_PLUS_TWO, Kind::STEERING_GROUP,  Kind::COORDINATOR_NETWORK,
                            Kind::CHILD_TEAM,   Kind::MANAGER_NETWORK, Kind::LEFA};
  const auto id = s.prefix + forums[s.step.a];
  about(s, "forum", id);
  auto d = s.event.getData().initForumEstablished();
  d.setForumId(id.c_str());
  d.setKind(kinds[s.step.a]);
  d.setPurpose("Collaboration for the best of children");
  auto parties = d.initParties(2);
  parties.set(0, s.unit(Unit::child).c_str());
  parties.set(1, s.unit(Unit::school).c_str());
  d.setValidFrom(first_of(year(s)));
  if (s.step.a == 0) d.setMinMeetingsPerYear(3);
  if (s.step.a == 1) d.setMinMeetingsPerYear(8);
  if (s.step.a == 2) d.setMinMeetingsPerTerm(3);
  d.setChildRightsStanding(s.flag(s.step.a == 4));
}

void role(Sentence& s) {
  about(s, "unit", s.unit(Unit::child));
  auto d = s.event.getData().initRoleAppointed();
  d.setRole(Role::CHILD_RIGHTS_COORDINATOR);
  d.setUnitId(s.unit(Unit::child).c_str());
  d.setValidFrom(s.day());
}

std::string meeting(const Sentence& s) {
  return s.prefix + "t-" + std::to_string(year(s)) + "-" + std::to_string(s.step.ref);
}

void called(Sentence& s) {
  about(s, "forum", s.prefix + forums[s.step.a]);
  auto d = s.event.getData().initMeetingCalled();
  d.setMeetingId(meeting(s).c_str());
  d.setKind(MeetingCalled::Kind::FORUM);
  d.setPlannedAt(s.at() + std::int64_t{9} * 86'400'000'000);
  d.setPurpose("Regular meeting");
  auto invited = d.initInvited(2);
  invited[0].setRole(Role::UNIT_MANAGER);
  invited[1].setRole(Role::HEAD_OF_ADMINISTRATION);
  auto agenda = d.initAgenda(1);
  agenda[0].setItem("Follow-up");
  agenda[0].setChildRights(s.flag(s.step.who));
}

void met(Sentence& s) {
  about(s, "forum", s.prefix + forums[s.step.a]);
  auto d = s.event.getData().initMeetingHeld();
  d.setMeetingId(meeting(s).c_str());
  d.setHeldAt(s.at());
  auto attended = d.initAttended(2);
  attended[0].setRole(Role::UNIT_MANAGER);
  attended[1].setRole(Role::HEAD_OF_ADMINISTRATION);
  d.setChildRightsItem(s.flag(s.step.who));
}

void training(Sentence& s) {
  using Topic = TrainingHeld::Topic;
  const bool induction = s.step.a < 25;
  about(s, "unit", s.unit());
  auto d = s.event.getData().initTrainingHeld();
  d.setTopic(s.chance.pick({Topic::CHILD_RIGHTS, Topic::CIA, Topic::CHILD_CONVERSATION, Topic::VIOLENCE}));
  d.setKind(induction ? TrainingHeld::Kind::INDUCTION : TrainingHeld::Kind::WORKSHOP);
  d.setHeldOn(s.day());
  d.setParticipants(s.chance.between(4, 30));
  d.setChildRightsModule(s.mostly(80));
}

void self_check(Sentence& s) {
  about(s, "unit", s.unit());
  auto d = s.event.getData().initSelfCheckCompleted();
  d.setKind(SelfCheckCompleted::Kind::CHECKLIST);
  d.setPeriod(std::to_string(year(s)).c_str());
  d.setResponseRate(s.chance.share());
}

void status_report(Sentence& s) {
  about(s, "unit", s.unit());
  auto d = s.event.getData().initStatusReportSubmitted();
  d.setYear(year(s) - 1);
  d.setSubmittedTo("lastorp/centralAdministration");
}

void outreach(Sentence& s) {
  about(s, "unit", s.unit());
  auto d = s.event.getData().initOutreachRecorded();
  d.setKind(OutreachRecorded::Kind::ADVICE_SUPPORT);
  d.setPeriodFrom(s.day(-80));
  d.setPeriodTo(s.day());
  d.setContacts(s.chance.between(10, 90));
}

void activity(Sentence& s) {
  using Phase = PlanActivityRecorded::Phase;
  constexpr Phase phases[] = {Phase::PLANNED, Phase::DONE, Phase::FOLLOWED_UP, Phase::ANALYSED, Phase::ACTED};
  const auto plan = s.prefix + "activities";
  about(s, "document", plan);
  auto d = s.event.getData().initPlanActivityRecorded();
  d.setActivityId((s.prefix + "y-" + std::to_string(year(s)) + "-" + std::to_string(s.step.ref)).c_str());
  d.setPlanId(plan.c_str());
  d.setPhase(phases[s.step.a]);
  d.setAt(s.day());
  if (s.step.a == 0) d.setDueDate(s.day(90));
  d.setOrigin(PlanActivityRecorded::Origin::PLAN);
}

}  // namespace

bool word_town(Sentence& s) {
  switch (s.step.what) {
    case What::steering_document_adopted:
      document(s);
      return true;
    case What::forum_established:
      forum(s);
      return true;
    case What::role_appointed:
      role(s);
      return true;
    case What::forum_called:
      called(s);
      return true;
    case What::forum_met:
      met(s);
      return true;
    case What::training_held:
      training(s);
      return true;
    case What::self_check_completed:
      self_check(s);
      return true;
    case What::status_report_submitted:
      status_report(s);
      return true;
    case What::outreach_recorded:
      outreach(s);
      return true;
    case What::plan_activity_recorded:
      activity(s);
      return true;
    default:
      return false;
  }
}

}  // namespace stafett::municipality
