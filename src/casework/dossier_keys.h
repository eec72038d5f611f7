#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stafett/event/recorded_event.h"

namespace stafett::casework {

// The persons, households and cases that an event names besides its own stream, as "person/…", "household/…"
// and "case/…": what ties it to them. A correction names those that it corrects to as well.
std::vector<std::string> keys_named(const event::RecordedEvent& event);

// The event that a correction corrects; empty for any other event.
std::string_view corrected_event(const event::RecordedEvent& event);

}  // namespace stafett::casework
