#pragma once

#include "stafett/event/new_event.h"
#include "stafett/schema/event.capnp.h"

// For the wire layer alone: it speaks Cap'n Proto.
namespace stafett::event {

// An event as a hostile sender may have sent it. The reader's own limits (traversal, nesting) protect the
// walk; here everything else is checked, and the content is written anew in canonical form, so that equal
// events have equal bytes whoever encoded them. Errors: invalid_argument naming the field, too_large.
Result<NewEvent> from_wire(schema::Event::Reader sent, ExpectedVersion expected);

// The event with its personal content, as from_wire reads it. The builder must be newly made.
void to_wire(const NewEvent& event, schema::Event::Builder out);

}  // namespace stafett::event
