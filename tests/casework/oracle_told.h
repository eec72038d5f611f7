#pragma once

#include <deque>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "stafett/core/calendar.h"

// What a list of events tells as of a moment: the oracle's world. domain.md 3, 7 and 8.1.
namespace stafett::oracle {

using nlohmann::json;

// An event as sent, its envelope parsed once.
struct Sent {
  std::string id, type, stream, source;
  Instant time;
  json data;
};
std::vector<Sent> read_events(const std::vector<std::string>& lines);
// When rules take the event to have happened, with these data (8.1 no. 6).
Instant when_of(const Sent& sent, const json& data);

// An event as it counts: with its corrections, at the time that rules use.
struct Event {
  const Sent* sent = nullptr;
  const json* data = nullptr;
  Instant when;

  const std::string& type() const { return sent->type; }
  bool is(std::string_view type) const { return sent->type == type; }
  std::string case_id() const;  // empty outside case streams
  Date day() const { return local_date(when); }

  // Fields by name; empty, false or absent where the event does not say.
  std::string text(const char* field) const;
  bool yes(const char* field) const;  // given and true
  bool no(const char* field) const;   // given and false
  std::vector<std::string> list(const char* field) const;
  bool lists(const char* field, const std::string& item) const;
  std::optional<Date> date(const char* field) const;
  std::optional<Instant> instant(const char* field) const;
};

class Told {
 public:
  // Events after `at` do not count (8.1 no. 1); the sent ones must outlive it.
  Told(const std::vector<Sent>& sent, Instant at);
  Told(const Told&) = delete;

  const Instant at;
  const std::vector<Event>& events() const { return events_; }  // by `when`

  // The 18th birthday, 00:00 local. Empty when the birth date is not known.
  std::optional<Instant> adulthood(const std::string& person) const;
  bool is_minor(const std::string& person, Date on) const;
  std::set<std::string> guardians(const std::string& person, Date on) const;
  std::set<std::string> members(const std::string& household, Date on) const;
  // A minor by that reading: not someone unregistered who cares for others or has an adult's case.
  bool is_child(const std::string& person, Date on) const;
  // The minors among the members.
  std::set<std::string> minors(const std::string& household, Date on) const;
  // The household that names the person in a relation or in a case; empty when none does.
  std::string household_of(const std::string& person) const;

  std::string household_of_opening(const Event& opened) const;

  const Event* opening(const std::string& case_id) const;  // the first CaseOpened; null when there is none
  bool is_kind(const std::string& case_id, const char* kind) const;
  std::string subject_of(const std::string& case_id) const;
  // The unit that has the case at t: the one last made responsible, else the one that opened it.
  std::string unit_of(const std::string& case_id, Instant t) const;
  // Minors concerned by the case at t.
  std::set<std::string> children_of(const std::string& case_id, Instant t) const;

 private:
  void correct(const std::vector<Sent>& sent);
  std::vector<const Event*> relations() const;

  std::vector<Event> events_;
  std::deque<json> corrected_;
};

}  // namespace stafett::oracle
