#pragma once

#include <nlohmann/json.hpp>

#include "casework/clause.h"

// The parts a clause of a rule set is compiled from. Errors of all: invalid_argument that begins with the
// place.
namespace stafett::casework {

Result<Window> parse_window(const nlohmann::json& json, const Place& place, const Scope& scope);
Result<Requirement> parse_requirement(const nlohmann::json& json, const Place& place, const Scope& scope);
Result<void> parse_requirements(const nlohmann::json& json, const Place& place, const Scope& scope,
                                std::vector<Requirement>& out);
Result<void> parse_exceptions(const nlohmann::json& json, const Place& place, const Scope& scope,
                              std::vector<Exception>& out);
Result<Trigger> parse_trigger(const nlohmann::json& json, const Place& place);
Result<Date> date_member(const nlohmann::json& json, const Place& place);

// Calls `each` for every element of a list, or for the value itself when it is no list.
template <class Each>
Result<void> one_or_many(const nlohmann::json& j, const Place& place, Each each) {
  if (!j.is_array()) return each(j, place);
  for (std::size_t i = 0; i < j.size(); ++i) {
    STAFETT_TRY(each(j[i], place + "[" + std::to_string(i) + "]"));
  }
  return ok();
}

}  // namespace stafett::casework
