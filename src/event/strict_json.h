#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "stafett/core/result.h"

// JSON as this house accepts it: RFC 8259 in UTF-8, every member of an object once, at most 64 levels deep.
// Objects come out with their members sorted by name, so that equal documents print alike.
namespace stafett::event {

// Errors: invalid_argument; `field` is the place (at most three names deep, below `at`) when that is what is
// wrong. Messages never repeat the text.
Result<nlohmann::json> parse_strict(std::string_view text, std::string_view at = {});

bool is_strict_json(std::string_view text);

}  // namespace stafett::event
