#pragma once

#include <string_view>

#include "event/path.h"
#include "stafett/event/catalogue.h"

// The alphabets, lengths and ranges of contract 2 and domain.md 8.1.
namespace stafett::event {

inline constexpr std::size_t id_bytes_max = 128, code_bytes_max = 64, text_bytes_max = 1000;
inline constexpr std::size_t document_bytes_max = 2u << 20, event_bytes_max = 4u << 20;
inline constexpr std::size_t personal_items_max = 64, personal_value_bytes_max = 64u << 10;
inline constexpr std::size_t list_items_max =
    10'000;  // a reader keeps 16 bytes an item whatever its encoding takes
inline constexpr std::size_t json_depth_max = 64;
// More values than an event within the other bounds can have: a value takes a word, except in lists of small
// scalars. A list of empty structures takes no room at all, and would otherwise be answered with any amount
// of memory.
inline constexpr std::size_t values_max = event_bytes_max / 8 + 10 * list_items_max;

bool is_id(std::string_view s);
bool is_unit_id(std::string_view s);
bool is_member_name(
    std::string_view s);  // 1 to 64 of letters, digits, _ and -: names inside personal and maps
bool is_municipality(std::string_view s);
bool is_known_instant(Instant t);  // in the years that can be shown in any zone: 1 to 9999
bool is_known_date(Date d);

// Whether a text is what its form allows. Errors: invalid_argument naming the path; the text is not repeated.
Result<void> check_text(FieldForm form, std::string_view text, const Path& path);

// Whether a value, present or absent, is what its field allows; with all its items. Errors: invalid_argument.
Result<void> check_value(const Field& field, const Value& value, const Path& path);

// The same for all fields of a structure, in order.
Result<void> check_values(std::span<const Field> fields, std::span<const Value> values, const Path& path);

// Whether the stream's name is well-formed and of a category of the type. Errors: invalid_argument,
// "subject".
Result<void> check_stream(std::string_view stream, const EventType& type);

}  // namespace stafett::event
