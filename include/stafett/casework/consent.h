#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stafett/casework/world.h"

// Who has to consent before units talk about a person, or to a child in an adult's case, and who has
// (domain.md 2.2, R10 to R11).
namespace stafett::casework {

struct ConsentQuestion {
  std::string person;     // whose information or conversation it is about: a child, or an adult
  std::string scope;      // of ConsentRequested: "childConversationInAdultCase"…
  std::string recipient;  // the unit that wants to
};

struct Giver {
  std::string person;
  std::string state;                // "notAsked", "asked", "given", "refused", "withdrawn" or "expired"
  std::vector<Position> positions;  // the events that say so, ascending
  std::optional<Date> valid_to;     // exclusive; of what was given, where it has an end
};

struct ConsentStanding {
  bool allowed = false;
  std::string ground;                       // "openInvestigation", "consent"; empty when not allowed
  std::optional<Position> ground_position;  // what opened the investigation
  std::vector<Giver> givers;  // everyone whose consent is asked for on that date, by id: the guardians of a
                              // child, an adult for itself
};

// As of the world's `at`. With an open child investigation of the child, talking to it and sharing about it
// need no consent; a team's or plan's meeting and care always do. Where nobody is known who could consent, it
// is not allowed.
ConsentStanding consent_standing(const World& world, const ConsentQuestion& question);

}  // namespace stafett::casework
