#pragma once

#include <nlohmann/json.hpp>

#include "event/path.h"
#include "event/scratch.h"
#include "stafett/event/catalogue.h"

namespace stafett::event {

// One field's JSON as a value of its form; texts point into `json` or `scratch`. Alphabets and ranges are
// check_value's business. Errors: invalid_argument naming the path.
Result<Value> value_of(const nlohmann::json& json, const Field& field, const Path& path, Scratch& scratch);

// The members of an object as values by Field::index, absent where not given; `except` is passed over.
// Errors: invalid_argument, also for a member that is no field.
Result<std::span<const Value>> values_of(const nlohmann::json& object, std::span<const Field> fields,
                                         const Path& path, Scratch& scratch, std::string_view except = {});

// A member's name as it may appear in an error: itself, or nothing when it is not of a field's alphabet.
std::string_view shown_name(std::string_view name);

}  // namespace stafett::event
