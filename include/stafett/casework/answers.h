#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stafett/core/ids.h"
#include "stafett/core/instant.h"

// What the fold answers: plain values, ready to be put on the wire or compared. No personal content.
namespace stafett::casework {

enum class State : std::uint8_t { open, fulfilled, fulfilled_late, overdue, waived, breached };
inline constexpr std::size_t state_count = 6;
std::string_view to_string(
    State state);  // "open", "fulfilled", "fulfilledLate", "overdue", "waived", "breached"
std::optional<State> state_from(std::string_view name);

enum class Severity : std::uint8_t { must, should, agreed, advisory, system };
std::string_view to_string(Severity severity);

// One rule applied to one trigger and one subject (house.md: Obligation; domain.md 4).
template <class Text>
struct ObligationOf {
  Text rule;  // "R01"
  Severity severity = Severity::must;
  Text stream;   // where it was triggered: "case/c3-elin", "forum/…"
  Text case_id;  // id of the case it belongs to; empty when it belongs to none
  Text subject;  // contract 5: person of "for each", else the case's subject, else the stream's id
  Text unit;     // the unit answerable now
  State state = State::open;
  std::optional<Position> triggered_by;  // null when a date triggered it
  Instant created_at;
  std::optional<Instant> due_at;  // exclusive: settled before it is in time (domain.md 8.2 no. 8)
  std::optional<Instant> warn_at;
  bool warning = false;                // open and past warn_at
  std::optional<Position> settled_by;  // what fulfilled, waived or breached it
  std::optional<Instant> settled_at;
  Text legal_ref;  // the reference in force at the trigger, or empty
};
using Obligation = ObligationOf<std::string>;
using ObligationView = ObligationOf<std::string_view>;  // its texts belong to a judgement and its rule book
Obligation owned(const ObligationView& view);

// A child in a case and what has been done with it (domain.md 3.1, the participation vector).
struct ChildInCase {
  std::string id;
  bool informed = false, offered = false, heard = false, view_recorded = false, feedback = false;
};

// A case as it stands, and how its obligations do.
struct CaseSummary {
  std::string id;
  std::string kind;    // "child" or "adult"
  std::string status;  // "open" or "closed"
  std::string phase;   // "intake", "investigating", "concluded", "measure" or "closed"
  std::string area;
  std::string subject;    // the person it is about
  std::string unit;       // the responsible unit
  std::string household;  // empty when not known
  Instant opened_at;
  std::optional<Instant> closed_at;
  std::string outcome;  // of its last investigation, else why it was closed; or empty
  std::array<std::uint32_t, state_count> count{};  // obligations of it by state
};

struct Case : CaseSummary {
  std::vector<ChildInCase> children;    // minors concerned, by id
  std::vector<Obligation> obligations;  // by rule, creation, subject
};

// One line of an indicator: one group (contract 5).
struct Figure {
  std::string indicator;
  std::map<std::string, std::string> group;  // dimension to value; empty without --by
  std::string show;  // how it is meant: "share", "count", "days"… (schema/rules/README.md, Indicators)
  std::optional<double> numerator;
  std::optional<double> denominator;                     // absent for plain counts
  std::optional<std::uint64_t> pending = 0, waived = 0;  // absent where hidden
  std::optional<double> value;        // absent with a denominator of 0; of a gap in percentage points
  std::optional<double> median, p90;  // in days
  std::uint64_t measured = 0;         // how many values these are of
  bool suppressed = false;            // hidden by domain.md 5.4, or to be hidden (casework/disclosure.h)
};

// One counted instance behind a figure (--open).
struct Counted {
  std::string indicator;
  std::map<std::string, std::string> group;
  std::string case_id, subject, stream;
  bool in_numerator = false;
  std::string standing;            // "counted", "pending" or "waived"
  std::optional<double> measure;   // days, where the indicator measures time; else its weight
  std::vector<Position> evidence;  // the events that prove it, ascending
};

}  // namespace stafett::casework
