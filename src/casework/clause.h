#pragma once

#include <optional>
#include <string>
#include <vector>

#include "casework/pattern.h"
#include "stafett/casework/rule_set.h"

// The compiled form of one clause of a rule: what triggers it, for whom, what must follow and by when.
namespace stafett::casework {

// When something falls due, counted from the moment the obligation is created (domain.md 4, "Date
// arithmetic").
struct Window {
  enum class Kind : std::uint8_t {
    open_ended,    // never by itself
    days,          // the end of the n-th local day after; 0: the same day
    months,        // the end of the same day number n months later, clipped
    working_days,  // the end of the n-th working day after
    hours,         // n hours of elapsed time
    at_once,       // at the trigger itself: must have happened by then
    before,        // before the trigger
    end_of,        // the end of the day in a date field of the trigger
    start_of,      // the beginning of it
    on_date,       // the end of a day that the rule names
    until,         // when the given event happens
    period_end,    // n days after the calendar period's last day
    first_of,      // the earliest of several
    choice,        // `then` when the condition holds of the trigger, else `otherwise`
  };
  Kind kind = Kind::open_ended;
  int n = 0;
  std::optional<Path> field;
  std::optional<EventPattern> event;
  std::vector<Window> parts;  // first_of; choice: then, otherwise
  std::optional<Pattern> condition;
  Date named_date;  // on_date

  // Empty while it is not known yet (the event it waits for has not happened).
  std::optional<Instant> due(const Binding& binding, const std::vector<Date>& holidays) const;
  // Of `until`: the event that ends it, null while none has.
  const Fact* ended_by(const Binding& binding) const;
};

// An event that must happen, `count` times.
struct Requirement {
  EventPattern event;
  std::vector<Operand> count;  // first value wins; empty: 1
  enum class Since : std::uint8_t {
    trigger,
    ever,
    period,  // within the calendar period
    recent   // from so many days or months before the trigger
  } since = Since::trigger;
  int recent_days = 0, recent_months = 0;
  std::vector<EventPattern> unless;  // undone by one of these, between the match and the moment judged
  std::optional<Path> valid_to;      // a date field of the match: must not have passed at the moment judged
};

struct Exception {  // a waiver, an extension or a breach
  EventPattern event;
  std::optional<Window> until;  // waiver: only until then, when it falls due anew; extension: to then
  bool any_time = false;        // counts after the due time too
};

struct Trigger {
  enum class Kind : std::uint8_t {
    event,     // each matching event
    interval,  // while a state holds: from one event until another
    shared,    // while a household has open cases in several units
    calendar,  // in each year or term
    birthday,  // when the subject of an open case reaches an age
    once,      // on a date that the rule names
  };
  Kind kind = Kind::event;
  std::optional<EventPattern> event;  // event; interval: begins it; calendar: what it is for (a forum)
  std::optional<EventPattern> end;    // interval: ends it ($trigger is the beginning)
  bool first = false;                 // only the first such event of a stream…
  std::optional<Path> first_of;       // …or, given this, for each value of it
  std::optional<Path> per_case;       // event: once for each case that this names (a forum's meeting)
  std::vector<Path> per_child;        // event: once for each minor that the first of these with a value names
  bool end_in_common = false;         // interval: what ends it ends all that began in the stream
  bool repeated = false;              // interval, shared: each settlement starts the next (shape d)
  bool only_missed = false;           // repeated: of those settled in time only the last is shown
  bool only_last = false;             // repeated: only the last is shown
  std::optional<EventPattern> in_force;  // interval: something that must be in force without a gap (shape f)
  std::optional<Path> in_force_until;
  std::size_t units = 2;           // shared: in at least so many units
  std::vector<std::string> kinds;  // shared: and in units of each of these kinds
  enum class Each : std::uint8_t { year, term } each = Each::year;
  std::optional<Path> valid_from, valid_to;  // calendar: dates of the event
  int age = 0;                               // birthday
  Date date;                                 // once
};

struct Subjects {
  enum class Kind : std::uint8_t {
    case_subject,       // the person the case is about, else the stream's id
    child,              // the trigger's child, if a minor
    guardians,          // each guardian of the trigger's child on that date
    affected_children,  // the trigger's childrenAffected, else the children of the case; minors
    case_children,      // the minors of the case
    minor_victims,      // the trigger's victims that are minors
    other_minors,       // the other minors of the child's household
    each,               // each person a path names
    stream,             // none: the stream's id
  };
  Kind kind = Kind::case_subject;
  std::vector<Path> paths;                        // each: the first that names somebody
  bool minors_only = false, adults_only = false;  // each
  bool children() const {
    return kind != Kind::case_subject && kind != Kind::guardians && kind != Kind::stream &&
           (kind != Kind::each || minors_only);
  }
};

// What instances can be broken down by besides the dimensions that all have: a path of the trigger, or of the
// last event that meets a requirement.
struct Split {
  std::string name;
  std::optional<Requirement> last;
  std::vector<Path> paths;  // of `last` if given, else of the trigger
  std::string constant;     // or always this
};

struct Clause {
  std::string rule;  // id of the rule or indicator
  std::string part;  // tells the clauses of one rule apart; empty when there is one
  Trigger trigger;
  Subjects subjects;
  std::vector<Requirement> given;      // only when these had happened by the trigger
  std::vector<Requirement> not_given;  // and none of these
  std::vector<EventPattern> gone;      // and none of these since, by the moment judged
  std::vector<Requirement> must;       // all of them
  std::optional<Pattern> own;          // or the trigger's own fields must say so (shape c)
  Window within;
  std::optional<Window> warn;
  int warn_days_before = 0;  // or so many days before it is due
  std::vector<Exception> waive, extend, breach;
  std::vector<Exception> blocked;   // hold it open instead of overdue
  std::optional<Pattern> waive_if;  // waived from the start
  bool missed_is_breach = false;    // an ordering: once missed it can no longer be met
  bool close_waives = false;        // closing the case waives what is not yet due (domain.md 8.2 no. 14)
  std::optional<Path> answerable;   // the unit answerable, where it is not the case's
  enum class Dossier : std::uint8_t {
    own,          // of the trigger
    unit,         // of a unit that the trigger concerns
    municipality  // of its municipality
  } dossier = Dossier::own;
  std::optional<Subjects> concerns;  // the persons it is about, where that is not its subject
  std::vector<Split> splits;
  std::optional<Path> measure;  // a number of the trigger: what `sum` adds up
  std::vector<Path> covers;     // the values it covers: of one path, or from the first to the second

  // What may trigger it, for looking it up; empty: anything (shared, once).
  TypeSet trigger_types() const;
};

Result<std::shared_ptr<const Clause>> parse_clause(const nlohmann::json& json, const Place& place,
                                                   const std::string& rule);

// What an indicator counts (domain.md 5): obligations of rules, of clauses of its own, or of other
// indicators.
struct Tally {
  struct Over {
    std::string rule;                   // obligations of this rule…
    std::string part;                   // …and of this part only, when given
    TypeSet trigger;                    // …triggered by one of these event types; empty: any
    std::shared_ptr<const Clause> own;  // or of this clause of its own
    TypeSet recorded;                   // or each event of these types: how long until it was recorded
    int late_days = 0;                  // recorded: in the numerator when it took more days than this
  };
  enum class Show : std::uint8_t {
    share,    // how many of them are in the numerator
    count,    // how many there are
    held,     // how often it happened, of how often it must
    days,     // days from trigger to settlement: median and p90
    mean,     // the mean number of indicators in `of` that hold
    all,      // all indicators in `of` hold (composite)
    list,     // as of now, whatever the period: how many stand so
    sum,      // the sum of their measures
    gap,      // by group: how far each indicator in `of` differs from the largest group
    covered,  // how many of `among` are covered by at least one
  };
  Show show = Show::share;
  std::vector<Over> over;
  std::vector<std::string> of;  // mean, all, gap: ids of other indicators; list: whose instances it joins
  std::vector<State> numerator{State::fulfilled};
  std::string distinct;  // count each "case", "subject", "stream" or "child" once
  bool timed = false;    // share: also show median and p90 of the days to settlement
  bool ripe = false;     // share: pending until the due time has passed, even when settled
  bool as_of = false;    // ignores the period
  enum class Cohort : std::uint8_t { created, due, settled } cohort = Cohort::created;
  std::vector<std::string> among;  // covered: what there is to cover
};

std::string_view to_string(Tally::Show show);

Result<std::shared_ptr<const Tally>> parse_tally(const nlohmann::json& json, const Place& place,
                                                 const std::string& id);

}  // namespace stafett::casework
