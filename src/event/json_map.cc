#include "event/json_map.h"

#include <algorithm>

#include "event/forms.h"
#include "event/layout.h"
#include "event/strict_json.h"

namespace stafett::event {
namespace {

using nlohmann::json;

}  // namespace

Result<Value> json_map_value(const json& object, const Path& path, Scratch& scratch) {
  auto refused = [](std::string message, const Path& at) {
    return fail(ErrorCode::invalid_argument, std::move(message), at.str());
  };
  if (!object.is_object()) return refused("not an object", path);
  if (object.size() > list_items_max) return refused("an object of more than 10000 members", path);
  auto entries = scratch.values(object.size());
  std::size_t i = 0;
  for (const auto& [name, value] : object.items()) {  // sorted by name
    if (!is_member_name(name)) return refused("a name that is not 1 to 64 letters, digits, _ and -", path);
    auto entry = scratch.values(2);
    entry[0] = Value::of(scratch.text(name));
    entry[1] = Value::of(scratch.text(value.dump()));
    entries[i++] = Value::row(entry);
  }
  return Value::list(entries);
}

Result<Value> respelled_json_map(const Value& entries, const Path& path, Scratch& scratch) {
  if (!entries.present()) return Value();
  json object = json::object();
  for (const Value& entry : entries.items()) {
    const Value &name = entry.items()[0], &text = entry.items()[1];
    if (!name.present() || !is_member_name(name.text()))
      return fail(ErrorCode::invalid_argument, "a name that is not 1 to 64 letters, digits, _ and -",
                  path.str());
    Path member{.up = &path, .name = name.text()};
    if (!text.present()) return fail(ErrorCode::invalid_argument, "a name without a value", member.str());
    STAFETT_TRY(auto value, parse_strict(text.text(), member.str()));
    if (!object.emplace(name.text(), std::move(value)).second)
      return fail(ErrorCode::invalid_argument, "the same name twice", member.str());
  }
  return json_map_value(object, path, scratch);
}

}  // namespace stafett::event
