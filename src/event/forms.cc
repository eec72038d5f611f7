#include "event/forms.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "event/strict_json.h"
#include "stafett/core/utf8.h"
#include "stafett/event/recorded_event.h"

namespace stafett::event {
namespace {

// Alphabets as bits, so that a character costs one look-up.
enum Alphabet : std::uint8_t { in_id = 1, in_unit_id = 2, in_code = 4, in_member_name = 8 };

constexpr auto alphabets = [] {
  std::array<std::uint8_t, 256> table{};
  auto add = [&](std::string_view characters, unsigned where) {
    for (char c : characters) table[static_cast<unsigned char>(c)] |= where;
  };
  add("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
      in_id | in_unit_id | in_code | in_member_name);
  add("-_", in_id | in_unit_id | in_code | in_member_name);
  add(".:", in_id | in_unit_id | in_code);
  add("/", in_unit_id | in_code);
  add(" ", in_code);
  return table;
}();

bool made_of(std::string_view s, Alphabet alphabet, std::size_t size_max) {
  return !s.empty() && s.size() <= size_max && std::ranges::all_of(s, [=](char c) {
    return (alphabets[static_cast<unsigned char>(c)] & alphabet) != 0;
  });
}

auto refuse(const Path& path, std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message), path.str());
}

Result<void> check_number(FieldForm form, std::int64_t n, const Path& path) {
  std::int64_t max = form == FieldForm::u8 ? 0xff : form == FieldForm::u16 ? 0xffff : 0xffffffff;
  if (n < 0 || n > max) return refuse(path, "not a whole number from 0 to " + std::to_string(max));
  return ok();
}

// One value that is present and no list.
Result<void> check_single(const Field& field, const Value& value, const Path& path) {
  switch (field.form) {
    case FieldForm::u8:
    case FieldForm::u16:
    case FieldForm::u32:
      return check_number(field.form, value.number(), path);
    case FieldForm::real:
      if (!std::isfinite(value.real())) return refuse(path, "not a finite number");
      return ok();
    case FieldForm::share:
      if (!(value.real() >= 0 && value.real() <= 1)) return refuse(path, "not a number from 0 to 1");
      return ok();
    case FieldForm::enumerator:
      if (value.text().empty()) return refuse(path, "not one of the enumerators of this field");
      return ok();
    case FieldForm::instant:
      if (!is_known_instant(value.instant())) return refuse(path, "a time outside the years 1 to 9999");
      return ok();
    case FieldForm::date:
      if (!is_known_date(value.date())) return refuse(path, "a date outside the years 1 to 9999");
      return ok();
    case FieldForm::row:
      return check_values(field.members, value.items(), path);
    case FieldForm::boolean:
    case FieldForm::json_map:
      return ok();
    case FieldForm::id:
    case FieldForm::unit_id:
    case FieldForm::code:
    case FieldForm::text:
    case FieldForm::document:
    case FieldForm::uuid:
    case FieldForm::municipality:
      return check_text(field.form, value.text(), path);
  }
  return ok();
}

}  // namespace

bool is_id(std::string_view s) { return made_of(s, in_id, id_bytes_max); }
// A path of segments, such as eskilstuna/ifoChild. An empty one would give one unit several names.
bool is_unit_id(std::string_view s) {
  return made_of(s, in_unit_id, id_bytes_max) && s.front() != '/' && s.back() != '/' &&
         s.find("//") == std::string_view::npos;
}
bool is_member_name(std::string_view s) { return made_of(s, in_member_name, 64); }

bool is_municipality(std::string_view s) {
  return s.size() == 4 && std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_known_date(Date d) {
  static const Date first = make_date(1, 1, 1), last = make_date(9999, 12, 31);
  return d >= first && d <= last;
}

bool is_known_instant(Instant t) {
  // A day's margin, so that no zone moves it out of the four-digit years.
  static const Instant first{std::chrono::days(make_date(1, 1, 2).days)};
  static const Instant end{std::chrono::days(make_date(9999, 12, 31).days)};
  return t >= first && t < end;
}

Result<void> check_text(FieldForm form, std::string_view text, const Path& path) {
  switch (form) {
    case FieldForm::id:
      if (is_id(text)) return ok();
      return refuse(path, "not an id: 1 to 128 letters, digits and . _ - :");
    case FieldForm::unit_id:
      if (is_unit_id(text)) return ok();
      return refuse(path,
                    "not a unit's id: 1 to 128 letters, digits and . _ - :, in segments divided by single /");
    case FieldForm::code:
      if (made_of(text, in_code, code_bytes_max)) return ok();
      return refuse(path, "not a code: 1 to 64 letters, digits and - _ . : / blank");
    case FieldForm::uuid:
      if (parse_event_id(text).has_value()) return ok();
      return refuse(path, "not a UUID of 32 hexadecimal digits and 4 dashes");
    case FieldForm::municipality:
      if (is_municipality(text)) return ok();
      return refuse(path, "not a municipality's code of four digits");
    case FieldForm::document:
      if (text.size() > document_bytes_max) return refuse(path, "longer than 2 MiB");
      if (!is_strict_json(text)) return refuse(path, "not the text of a JSON document");
      return ok();
    default:
      if (text.empty() || text.size() > text_bytes_max) return refuse(path, "not a text of 1 to 1000 bytes");
      if (!is_utf8(text)) return refuse(path, "not UTF-8");
      return ok();
  }
}

Result<void> check_value(const Field& field, const Value& value, const Path& path) {
  if (!value.present()) {
    if (field.required) return refuse(path, "required and missing");
    return ok();
  }
  if (!field.list) return check_single(field, value, path);
  if (value.items().size() > list_items_max) return refuse(path, "a list of more than 10000 items");
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    Path item{.up = &path, .name = {}, .index = i};
    STAFETT_TRY(check_single(field, value.items()[i], item));
  }
  return ok();
}

Result<void> check_values(std::span<const Field> fields, std::span<const Value> values, const Path& path) {
  for (const Field& field : fields) {
    Path member{.up = &path, .name = field.name};
    STAFETT_TRY(check_value(field, values[field.index], member));
  }
  return ok();
}

Result<void> check_stream(std::string_view stream, const EventType& type) {
  auto refused = [](std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message), "subject");
  };
  std::size_t slash = stream.find('/');
  std::string_view category = stream.substr(0, slash);
  if (slash == std::string_view::npos || !std::ranges::count(stream_categories(), category))
    return refused("not a stream of the form category/id, with a category that exists");
  std::string_view id = stream.substr(slash + 1);
  if (!(category == "unit" ? is_unit_id(id) : is_id(id)))
    return refused(
        "the id is not 1 to 128 letters, digits and . _ - : (a unit's also single / between them)");
  if (!std::ranges::count(type.categories, category))
    return refused(type.name + " does not belong in a stream of the category " + std::string(category));
  return ok();
}

}  // namespace stafett::event
