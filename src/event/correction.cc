#include "stafett/event/correction.h"

#include "event/forms.h"
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

}  // namespace

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
    STAFETT_TRY(auto tree, parse_strict(entry.items()[1].text(), at.str()));
    const auto& json = memory->trees.emplace_back(std::move(tree));
    Value value;
    if (!json.is_null()) {
      STAFETT_TRY(value, value_of(json, *field, at, memory->scratch));
    }
    STAFETT_TRY(check_value(*field, value, at));
    out.fields.push_back({field->index, value});
  }
  out.memory = std::move(memory);
  return out;
}

}  // namespace stafett::event
