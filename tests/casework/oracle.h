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

// The rules the oracle knows.
const std::vector<std::string>& rules();
std::vector<Duty> duties(const Told& told);

// One indicator over a period, without a breakdown.
struct Count {
  double numerator = 0;
  std::optional<double> denominator = {};
  std::uint64_t pending = 0, waived = 0;
  bool operator==(const Count&) const = default;
};

// The indicators it knows.
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
void consent(const Told& told, Duties& out);         // R10 R10b R11
void adult_case(const Told& told, Duties& out);      // R13
void coordination(const Told& told, Duties& out);    // R18 R20 R21 R23
void meetings(const Told& told, Duties& out);        // R19 R29 R43
void answers(const Told& told, Duties& out);         // R22 R24
void silence(const Told& told, Duties& out);         // R27
void eviction(const Told& told, Duties& out);        // R28 R28b R28c
void missing_child(const Told& told, Duties& out);   // R47
void follow_up(const Told& told, Duties& out);       // R30 R31
void schooling(const Told& told, Duties& out);       // R32
void support(const Told& told, Duties& out);         // R48 R49
void forums(const Told& told, Duties& out);          // R33 R34 R42
void plans(const Told& told, Duties& out);           // R35 R36 R39
void activities(const Told& told, Duties& out);      // R37 R46
void quality(const Told& told, Duties& out);         // R40 R41 R44

// The half-open local dates that an indicator looks at.
struct Period {
  Date from, to;
  bool has(Instant t) const { return from <= local_date(t) && local_date(t) < to; }
};
using Counts = std::map<std::string, Count>;
// 5.1: what is not yet due leaves the denominator and so does what was waived; both are counted beside it.
void count_duty(const Duty& duty, Count& in);
// The duties of a rule that began in the period.
Count over(const Duties& duties, const std::string& rule, const Period& period);

void decisions_counted(const Told& told, const Duties& duties, const Period& period, Counts& out);
void collaboration_counted(const Told& told, const Duties& duties, const Period& period, Counts& out);
void quality_counted(const Told& told, const Duties& duties, const Period& period, Counts& out);
void between_chairs(const Told& told, const Duties& duties, Counts& out);  // I30 and its family

// R14's due time in an adult case, which I05 counts by as well.
Instant adult_information_due(const Told& told, const Event& decision);
// Children that a decision affects (R12, R14, R15, R16).
std::set<std::string> affected_children(const Told& told, const Event& decision);
// Whether the feedback is a talk held that told the decision, and one that the child declined.
bool is_feedback_talk(const Event& feedback);
bool is_declined_feedback(const Event& feedback);
// The first decision in the case from that time on.
std::optional<Instant> first_decision(const Told& told, const std::string& case_id, Instant from);
// The first conclusion of the investigation opened by that decision.
std::optional<Instant> conclusion_of(const Told& told, const Event& opening);
// A calendar year or a school term, and how many meetings the forum must hold in it.
struct ForumPeriod {
  Date from, to;  // half-open
  int required = 0;
};
// Those in which the forum exists and which have begun.
std::vector<ForumPeriod> periods_of(const Told& told, const Event& forum);
// Meetings of the forum in that period that count as held.
std::vector<Instant> meetings_held(const Told& told, const Event& forum, const ForumPeriod& period);

}  // namespace detail

}  // namespace stafett::oracle
