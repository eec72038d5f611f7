#include "stafett/events_shown.h"

#include <algorithm>

#include "stafett/core/base64.h"
#include "stafett/event/in_words.h"
#include "stafett/merkle/hash.h"
#include "stafett/printable.h"

namespace stafett::tools {
namespace {

constexpr std::size_t line_width = 100;

std::string padded(std::string text, std::size_t to) {
  auto now = width(text);
  if (now < to) text.append(to - now, ' ');
  return text;
}

const std::string& label(const Globals& globals, const event::Label& l) { return l.in(globals.language); }

std::string label_of(const Globals& globals, std::span<const event::Enumerator> all, std::string_view name) {
  for (auto& e : all)
    if (e.name == name) return label(globals, e.label);
  return std::string(name);
}

std::string erased_in_words(const Globals& globals, const event::RecordedEvent* receipt) {
  if (!receipt) return globals.say("personal content: erased", "personuppgifter: gallrade");
  auto& type = receipt->event_type();
  auto field = [&](std::string_view name) {
    auto* f = type.field(name);
    return in_words(globals, *f, receipt->fields[f->index]);
  };
  return globals.say("personal content: erased on ", "personuppgifter: gallrade ") + field("erasedAt") +
         globals.say(" because ", " på grund av ") + field("reason");
}

}  // namespace

bool is_receipt(const event::RecordedEvent& event) { return event.event_type().name == "PersonalDataErased"; }

std::string short_time(Instant t) { return event::short_time(t); }

Result<bool> unreadable(const wire::StoredEvent& stored) {
  if (stored.personal.personal || stored.personal.erased) return false;
  STAFETT_TRY(const auto sealed, event::sealed_personal(stored.record));
  return !sealed.empty();
}

Result<std::string> json_line(const wire::StoredEvent& stored, bool raw) {
  STAFETT_TRY(auto event, event::decode_record(stored.record));
  std::vector<std::pair<std::string, std::string>> extra;
  STAFETT_TRY(const bool lost, unreadable(stored));
  if (lost) extra.emplace_back("unreadable", "true");
  if (raw) {
    extra.emplace_back("record", "\"" + to_base64(stored.record) + "\"");
    extra.emplace_back("leafhash", "\"" + to_hex(merkle::leaf_hash(stored.record)) + "\"");
  }
  return event::to_json(event, stored.personal, extra);
}

std::string in_words(const Globals& globals, const event::Field& field, const event::Value& value) {
  return printable(event::in_words(field, value, globals.language));
}

std::vector<std::string> details(const Globals& globals, const event::RecordedEvent& event,
                                 const event::PersonalView& personal, const event::RecordedEvent* receipt) {
  std::vector<std::string> out;
  auto& fields = event.event_type().fields;
  for (auto& field : fields) {
    if (field.index >= event.fields.size() || !event.fields[field.index].present()) continue;
    out.push_back(label(globals, field.label) + ": " + in_words(globals, field, event.fields[field.index]));
  }
  if (personal.erased) out.push_back(erased_in_words(globals, receipt));
  if (personal.personal)
    for (auto& [name, value] : *personal.personal) out.push_back(printable(name + ": " + value));
  return out;
}

std::string paragraph(const Globals& globals, const event::RecordedEvent& event,
                      const event::PersonalView& personal, const event::RecordedEvent* receipt) {
  std::string out = padded("v" + std::to_string(event.version.value), 5) + short_time(event.occurred_at) +
                    "  " + label(globals, event.event_type().label) + "\n";
  std::string by(event.source);
  if (!event.actor.empty()) by += ", " + std::string(event.actor);
  if (!event.actor_role.empty()) by += " (" + label_of(globals, event::roles(), event.actor_role) + ")";
  std::string place = globals.say("position ", "plats ") + std::to_string(event.position.value) +
                      globals.say(", recorded ", ", registrerad ") + short_time(event.recorded_at);
  const std::string indent(5, ' ');
  std::string line = indent + by + " · " + place;
  auto flush = [&] {
    out += line + "\n";
    line = indent;
  };
  flush();
  for (auto& item : details(globals, event, personal, receipt)) {
    bool begun = line.size() > indent.size();
    if (begun && width(line) + 3 + width(item) > line_width) {
      flush();
      begun = false;
    }
    line += (begun ? " · " : "") + item;
  }
  if (line.size() > indent.size()) flush();
  return out;
}

std::string short_line(const Globals& globals, const event::RecordedEvent& event) {
  auto position = std::to_string(event.position.value);
  std::string out = position.size() < 8 ? std::string(8 - position.size(), ' ') + position : position;
  out += "  " + short_time(event.occurred_at) + "  " + padded(std::string(event.stream), 24) + "  " +
         padded(label(globals, event.event_type().label), 36) + "  " + std::string(event.source);
  return out;
}

}  // namespace stafett::tools
