#include "event/json_values.h"

#include <algorithm>

#include "event/forms.h"
#include "event/json_map.h"
#include "stafett/core/instant.h"

namespace stafett::event {
namespace {

using nlohmann::json;

auto refuse(const Path& path, std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message), path.str());
}

Result<std::string_view> string_of(const json& v, const Path& path) {
  if (!v.is_string()) return refuse(path, "not a string");
  return std::string_view(v.get_ref<const std::string&>());
}

// A parse error of core, with the place added.
template <class T>
Result<T> placed(const Path& path, Result<T> parsed) {
  if (parsed.has_value()) return parsed;
  Error error = parsed.error();
  error.field = path.str();
  return fail(std::move(error));
}

Result<Value> whole_number(const json& v, const Path& path) {
  bool fits = v.is_number_integer() &&
              !(v.is_number_unsigned() && v.get<std::uint64_t>() > std::uint64_t{0x7fffffffffffffff});
  if (!fits) return refuse(path, "not a whole number in range");
  return Value::of(v.get<std::int64_t>());
}

Result<Value> enumerator(const json& v, const Field& field, const Path& path) {
  STAFETT_TRY(auto name, string_of(v, path));
  auto found = std::ranges::find(field.enumerators, name, &Enumerator::name);
  if (found == field.enumerators.end()) return refuse(path, "not one of the enumerators of this field");
  return Value::of(std::string_view(found->name));
}

Result<Value> single(const json& v, const Field& field, const Path& path, Scratch& scratch) {
  switch (field.form) {
    case FieldForm::boolean:
      if (!v.is_boolean()) return refuse(path, "not true or false");
      return Value::of(v.get<bool>());
    case FieldForm::u8:
    case FieldForm::u16:
    case FieldForm::u32:
      return whole_number(v, path);
    case FieldForm::real:
    case FieldForm::share:
      if (!v.is_number()) return refuse(path, "not a number");
      return Value::of(v.get<double>());
    case FieldForm::enumerator:
      return enumerator(v, field, path);
    case FieldForm::instant: {
      STAFETT_TRY(auto text, string_of(v, path));
      STAFETT_TRY(auto instant, placed(path, parse_instant(text)));
      return Value::of(instant);
    }
    case FieldForm::date: {
      STAFETT_TRY(auto text, string_of(v, path));
      STAFETT_TRY(auto date, placed(path, parse_date(text)));
      return Value::of(date);
    }
    case FieldForm::row: {
      STAFETT_TRY(auto members, values_of(v, field.members, path, scratch));
      return Value::row(members);
    }
    case FieldForm::json_map:
      return json_map_value(v, path, scratch);
    default:
      break;
  }
  STAFETT_TRY(auto text, string_of(v, path));
  return Value::of(text);
}

}  // namespace

Result<Value> value_of(const json& v, const Field& field, const Path& path, Scratch& scratch) {
  if (!field.list) return single(v, field, path, scratch);
  if (!v.is_array()) return refuse(path, "not a list");
  if (v.size() > list_items_max) return refuse(path, "a list of more than 10000 items");
  auto items = scratch.values(v.size());
  for (std::size_t i = 0; i < v.size(); ++i) {
    Path item{.up = &path, .name = {}, .index = i};
    STAFETT_TRY(items[i], single(v[i], field, item, scratch));
  }
  return Value::list(items);
}

Result<std::span<const Value>> values_of(const json& object, std::span<const Field> fields, const Path& path,
                                         Scratch& scratch, std::string_view except) {
  if (!object.is_object()) return refuse(path, "not an object");
  auto values = scratch.values(fields.size());
  for (const auto& [name, member] : object.items()) {
    if (!except.empty() && name == except) continue;
    auto field = std::ranges::find(fields, name, &Field::name);
    if (field == fields.end()) {
      std::string_view shown = shown_name(name);
      return refuse(shown.empty() ? path : Path{.up = &path, .name = shown},
                    "a field that this event does not have");
    }
    Path at{.up = &path, .name = field->name};
    STAFETT_TRY(values[field->index], value_of(member, *field, at, scratch));
  }
  return std::span<const Value>(values);
}

std::string_view shown_name(std::string_view name) {
  return is_member_name(name) ? name : std::string_view();
}

}  // namespace stafett::event
