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

std::string_view to_string(Severity severity) { return severities[static_cast<std::size_t>(severity)]; }

}  // namespace stafett::casework
