#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stafett/core/calendar.h"
#include "stafett/event/recorded_event.h"

// The world as a set of events tells it: persons, guardianship, households, cases, responsibility. Built anew
// from the events for each question; what it says depends on the set of events only, never on the order they
// were registered in.
namespace stafett::casework {

using event::EventType;
using event::RecordedEvent;
using event::Value;

struct CaseFacts;

// An event as it counts: with corrections applied and at the time that rules use (domain.md 8.1 no. 6).
struct Fact {
  const RecordedEvent* event = nullptr;
  Instant when;                        // receivedAt, decidedAt, heldAt… where the data has one, else `time`
  std::span<const Value> fields;       // by Field::index, corrected
  const CaseFacts* in_case = nullptr;  // the case of its stream; null outside case streams
  bool visiting = false;  // its stream belongs to another dossier: it may settle here, never trigger

  std::uint16_t type() const { return event->type; }
  Position position() const { return event->position; }
};

// When rules take an event to have happened.
Instant effective_time(const RecordedEvent& event, std::span<const Value> fields);

struct Person {
  std::string_view id;
  Date birth_date;
  enum class Precision : std::uint8_t { day, month, year } precision = Precision::day;
  std::string_view gender, disability;  // as recorded; empty when not
  std::optional<bool> unaccompanied;

  // The birthday of that age; with only month or year known, the last possible one (domain.md D18).
  Date reaches(int age) const;
  // Full years on that date, by those birthdays.
  int age_on(Date on) const;
  Date adult_from() const { return reaches(18); }
};

struct Relation {
  std::string_view household, from, to, kind;  // `from` is the guardian (foster parent…) of `to`
  Date valid_from;
  std::optional<Date> valid_to;  // exclusive
  bool in_force(Date on) const { return valid_from <= on && (!valid_to || on < *valid_to); }
};

// A responsible unit for a case, in force [from, until).
struct Responsibility {
  Instant from, until;
  std::string_view unit;
  const Fact* fact;
};

struct CaseFacts {
  std::string_view id;
  std::string_view kind, area, subject, unit, district;  // of CaseOpened
  std::string_view household;                            // of CaseOpened, else its subject's
  const Fact* opened = nullptr;
  const Fact* closed = nullptr;                  // the closing that ended it, null while open
  std::vector<Responsibility> responsibilities;  // for the case itself, by time
  std::vector<const Fact*> facts;                // of its stream, by time

  bool open_at(Instant t) const;
  // The unit answerable at t: the one last made responsible, else the one that opened it.
  std::string_view unit_at(Instant t) const;
};

class World {
 public:
  // `events` in any order; those with `time` or effective time after `at` do not count. The events must
  // outlive it. `home`: what the dossier is about when no family: "unit/…" or "municipality/…".
  World(std::span<const RecordedEvent* const> own, std::span<const RecordedEvent* const> visiting, Instant at,
        std::string_view home = {});
  World(const World&) = delete;

  Instant at() const { return at_; }
  std::string_view home() const { return home_; }
  std::string_view home_id() const {
    return home_.empty() ? home_ : std::string_view(home_).substr(home_.find('/') + 1);
  }
  // The dossier's own events with `time` by at(), also those that corrections void.
  std::span<const RecordedEvent* const> own_events() const { return own_; }
  // The first moment after at() at which something that was given, but lies ahead, begins or ceases to count.
  Instant next_to_come() const { return next_to_come_; }
  std::span<const Fact* const> facts() const { return timeline_; }  // all, by time
  std::span<const Fact* const> of_type(std::uint16_t type) const;   // by time
  // Whether it has a fact of one of the types.
  bool has_any(std::span<const std::uint16_t> types) const;
  // The first fact of one of the types at or after t for which `holds(fact)`; null when there is none.
  template <class Holds>
  const Fact* first_since(Instant t, std::span<const std::uint16_t> types, Holds holds) const;
  // Those of the type that are about this child: its `childId`, else the child of a child's case. By time.
  std::span<const Fact* const> about(std::uint16_t type, std::string_view child) const;

  // Events that a correction voids: they do not count.
  std::span<const RecordedEvent* const> voided() const { return voided_; }

  const Person* person(std::string_view id) const;
  std::span<const Relation> relations() const { return relations_; }
  const CaseFacts* find_case(std::string_view id) const;
  std::span<const CaseFacts* const> cases() const { return cases_by_time_; }

  // Under 18 on that date. A person whose birth date is not known counts as a child (domain.md D18).
  bool is_minor(std::string_view person, Date on) const;
  // Whether the birth date has to decide: not of someone unregistered who is a guardian or has an adult's
  // case.
  bool may_be_child(std::string_view person) const;
  // Guardians and special guardians of the person on that date, each once, sorted.
  std::vector<std::string_view> guardians(std::string_view person, Date on) const;
  // Minors whose guardian or special guardian the person is on that date, each once, sorted.
  std::vector<std::string_view> wards(std::string_view person, Date on) const;
  // Everyone tied to the household by a relation in force or named in a case of it, sorted.
  std::vector<std::string_view> household_members(std::string_view household, Date on) const;
  // The units with an open case in the household at t, sorted; none when the household is not known.
  std::vector<std::string_view> units_of_household(std::string_view household, Instant t) const;
  // Minors concerned by an adult's case, or the child of a child's case: named when it was opened or in a
  // checklist by t, else the minors of its household and those the subject is guardian of. Sorted.
  std::vector<std::string_view> children_of(const CaseFacts& c, Instant t) const;
  // The units that by t have or have had a child's case of the person, and those agreed to lead the talks
  // with it. Sorted.
  std::vector<std::string_view> case_units_of(std::string_view person, Instant t) const;
  // The household a person belongs to, from relations and cases; empty when unknown.
  std::string_view household_of(std::string_view person) const;
  // Its minors on that date, sorted: as for children_of, an unregistered member may be grown up.
  std::vector<std::string_view> household_minors(std::string_view household, Date on) const;
  // The event that introduced an id: requestId → its ContactRequested, consentId → its ConsentRequested…
  const Fact* introduced(std::string_view field, std::string_view id) const;

 private:
  void to_come(Instant t) {
    if (t < next_to_come_) next_to_come_ = t;
  }
  void index_people();
  void index_cases();
  void index_households();
  void foresee_dates();

  static bool earlier(const Fact* a, const Fact* b);

  Instant at_;
  std::string home_;
  std::vector<const RecordedEvent*> own_;
  Instant next_to_come_ = instant_max;
  std::vector<Fact> store_;
  std::vector<const Fact*> timeline_;
  std::vector<const RecordedEvent*> voided_;
  std::vector<std::vector<const Fact*>> by_type_;
  std::unordered_map<std::string_view, std::vector<std::pair<std::uint16_t, std::vector<const Fact*>>>>
      by_child_;
  std::unordered_map<std::string_view, Person> people_;
  std::vector<Relation> relations_;
  std::unordered_map<std::string_view, CaseFacts> cases_;
  std::vector<const CaseFacts*> cases_by_time_;
  std::unordered_map<std::string_view, std::string_view> households_;  // by person
  std::vector<std::shared_ptr<const void>> keep_;                      // memory of corrected values
  std::vector<std::vector<Value>> corrected_;
};

template <class Holds>
const Fact* World::first_since(Instant t, std::span<const std::uint16_t> types, Holds holds) const {
  const Fact* first = nullptr;
  for (auto type : types) {
    auto facts = of_type(type);
    auto f =
        std::lower_bound(facts.begin(), facts.end(), t, [](auto* fact, Instant b) { return fact->when < b; });
    for (; f != facts.end() && !(first && earlier(first, *f)); ++f)
      if (holds(**f)) {
        first = *f;
        break;
      }
  }
  return first;
}

// The kind of a unit (domain.md 8.1 no. 4): "eskilstuna/school-brunna" is a "school".
std::string_view unit_kind(std::string_view unit);

// The child a fact is about: its `childId`, else the subject of the child's case it stands in; empty when
// about none.
std::string_view child_of(const Fact& fact);

// The household of a fact: that of its stream, else of its case; empty when neither tells.
std::string_view household_of(const Fact& fact);

// A field of a fact by name; absent when its type has no such field.
Value field_of(const Fact& fact, std::string_view name);

}  // namespace stafett::casework
