#include "stafett/casework/corrections.h"

#include <algorithm>
#include <cstring>

namespace stafett::casework {

using event::RecordedEvent;
using event::Value;

std::size_t EventIdHash::operator()(const event::EventId& id) const {
  std::size_t h;
  std::memcpy(&h, id.data() + 8, sizeof h);
  return h;
}

Corrections::Corrections(std::span<const RecordedEvent* const> events) {
  static const auto* type = event::find_event_type("EventCorrected");
  static const auto* target_field = type->field("correctsEventId");
  static const auto* voids_field = type->field("voids");
  std::vector<const RecordedEvent*> corrections;
  for (auto* e : events)
    if (e->type == type->ordinal) corrections.push_back(e);
  // Latest first: whether a correction counts is known before what it corrects is looked at.
  std::sort(corrections.begin(), corrections.end(), [](auto* a, auto* b) {
    return a->occurred_at != b->occurred_at ? a->occurred_at > b->occurred_at : a->id > b->id;
  });
  for (auto* c : corrections) {
    if (voided_.contains(c->id)) continue;
    auto target = event::parse_event_id(c->fields[target_field->index].text());
    if (!target) continue;
    const auto& voids = c->fields[voids_field->index];
    if (voids.present() && voids.boolean())
      voided_.insert(target.value());
    else
      for_event_[target.value()].push_back(c);
  }
}

std::span<const Value> Corrections::apply(const RecordedEvent& e, std::vector<std::vector<Value>>& values,
                                          std::vector<std::shared_ptr<const void>>& keep) const {
  auto found = for_event_.find(e.id);
  if (found == for_event_.end()) return e.fields;
  std::vector<Value> fields(e.fields.begin(), e.fields.end());
  for (auto c = found->second.rbegin(); c != found->second.rend(); ++c) {
    if (voided_.contains((*c)->id)) continue;
    auto correction = event::read_correction(**c, e.event_type());
    if (!correction) continue;
    for (auto& f : correction.value().fields) fields[f.index] = f.value;
    keep.push_back(correction.value().memory);
  }
  values.push_back(std::move(fields));
  return values.back();
}

}  // namespace stafett::casework
