#include "stafett/event/correction.h"

#include <optional>

#include "event/forms.h"
#include "event/json_map.h"
#include "event/json_values.h"
#include "event/strict_json.h"
#include "stafett/core/assert.h"

namespace stafett::event {
namespace {

// Values point into the trees and the scratch.
struct Memory {
  std::deque<nlohmann::json> trees;
  Scratch scratch;
};

// What the JSON says as a value of the field; absent for null. Errors: invalid_argument.
Result<Value> value_for(const Field& field, std::string_view json_text, const Path& at, Memory& memory) {
  STAFETT_TRY(auto tree, parse_strict(json_text, at.str()));
  const auto& json = memory.trees.emplace_back(std::move(tree));
  Value value;
  if (!json.is_null()) {
    STAFETT_TRY(value, value_of(json, field, at, memory.scratch));
  }
  STAFETT_TRY(check_value(field, value, at));
  return value;
}

}  // namespace

Result<void> check_corrected_field(std::string_view name, std::string_view json_text) {
  Path data{.up = nullptr, .name = "data"}, path{.up = &data, .name = "correctedFields"},
      at{.up = &path, .name = name};
  Memory memory;
  std::optional<Error> refused;
  for (const EventType& type : event_types())
    if (const Field* field = type.field(name)) {
      auto value = value_for(*field, json_text, at, memory);
      if (value) return ok();
      if (!refused) refused = value.error();
    }
  if (refused) return fail(std::move(*refused));
  return fail(ErrorCode::invalid_argument, "no event has a field of this name", at.str());
}

Result<Correction> read_correction(const RecordedEvent& correction, const EventType& target) {
  const Field* corrected = correction.event_type().field("correctedFields");
  STAFETT_ASSERT(corrected != nullptr);
  auto memory = std::make_shared<Memory>();
  Correction out;
  Path data{.up = nullptr, .name = "data"}, path{.up = &data, .name = corrected->name};
  for (const Value& entry : correction.fields[corrected->index].items()) {
    std::string_view name = entry.items()[0].text();
    Path at{.up = &path, .name = name};
    const Field* field = target.field(name);
    if (!field)
      return fail(ErrorCode::invalid_argument, "a field that " + target.name + " does not have", at.str());
    STAFETT_TRY(auto value, value_for(*field, entry.items()[1].text(), at, *memory));
    out.fields.push_back({field->index, value});
  }
  out.memory = std::move(memory);
  return out;
}

}  // namespace stafett::event
