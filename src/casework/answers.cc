#include "stafett/casework/answers.h"

#include <array>

namespace stafett::casework {
namespace {

constexpr std::array states{"open", "fulfilled", "fulfilledLate", "overdue", "waived", "breached"};
constexpr std::array severities{"must", "should", "agreed", "advisory", "system"};

}  // namespace

std::string_view to_string(State state) { return states[static_cast<std::size_t>(state)]; }

std::optional<State> state_from(std::string_view name) {
  for (std::size_t i = 0; i < states.size(); ++i)
    if (states[i] == name) return static_cast<State>(i);
  return std::nullopt;
}

Obligation owned(const ObligationView& v) {
  Obligation o;
  o.rule = v.rule;
  o.severity = v.severity;
  o.stream = v.stream;
  o.case_id = v.case_id;
  o.subject = v.subject;
  o.unit = v.unit;
  o.state = v.state;
  o.triggered_by = v.triggered_by;
  o.created_at = v.created_at;
  o.due_at = v.due_at;
  o.warn_at = v.warn_at;
  o.warning = v.warning;
  o.settled_by = v.settled_by;
  o.settled_at = v.settled_at;
  o.legal_ref = v.legal_ref;
  return o;
}

std::string_view to_string(Severity severity) { return severities[static_cast<std::size_t>(severity)]; }

}  // namespace stafett::casework
