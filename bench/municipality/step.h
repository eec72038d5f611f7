#pragma once

#include <cstdint>
#include <vector>

#include "stafett/core/instant.h"

namespace stafett::municipality {

// The event types that the municipality's life consists of, by their names in the catalogue.
enum class What : std::uint8_t {
  person_registered,
  family_relation_recorded,
  case_opened,
  concern_reported,
  application_received,
  protection_assessed,
  investigation_decided,
  guardians_informed,
  violence_indicated,
  violence_asked,
  risk_situation_notified,
  school_situation_reported,
  investigation_extended,
  investigation_concluded,
  best_interests_assessed,
  child_checklist_completed,
  child_impact_analysis_completed,
  decision_made,
  measure_status_changed,
  follow_up_recorded,
  health_follow_up_recorded,
  case_closed,
  child_informed,
  child_conversation_offered,
  child_heard,
  child_view_recorded,
  child_not_heard,
  participation_support_provided,
  feedback_given,
  survey_answered,
  consent_requested,
  consent_given,
  consent_denied,
  information_shared,
  secrecy_invoked,
  contact_requested,
  contact_answered,
  responsibility_assigned,
  handover_requested,
  handover_answered,
  internal_coordination_agreed,
  mutual_update_given,
  disagreement_raised,
  disagreement_escalated,
  disagreement_resolved,
  coordinated_plan_adopted,
  meeting_called,
  meeting_held,
  team_met,
  deviation_reported,
  deviation_resolved,
  event_corrected,
  // Of the municipality itself:
  steering_document_adopted,
  forum_established,
  role_appointed,
  forum_called,
  forum_met,
  training_held,
  self_check_completed,
  status_report_submitted,
  outreach_recorded,
  plan_activity_recorded
};

enum class Unit : std::uint8_t {
  reception,
  child,
  income_support,
  adult,
  relationship_violence,
  open_care,
  foster_care,
  school,
  preschool,
  psychiatry,
  management
};

// One event to come, small: a household of years is some hundreds of these. The plan decides what happens
// when and to whom; what a decision means in an event's fields is said where it is put in words (wording.cc).
struct Step {
  Instant recorded, occurred;
  std::uint16_t serial = 0;  // in its story: gives the event its id
  What what{};
  Unit unit = Unit::reception;  // where it is told
  std::uint8_t file = 0;        // the case, numbered in the household; of adults from adult_files on
  std::uint8_t who = 0;         // the person, adults first
  std::uint8_t a = 0, b = 0;    // choices
  std::uint16_t ref = 0;        // number of the report, measure, meeting… it is about
};

inline constexpr std::uint8_t adult_files = 100;

// What one household or one year of the municipality tells, in the order it is recorded.
struct Story {
  bool of_household = true;
  std::uint64_t number = 0;  // the household's, or the year's
  std::vector<Step> steps;
};

}  // namespace stafett::municipality
