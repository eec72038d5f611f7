#include "casework/phrases.h"

#include <cmath>
#include <cstdio>

#include "stafett/event/in_words.h"

namespace stafett::casework {
namespace {

std::string filled(std::string_view pattern, std::initializer_list<Text> arguments,
                   event::Language language) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}') {
      auto n = static_cast<std::size_t>(pattern[i + 1] - '1');
      if (n < arguments.size()) out += (arguments.begin() + n)->in(language);
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

std::string strung(std::span<const Text> items, std::string_view last, event::Language language) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? last : std::string_view(", ");
    out += items[i].in(language);
  }
  return out;
}

Text strung(std::span<const Text> items, std::string_view english, std::string_view swedish) {
  return {strung(items, english, event::Language::english), strung(items, swedish, event::Language::swedish)};
}

std::string decapitalised(std::string text) {
  // Only where the second letter is small too: not an abbreviation.
  auto small = [](char c, char next) {
    return (c >= 'a' && c <= 'z') || (c == '\xc3' && static_cast<unsigned char>(next) >= 0xa0);
  };
  if (text.size() > 2 && text[0] >= 'A' && text[0] <= 'Z' && small(text[1], text[2]))
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  else if (text.size() > 2 && text[0] == '\xc3' &&
           (text[1] == '\x85' || text[1] == '\x84' || text[1] == '\x96'))
    text[1] = static_cast<char>(text[1] + 0x20);  // Å, Ä, Ö
  return text;
}

}  // namespace

Text phrase(std::string_view english, std::string_view swedish, std::initializer_list<Text> arguments) {
  return {filled(english, arguments, event::Language::english),
          filled(swedish, arguments, event::Language::swedish)};
}

Text plain(std::string_view text) { return {std::string(text), std::string(text)}; }

Text number(double n) {
  char text[32];
  std::snprintf(text, sizeof text, std::trunc(n) == n ? "%.0f" : "%.2f", n);
  return plain(text);
}

Text moment(Instant t) { return plain(event::short_time(t)); }

Text day(Date date) { return plain(format_date(date)); }

Text time_between(Instant from, Instant to) {
  auto days = local_date(to).days - local_date(from).days;
  auto minutes = std::chrono::duration_cast<std::chrono::minutes>(to - from).count();
  if (days >= 2) return phrase("{1} days", "{1} dagar", {number(days)});
  if (minutes >= 24 * 60) return phrase("1 day", "1 dag");
  auto hours = minutes / 60;
  if (hours == 0) return phrase("{1} min", "{1} min", {number(static_cast<double>(minutes))});
  return phrase("{1} h {2} min", "{1} h {2} min",
                {number(static_cast<double>(hours)), number(static_cast<double>(minutes % 60))});
}

Text decapitalised(Text text) { return {decapitalised(text.english), decapitalised(text.swedish)}; }

Text either(std::span<const Text> items) { return strung(items, " or ", " eller "); }
Text both(std::span<const Text> items) { return strung(items, " and ", " och "); }
Text listed(std::span<const Text> items) {
  Text out;
  for (auto& item : items) {
    out.english += (out.english.empty() ? "" : "; ") + item.english;
    out.swedish += (out.swedish.empty() ? "" : "; ") + item.swedish;
  }
  return out;
}

Text in_words(Severity severity) {
  switch (severity) {
    case Severity::must:
      return {"must", "ska"};
    case Severity::should:
      return {"should", "bör"};
    case Severity::agreed:
      return {"agreed", "överenskommet"};
    case Severity::advisory:
      return {"advisory", "råd"};
    case Severity::system:
      return {"system", "system"};
  }
  return {};
}

Text in_words(State state) {
  switch (state) {
    case State::open:
      return {"open", "öppen"};
    case State::fulfilled:
      return {"done in time", "gjord i tid"};
    case State::fulfilled_late:
      return {"done late", "gjord för sent"};
    case State::overdue:
      return {"overdue", "försenad"};
    case State::waived:
      return {"waived", "bortfallen"};
    case State::breached:
      return {"breached", "bruten"};
  }
  return {};
}

const Text& label_of(std::uint16_t type) { return event::event_types()[type].label; }

Text in_words(const Fact& fact) {
  return phrase("{1} (position {2}, {3}, {4})", "{1} (plats {2}, {3}, {4})",
                {label_of(fact.type()), number(static_cast<double>(fact.position().value)), moment(fact.when),
                 plain(fact.event->source)});
}

}  // namespace stafett::casework
