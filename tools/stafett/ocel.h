#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stafett/answers_json.h"
#include "stafett/casework/world.h"

// Events as the parts of an object-centric event log, OCEL 2.0 in JSON (ocel-standard.org). Which field is an
// attribute and which a relationship follows from the schema alone, so an event type that is added needs no
// code. Its published JSON schema wants every value to be a string; the types of the attributes say what the
// strings hold. Times are RFC 3339.
namespace stafett::tools::ocel {

// Objects are streams: `object` is a stream's name, its category is the object's type.
struct Relationship {
  std::string object, qualifier;
  auto operator<=>(const Relationship&) const = default;
};

// An event as it counts: with its corrections applied.
struct Corrected {
  const event::RecordedEvent& event;
  std::span<const event::Value> fields;
};

// What an event is related to: its own stream as "subject", the unit that it comes from as "source", and
// whatever its fields refer to, also within lists, by the name of the field. Each once.
std::vector<Relationship> relationships(const Corrected& e);

// With `identifying`, also what tells who somebody is: whole birth dates, the pseudonyms of staff. Personal
// content is never in it.
Json event(const Corrected& e, const std::vector<Relationship>& related, bool identifying);

// What the event says about the object of its own stream, if its type describes that: attributes as of the
// time of the event, and what the object is related to from then on.
struct Description {
  std::vector<Json> attributes;
  std::vector<Relationship> related;
};
Description description(const Corrected& e, bool identifying);
bool is_described(std::string_view category);

// Declarations: every attribute that an event, or an object, of the type may have.
Json event_type(const event::EventType& type, bool identifying);
Json object_type(std::string_view category, bool identifying);

}  // namespace stafett::tools::ocel
