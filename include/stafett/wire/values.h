#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "stafett/core/ids.h"
#include "stafett/core/instant.h"

// What requests and answers have in common. Meanings, units and what absence means are in
// schema/protocol.capnp, field by field under the same names; here absence is std::optional or an empty text.
namespace stafett::wire {

enum class State : std::uint8_t { open, fulfilled, fulfilled_late, overdue, waived, breached };
std::string_view to_string(State state);  // as in the contract: "open", …, "fulfilledLate", …
std::optional<State> state_from(std::string_view name);

enum class Severity : std::uint8_t { must, should, agreed, advisory, system };
std::string_view to_string(Severity severity);

struct AsOf {
  std::optional<Instant> at, known_at;
  std::optional<Position> at_least;
};

using Group = std::map<std::string, std::string>;  // dimension to value

}  // namespace stafett::wire
