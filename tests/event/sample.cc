#include "event/sample.h"

#include <algorithm>
#include <cstring>

#include "stafett/core/calendar.h"

namespace stafett::event::test {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

std::uint64_t below(std::uint64_t n, std::mt19937_64& random) {
  return std::uniform_int_distribution<std::uint64_t>(0, n - 1)(random);
}

std::string word(std::string_view alphabet, std::size_t size_max, std::mt19937_64& random) {
  std::string out;
  for (std::size_t i = 0, n = 1 + below(size_max, random); i < n; ++i)
    out += alphabet[below(alphabet.size(), random)];
  return out;
}

// Segments divided by single slashes.
std::string unit_id(std::mt19937_64& random) {
  std::string out = word("abcXYZ019._-:", 40, random);
  for (std::size_t more = below(3, random); more > 0; --more) out += "/" + word("abcXYZ019._-:", 40, random);
  return out;
}

std::string swedish(std::size_t characters_max, std::mt19937_64& random) {
  static const std::vector<std::string> characters = {"a",  "å", "Ö",      " ", "\n", "\"",
                                                      "\\", "😀", "\u0001", "b", "é"};
  std::string out = "t";
  for (std::size_t i = 0, n = below(characters_max, random); i < n; ++i)
    out += characters[below(characters.size(), random)];
  return out;
}

std::string uuid(std::mt19937_64& random) {
  EventId id;
  for (std::byte& b : id) b = std::byte(below(256, random));
  return format_event_id(id);
}

std::string municipality(std::mt19937_64& random) {
  std::string out;
  for (int i = 0; i < 4; ++i) out += static_cast<char>('0' + below(10, random));
  return out;
}

std::string instant(std::mt19937_64& random) {
  auto span = static_cast<std::uint64_t>(200) * 366 * 86400 * 1'000'000;
  auto us = static_cast<std::int64_t>(below(span, random)) - static_cast<std::int64_t>(span / 2);
  if (below(2, random)) us -= us % 1'000'000;
  auto t = instant_from_micros(us);
  bool local = t > Instant() && below(2, random);  // early offsets are not of whole minutes
  return local ? format_local(t) : format_utc(t);
}

Json map(std::mt19937_64& random) {
  Json out = Json::object();
  out["childId"] = word(letters, 8, random);
  out["guardianPresent"] = below(2, random) == 1;
  if (below(2, random)) out["validTo"] = nullptr;
  if (below(2, random)) out["units"] = {word(letters, 8, random), word(letters, 8, random)};
  return out;
}

Json single(const Field& field, std::mt19937_64& random) {
  switch (field.form) {
    case FieldForm::boolean:
      return below(2, random) == 1;
    case FieldForm::u8:
      return below(0x100, random);
    case FieldForm::u16:
      return below(0x10000, random);
    case FieldForm::u32:
      return below(0x100000000, random);
    case FieldForm::real:
      return std::normal_distribution(0.0, 1e6)(random);
    case FieldForm::share:
      return std::uniform_real_distribution(0.0, 1.0)(random);
    case FieldForm::id:
      return word(std::string(letters) + "._-:", 128, random);
    case FieldForm::unit_id:
      return unit_id(random);
    case FieldForm::code:
      return word(std::string(letters) + "-_.:/ ", 64, random);
    case FieldForm::text:
      return swedish(200, random);
    case FieldForm::document:
      return map(random).dump();
    case FieldForm::uuid:
      return uuid(random);
    case FieldForm::municipality:
      return municipality(random);
    case FieldForm::enumerator:
      return field.enumerators[below(field.enumerators.size(), random)].name;
    case FieldForm::instant:
      return instant(random);
    case FieldForm::date:
      return format_date(Date{static_cast<std::int32_t>(below(60000, random)) - 30000});
    case FieldForm::json_map:
      return map(random);
    case FieldForm::row:
      break;
  }
  Json row = Json::object();
  for (const Field& member : field.members)
    if (member.required || below(2, random)) row[member.name] = sample_value(member, random);
  return row;
}

bool same_instants(const Json& a, const Json& b) {
  if (!a.is_string() || !b.is_string()) return false;
  auto first = parse_instant(a.get<std::string>()), second = parse_instant(b.get<std::string>());
  return first.has_value() && second.has_value() && first.value() == second.value();
}

}  // namespace

Json sample_value(const Field& field, std::mt19937_64& random) {
  if (!field.list) return single(field, random);
  Json items = Json::array();
  for (std::size_t i = 0, n = below(5, random); i < n; ++i) items.push_back(single(field, random));
  return items;
}

Json sample_event(const EventType& type, Fill fill, std::mt19937_64& random) {
  auto wanted = [&](bool required) {
    return required || fill == Fill::every_field || (fill == Fill::some_fields && below(2, random));
  };
  const std::string& category = type.categories[below(type.categories.size(), random)];
  Json event;
  event["specversion"] = "1.0";
  event["id"] = uuid(random);
  event["type"] = "se.stafett." + type.name;
  event["source"] = "eskilstuna/" + word(letters, 20, random);
  event["subject"] = category + "/" + word(letters, 40, random);
  event["time"] = instant(random);
  event["municipality"] = municipality(random);
  if (wanted(false)) event["actor"] = word(letters, 20, random);
  if (wanted(false)) event["actorrole"] = roles()[below(roles().size(), random)].name;
  if (wanted(false)) event["correlationid"] = word(letters, 20, random);
  if (wanted(false)) event["causationid"] = uuid(random);
  Json& data = event["data"] = Json::object();
  for (const Field& field : type.fields)
    if (wanted(field.required)) data[field.name] = sample_value(field, random);
  if (wanted(false)) {
    Json& personal = data["personal"] = Json::object();
    for (std::size_t i = 0, n = 1 + below(4, random); i < n; ++i)
      personal[word(letters, 12, random)] = swedish(50, random);
  }
  return event;
}

Json shuffled(const Json& json, std::mt19937_64& random) {
  if (json.is_array()) {
    Json out = Json::array();
    for (const Json& item : json) out.push_back(shuffled(item, random));
    return out;
  }
  if (!json.is_object()) return json;
  std::vector<std::string> names;
  for (const auto& [name, value] : json.items()) names.push_back(name);
  std::ranges::shuffle(names, random);
  Json out = Json::object();
  for (const std::string& name : names) out[name] = shuffled(json.at(name), random);
  return out;
}

bool same_json(const Json& a, const Json& b) {
  if (a.is_object() && b.is_object()) {
    if (a.size() != b.size()) return false;
    for (const auto& [name, value] : a.items())
      if (!b.contains(name) || !same_json(value, b.at(name))) return false;
    return true;
  }
  if (a.is_array() && b.is_array()) return std::ranges::equal(a, b, same_json);
  return a == b || same_instants(a, b);
}

std::vector<std::uint64_t> words_of(BytesView bytes) {
  std::vector<std::uint64_t> words(bytes.size() / 8);
  if (!words.empty()) std::memcpy(words.data(), bytes.data(), words.size() * 8);
  return words;
}

}  // namespace stafett::event::test
