#pragma once

#include <optional>
#include <string_view>

#include "stafett/event/new_event.h"

// The last step of every way in: envelope and values, from JSON or from the wire, are checked and become a
// NewEvent.
namespace stafett::event {

// The attributes of an event that is being taken in. Views live as long as what was parsed.
struct Envelope {
  EventId id{};
  const EventType* type = nullptr;
  std::string_view source, subject, municipality;
  Instant time;
  std::optional<std::string_view> actor, correlation_id, causation_id;
  std::uint16_t actor_role = 0;  // ordinal in the schema; 0: absent
};

// Checks everything that does not depend on the ledger, and encodes. `personal` must be sorted by name.
// Errors: invalid_argument naming the field, too_large.
Result<NewEvent> make_event(const Envelope& envelope, std::span<const Value> fields, Personal personal,
                            ExpectedVersion expected);

}  // namespace stafett::event
