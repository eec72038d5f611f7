#pragma once

#include <nlohmann/json.hpp>

#include "event/path.h"
#include "event/scratch.h"

// Objects whose names the schema does not fix: kept as entries {name, JSON text}, sorted by name, in one
// spelling.
namespace stafett::event {

// Errors: invalid_argument naming the member.
Result<Value> json_map_value(const nlohmann::json& object, const Path& path, Scratch& scratch);

// Entries as a sender wrote them, in the one spelling. Errors: invalid_argument naming the member.
Result<Value> respelled_json_map(const Value& entries, const Path& path, Scratch& scratch);

// Whether one member of `correctedFields` may stand there: a field of some event, with a value that the field
// may have in at least one of the events that have it. The corrected event itself may be recorded later, so
// its type is not known. Errors: invalid_argument naming the member. Defined in correction.cc.
Result<void> check_corrected_field(std::string_view name, std::string_view json_text);

}  // namespace stafett::event
