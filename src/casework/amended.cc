#include "stafett/casework/amended.h"

#include <algorithm>

#include "stafett/casework/comparison.h"

namespace stafett::casework {
namespace {

using Events = std::vector<const RecordedEvent*>;

bool bad(State s) { return s == State::overdue || s == State::fulfilled_late || s == State::breached; }
bool good(State s) { return s == State::fulfilled || s == State::waived; }

Events without(std::span<const RecordedEvent* const> events, const RecordedEvent* left_out) {
  Events out(events.begin(), events.end());
  std::erase(out, left_out);
  return out;
}

const RecordedEvent* corrected_by(const RecordedEvent& correction, const Events& all) {
  static const auto* field = event::find_event_type("EventCorrected")->field("correctsEventId");
  auto id = event::parse_event_id(correction.fields[field->index].text());
  if (!id) return nullptr;
  auto found = std::find_if(all.begin(), all.end(), [&](auto* e) { return e->id == id.value(); });
  return found == all.end() ? nullptr : *found;
}

Amendment amendment(const RecordedEvent& correction, const RecordedEvent& corrected,
                    const ObligationChange& change) {
  Amendment out;
  auto& o = *change.before;
  out.correction = correction.position;
  out.corrected = corrected.position;
  out.rule = o.rule;
  out.case_id = o.case_id;
  out.subject = o.subject;
  out.unit = correction.source;
  out.before = o.state;
  if (change.after) out.after = change.after->state;
  out.recorded_at = correction.recorded_at;
  out.actor = correction.actor;
  out.corrected_actor = corrected.actor;
  out.same_actor = !correction.actor.empty() && correction.actor == corrected.actor;
  return out;
}

}  // namespace

Amendments amendments(std::span<const RecordedEvent* const> own,
                      std::span<const RecordedEvent* const> visiting, std::string_view home, Instant at,
                      const RuleBook& book, const Effort& effort) {
  static const auto type = event::find_event_type("EventCorrected")->ordinal;
  Amendments out;
  Events all(own.begin(), own.end());
  all.insert(all.end(), visiting.begin(), visiting.end());
  Events corrections;
  for (auto* e : all)
    if (e->type == type && e->occurred_at <= at) corrections.push_back(e);
  if (corrections.empty()) return out;
  std::sort(corrections.begin(), corrections.end(),
            [](auto* a, auto* b) { return a->position < b->position; });
  auto after = judge(World(own, visiting, at, home), book, effort);
  for (auto* correction : corrections) {
    auto* corrected = corrected_by(*correction, all);
    if (!corrected) continue;
    auto rest = without(own, correction), visitors = without(visiting, correction);
    auto before = judge(World(rest, visitors, at, home), book, effort);
    if (before.given_up || after.given_up) {
      out.given_up = true;
      return out;
    }
    for (auto& change : changes(before, after))
      if (change.before && bad(change.before->state) && (!change.after || good(change.after->state)))
        out.list.push_back(amendment(*correction, *corrected, change));
  }
  return out;
}

}  // namespace stafett::casework
