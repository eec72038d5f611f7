#include "stafett/event/in_words.h"

#include <cstdio>

#include "stafett/core/calendar.h"

namespace stafett::event {
namespace {

constexpr std::size_t text_shown_max = 400;

std::string label_of(std::span<const Enumerator> all, std::string_view name, Language language) {
  for (auto& e : all)
    if (e.name == name) return e.label.in(language);
  return std::string(name);
}

}  // namespace

// "2019-03-12T09:40:00+01:00": what a person may leave out of a local time is its seconds and its offset.
std::string short_time(Instant t) {
  auto local = format_local(t);
  return local.substr(0, 10) + " " + local.substr(11, 5);
}

std::string in_words(const Field& field, const Value& value, Language language) {
  bool english = language == Language::english;
  std::string out;
  switch (value.kind()) {
    case ValueKind::absent:
      return "";
    case ValueKind::boolean:
      return value.boolean() ? (english ? "yes" : "ja") : (english ? "no" : "nej");
    case ValueKind::number:
      return std::to_string(value.number());
    case ValueKind::real: {
      char text[32];
      std::snprintf(text, sizeof text, "%.3g", value.real());
      return text;
    }
    case ValueKind::instant:
      return short_time(value.instant());
    case ValueKind::date:
      return format_date(value.date());
    case ValueKind::text:
      if (field.form == FieldForm::enumerator) return label_of(field.enumerators, value.text(), language);
      if (value.text().size() > text_shown_max)
        return "(" + std::to_string(value.text().size()) + (english ? " bytes)" : " byte)");
      return std::string(value.text());
    case ValueKind::list:
      for (auto& item : value.items()) out += (out.empty() ? "" : ", ") + in_words(field, item, language);
      return out;
    case ValueKind::row:
      for (std::size_t i = 0; i < value.items().size(); ++i) {
        if (!value.items()[i].present()) continue;
        if (!out.empty()) out += field.form == FieldForm::json_map ? " = " : " ";
        // A map's rows are a name and a value in JSON: they have no labels.
        static const Field plain;
        out += in_words(i < field.members.size() ? field.members[i] : plain, value.items()[i], language);
      }
      return out;
  }
  return out;
}

}  // namespace stafett::event
