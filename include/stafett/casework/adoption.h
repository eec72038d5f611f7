#pragma once

#include <string_view>

#include "stafett/casework/rule_set.h"
#include "stafett/event/new_event.h"

namespace stafett::casework {

// The event that adopts a checked rule set: RuleSetAdopted in the stream rules/<id>, carrying the whole
// definition, so that the ledger alone can say for ever which rules judged what. `json` is what `set` was
// parsed from.
Result<event::NewEvent> adoption_event(const RuleSet& set, std::string_view json, const event::EventId& id,
                                       Instant now);

// Whether the set may be adopted beside what has been: the set it says it replaces exists, and a
// municipality's set does not redefine an indicator of others, whose figures would change. Errors:
// invalid_argument, field the place in the file.
Result<void> may_adopt(const RuleSet& set, const RuleBook& known);

// The JSON definition inside a RuleSetAdopted; empty when the event carries none.
std::string_view adopted_definition(const event::RecordedEvent& event);

}  // namespace stafett::casework
