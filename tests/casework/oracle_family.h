#pragma once

#include <string>
#include <vector>

#include "casework/oracle.h"

// What several rule files ask about a family: who has its cases, whose consent holds, which agreement binds.
namespace stafett::oracle::detail {

std::string kind_of_unit(const std::string& unit);  // 8.1 no. 4
// The household of the case, else of its subject.
std::string household_of_case(const Told& told, const std::string& case_id);
// A case opened and closed at the same instant is closed.
bool open_at(const Told& told, const std::string& case_id, Instant t);
// The same, as long as it is disputed what a closing means for a case that is opened again.
bool known_open_at(const Told& told, const std::string& case_id, Instant t);
// Units that have open cases of the household at t.
std::set<std::string> units_of(const Told& told, const std::string& household, Instant t);
// Moments at which that may change, in order, each with the event that does it.
struct Turn {
  Instant when;
  const Event* event;
};
std::vector<Turn> turns(const Told& told, const std::string& household);
std::set<std::string> households(const Told& told);
// When the case is closed after t; empty while it stays open.
std::optional<Instant> closing_after(const Told& told, const std::string& case_id, Instant t);

// A stretch of time in which something holds of a household, and the event that begins it.
//
// Reading: of several at the same instant the last, and equal times are ordered by id.
struct Spell {
  const Event* begins;
  Instant from;
  std::optional<Instant> to = {};
};
// In which two units or more have open cases of it (8.2 no. 12).
std::vector<Spell> shared_spells(const Told& told, const std::string& household);
// The first coordination of the household from then on: naming both units, or joint.
std::optional<Instant> coordinated(const Told& told, const std::string& household, Instant from, bool joint);
// R18's exception: "no lawful ground to know (secrecy)".
std::optional<Instant> secrecy(const Told& told, const std::string& household, Instant from);
// R19, I22: whether the meeting, called or held, is one that has to have the item.
bool has_child_rights_item(const Told& told, const Event& meeting);
// The household of an eviction or a missing child, and its minors.
std::string household_of_risk(const Told& told, const Event& risk);
std::set<std::string> minors_at_risk(const Told& told, const Event& risk);
bool concerns_minors(const Told& told, const Event& risk);
bool of_household(const Told& told, const Event& risk, const Event& e);
std::optional<Instant> averted(const Told& told, const Event& risk);

// Whether agreements in force at t bind the unit, or all of them together in one.
bool bound(const Told& told, const std::set<std::string>& units, Instant t);
inline bool bound(const Told& told, const std::string& unit, Instant t) {
  return bound(told, std::set<std::string>{unit}, t);
}

// Whether the giver's consent in that scope about one of these persons holds at t for these recipients.
bool consents(const Told& told, const std::string& giver, const std::string& scope,
              const std::set<std::string>& persons, const std::vector<std::string>& recipients, Instant t);

}  // namespace stafett::oracle::detail
