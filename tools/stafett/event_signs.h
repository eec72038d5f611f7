#pragma once

#include <array>
#include <string_view>

#include "stafett/event/catalogue.h"

// The letters that stand for events on a timeline, and the row each is shown in.
namespace stafett::tools {

enum class SignRow : std::uint8_t { concern, child, decision, together };
inline constexpr std::size_t sign_rows = 4;

struct EventSign {
  std::string_view type;  // "ChildHeard"
  char letter;
  SignRow row;
};

// In the order of importance within a row: where there is no room for all, the first are shown.
inline constexpr std::array event_signs{
    EventSign{"ConcernReported", 'C', SignRow::concern},
    EventSign{"ViolenceIndicated", 'V', SignRow::concern},
    EventSign{"RiskSituationNotified", 'R', SignRow::concern},
    EventSign{"ProtectionAssessed", 'P', SignRow::concern},
    EventSign{"ApplicationReceived", 'A', SignRow::concern},
    EventSign{"ViolenceAsked", 'q', SignRow::concern},
    EventSign{"SchoolSituationReported", 'S', SignRow::concern},
    EventSign{"HealthFollowUpRecorded", 'h', SignRow::concern},
    EventSign{"ChildHeard", 'H', SignRow::child},
    EventSign{"FeedbackGivenToChild", 'F', SignRow::child},
    EventSign{"ChildNotHeard", 'n', SignRow::child},
    EventSign{"ChildViewRecorded", 'v', SignRow::child},
    EventSign{"ChildInformed", 'i', SignRow::child},
    EventSign{"ChildConversationOffered", 'o', SignRow::child},
    EventSign{"ParticipationSupportProvided", 'u', SignRow::child},
    EventSign{"SurveyAnswered", 's', SignRow::child},
    EventSign{"InvestigationDecided", 'I', SignRow::decision},
    EventSign{"InvestigationConcluded", 'X', SignRow::decision},
    EventSign{"DecisionMade", 'D', SignRow::decision},
    EventSign{"MeasureStatusChanged", 'M', SignRow::decision},
    EventSign{"CaseClosed", 'Z', SignRow::decision},
    EventSign{"ChildImpactAnalysisCompleted", 'a', SignRow::decision},
    EventSign{"ChildChecklistCompleted", 'k', SignRow::decision},
    EventSign{"BestInterestsAssessed", 'b', SignRow::decision},
    EventSign{"GuardiansInformed", 'g', SignRow::decision},
    EventSign{"InvestigationExtended", 'E', SignRow::decision},
    EventSign{"FollowUpRecorded", 'f', SignRow::decision},
    EventSign{"EventCorrected", 'z', SignRow::decision},
    EventSign{"ResponsibilityAssigned", 'r', SignRow::together},
    EventSign{"HandoverRequested", 'T', SignRow::together},
    EventSign{"HandoverAnswered", 't', SignRow::together},
    EventSign{"InternalCoordinationAgreed", 'J', SignRow::together},
    EventSign{"CoordinatedPlanAdopted", 'L', SignRow::together},
    EventSign{"MeetingHeld", 'W', SignRow::together},
    EventSign{"MeetingCalled", 'w', SignRow::together},
    EventSign{"ConsentGiven", 'Y', SignRow::together},
    EventSign{"ConsentDenied", 'N', SignRow::together},
    EventSign{"ConsentRequested", 'y', SignRow::together},
    EventSign{"InformationShared", 'e', SignRow::together},
    EventSign{"SecrecyInvoked", 'x', SignRow::together},
    EventSign{"MutualUpdateGiven", 'm', SignRow::together},
    EventSign{"ContactRequested", 'c', SignRow::together},
    EventSign{"ContactAnswered", 'd', SignRow::together},
    EventSign{"", '#', SignRow::together},  // whatever has no letter of its own
};

// Null for what is no event of a case, and for its opening, where the lane begins.
const EventSign* sign_of(const event::EventType& type);

}  // namespace stafett::tools
