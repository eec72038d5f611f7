#include "casework/corrections_told.h"

#include <algorithm>

#include "stafett/event/in_words.h"

namespace stafett::casework {
namespace {

// The corrections of that event that count, by time.
std::vector<const Fact*> corrections_of(const World& world, const RecordedEvent& event) {
  static const auto* type = event::find_event_type("EventCorrected");
  auto id = event::format_event_id(event.id);
  std::vector<const Fact*> out;
  for (auto* f : world.of_type(type->ordinal))
    if (auto target = event::parse_event_id(field_of(*f, "correctsEventId").text());
        target && target.value() == event.id)
      out.push_back(f);
  return out;
}

Text value_in_words(const event::Field& field, const Value& value) {
  if (!value.present()) return {"not recorded", "inte registrerat"};
  return {event::in_words(field, value, event::Language::english),
          event::in_words(field, value, event::Language::swedish)};
}

Text changes(const Fact& f) {
  std::vector<Text> out;
  for (auto& field : f.event->event_type().fields) {
    auto &before = f.event->fields[field.index], &after = f.fields[field.index];
    if (before == after) continue;
    out.push_back(
        phrase("{1}: {2} → {3}", "{1}: {2} → {3}",
               {decapitalised(field.label), value_in_words(field, before), value_in_words(field, after)}));
  }
  return listed(out);
}

Text by_whom(const std::vector<const Fact*>& corrections) {
  std::vector<Text> out;
  for (auto* c : corrections) {
    auto* reason = c->event->event_type().field("reason");
    out.push_back(phrase("{1}, reason: {2}", "{1}, skäl: {2}",
                         {in_words(*c), value_in_words(*reason, c->fields[reason->index])}));
  }
  return listed(out);
}

std::vector<Position> positions(Position first, const std::vector<const Fact*>& corrections) {
  std::vector<Position> out{first};
  for (auto* c : corrections) out.push_back(c->position());
  std::sort(out.begin(), out.end());
  return out;
}

bool named(const Clause& clause, std::uint16_t type) {
  auto in = [type](const EventPattern& p) {
    return p.types.size() < event::event_types().size() &&
           std::binary_search(p.types.begin(), p.types.end(), type);
  };
  auto any = [&](const std::vector<Exception>& list) {
    return std::any_of(list.begin(), list.end(), [&](auto& e) { return in(e.event); });
  };
  return std::any_of(clause.must.begin(), clause.must.end(), [&](auto& r) { return in(r.event); }) ||
         any(clause.waive) || any(clause.extend) || any(clause.breach);
}

}  // namespace

std::vector<Step> corrections_told(const World& world, const Clause& clause, const Binding& b,
                                   std::vector<const Fact*> facts) {
  std::sort(facts.begin(), facts.end(), [](auto* a, auto* c) { return a->position() < c->position(); });
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  std::vector<Step> out;
  for (auto* f : facts) {
    if (f->fields.data() == f->event->fields.data()) continue;  // as recorded
    auto corrections = corrections_of(world, *f->event);
    if (corrections.empty()) continue;
    out.push_back(
        {"correction",
         phrase("Position {1} counts as corrected by {2}. {3}.", "Plats {1} räknas som rättad av {2}. {3}.",
                {number(static_cast<double>(f->position().value)), by_whom(corrections), changes(*f)}),
         positions(f->position(), corrections)});
  }
  for (auto* e : world.voided()) {
    if (!b.trigger || e->stream != b.trigger->event->stream || !named(clause, e->type)) continue;
    auto corrections = corrections_of(world, *e);
    out.push_back({"correction",
                   phrase("{1} (position {2}, {3}) does not count: taken back by {4}.",
                          "{1} (plats {2}, {3}) räknas inte: återtagen av {4}.",
                          {label_of(e->type), number(static_cast<double>(e->position.value)),
                           moment(e->occurred_at), by_whom(corrections)}),
                   positions(e->position, corrections)});
  }
  return out;
}

}  // namespace stafett::casework
