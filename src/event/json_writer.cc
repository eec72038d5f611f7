#include "event/json_writer.h"

#include <charconv>

#include "event/strict_json.h"
#include "stafett/core/calendar.h"
#include "stafett/core/utf8.h"

namespace stafett::event {

void JsonWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  out_ += bracket;
  first_ = false;
}

void JsonWriter::name(std::string_view member) {
  string(member);
  out_ += ':';
  first_ = true;
}

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
}

void JsonWriter::string(std::string_view s) {
  separate();
  out_ += '"';
  while (!s.empty()) {
    auto c = static_cast<unsigned char>(s.front());
    std::size_t length = utf8_length(s);
    if (length == 0) {
      out_ += "\uFFFD";
      length = 1;
    } else if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += s.front();
    } else if (c < 0x20) {
      static constexpr char digits[] = "0123456789abcdef";
      if (c == '\n')
        out_ += "\\n";
      else if (c == '\t')
        out_ += "\\t";
      else if (c == '\r')
        out_ += "\\r";
      else
        out_.append("\\u00").append(1, digits[c >> 4]).append(1, digits[c & 15]);
    } else {
      out_.append(s.substr(0, length));
    }
    s.remove_prefix(length);
  }
  out_ += '"';
}

void JsonWriter::instant(Instant t) {
  // Before the 20th century the zone's offset had seconds, which RFC 3339 has no place for.
  static const Instant whole_minutes_since{std::chrono::days(make_date(1900, 1, 1).days)};
  string(t < whole_minutes_since ? format_utc(t) : format_local(t));
}

void JsonWriter::value(const Field& field, const Value& v) {
  if (!field.list) return single(field, v);
  begin_array();
  for (const Value& item : v.items()) single(field, item);
  end_array();
}

void JsonWriter::single(const Field& field, const Value& v) {
  switch (v.kind()) {
    case ValueKind::absent:
      return raw("null");
    case ValueKind::boolean:
      return boolean(v.boolean());
    case ValueKind::number:
      return raw(std::to_string(v.number()));
    case ValueKind::real: {
      char text[32];
      auto end = std::to_chars(text, text + sizeof text, v.real()).ptr;
      return raw({text, static_cast<std::size_t>(end - text)});
    }
    case ValueKind::text:
      return string(v.text());
    case ValueKind::instant:
      return instant(v.instant());
    case ValueKind::date:
      return string(format_date(v.date()));
    case ValueKind::row:
      begin_object();
      for (const Field& member : field.members)
        if (const Value& item = v.items()[member.index]; item.present()) {
          name(member.name);
          value(member, item);
        }
      return end_object();
    case ValueKind::list:
      break;  // only a map is a list without being a list field
  }
  begin_object();
  for (const Value& entry : v.items()) {
    std::string_view json = entry.items()[1].text();
    name(entry.items()[0].text());
    // What was stored is JSON; what a damaged disk gives back may be anything.
    is_strict_json(json) ? raw(json) : string(json);
  }
  end_object();
}

}  // namespace stafett::event
