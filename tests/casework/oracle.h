#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "casework/oracle_disputes.h"
#include "casework/oracle_told.h"

// The obligations and indicators of domain.md once more, written from its text and from nothing else: plain
// loops over all events, no index, no rule language. It shares with the engine only core's calendar. Slow,
// and easy to hold against the text; what the text leaves open is decided in a comment that begins
// "Reading:".
namespace stafett::oracle {

// An obligation. `created` and `trigger` (the id of the event behind it) serve the indicators.
struct Duty {
  std::string rule, case_id, subject, state;
  std::optional<Instant> due;
  Instant created;
  std::string trigger;

  auto key() const { return std::tie(rule, case_id, subject, state, due); }
  bool operator<(const Duty& other) const { return key() < other.key(); }
  bool operator==(const Duty& other) const { return key() == other.key(); }
};

// The rules the oracle knows: R01, R02, R03, R05, R07, R12, R14, R15, R16, R17, R25, R26, R33, R52, R53.
const std::vector<std::string>& rules();
std::vector<Duty> duties(const Told& told);

// One indicator over a period, without a breakdown.
struct Count {
  double numerator = 0;
  std::optional<double> denominator = {};
  std::uint64_t pending = 0, waived = 0;
  bool operator==(const Count&) const = default;
};

// I01, I04, I05, I06, I07, I08, I10, I11, I12, I14, I17, I31.
const std::vector<std::string>& indicators();
// Each of them over the half-open local dates [from, to), given all duties.
std::map<std::string, Count> counts(const Told& told, const std::vector<Duty>& duties, Date from, Date to);

// What the rule files share. Not for tests.
namespace detail {

// Midnight at the end of that day: the exclusive instant at which what is due "that day" is late.
inline Instant end_of(Date day) { return start_of_day(add_days(day, 1)); }

// What is known of one obligation, all of it by now.
struct Standing {
  Instant created;
  std::optional<Instant> due = {};      // 8.2 no. 8: exclusive
  std::optional<Instant> done = {};     // when what must happen happened
  std::optional<Instant> excused = {};  // when a recorded exception waived it
  bool excused_late_too = false;        // whether the exception also ends what is overdue
  std::string child = {};               // R50: whose 18th birthday ends it; empty when nobody's
};
std::string state_of(const Told& told, const Standing& standing);

using Duties = std::vector<Duty>;
void add(Duties& out, const Told& told, std::string rule, const Event& trigger, std::string subject,
         const Standing& standing);

void intake(const Told& told, Duties& out);          // R01 R02 R03
void alarm(const Told& told, Duties& out);           // R52 R53
void investigation(const Told& told, Duties& out);   // R05 R07
void participation(const Told& told, Duties& out);   // R14 R15 R16 R17
void adult_decision(const Told& told, Duties& out);  // R12
void responsibility(const Told& told, Duties& out);  // R25 R26
void governance(const Told& told, Duties& out);      // R33

// R14's due time in an adult case, which I05 counts by as well.
Instant adult_information_due(const Told& told, const Event& decision);
// Children that a decision affects (R12, R14, R15, R16).
std::set<std::string> affected_children(const Told& told, const Event& decision);
// Whether the feedback is a talk held that told the decision, and one that the child declined.
bool is_feedback_talk(const Event& feedback);
bool is_declined_feedback(const Event& feedback);
// The first conclusion of the investigation opened by that decision.
std::optional<Instant> conclusion_of(const Told& told, const Event& opening);
// Meetings of the forum in that calendar year that count as held.
std::vector<Instant> meetings_held(const Told& told, const Event& forum, int year);
int meetings_required(const Event& forum);

}  // namespace detail

}  // namespace stafett::oracle
