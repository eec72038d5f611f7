#include "casework/openings.h"

#include <algorithm>
#include <map>
#include <set>

#include "casework/openings_parts.h"

namespace stafett::casework {
namespace {

// Whether the dossier is one that the clause is judged in, and the fact one that may trigger it there.
bool judged_here(const Clause& clause, const World& world) {
  switch (clause.dossier) {
    case Clause::Dossier::own:
      return true;
    case Clause::Dossier::unit:
      return world.home().starts_with("unit/");
    case Clause::Dossier::municipality:
      return world.home().starts_with("municipality/");
  }
  return false;
}

bool may_trigger(const Clause& clause, const Fact& f, const World& world) {
  if (clause.dossier == Clause::Dossier::own) return !f.visiting || clause.trigger.per_case;
  return clause.dossier == Clause::Dossier::unit || f.event->municipality == world.home_id();
}

}  // namespace

Binding binding_of(const World& world, const Fact* trigger) {
  Binding b;
  b.world = &world;
  b.trigger = trigger;
  b.in_case = trigger->in_case;
  b.start = trigger->when;
  return b;
}

std::vector<const Fact*> matching(const Clause& clause, const World& world) {
  auto& pattern = *clause.trigger.event;
  std::vector<const Fact*> out;
  for (auto type : pattern.types)
    for (auto* f : world.of_type(type))
      if (may_trigger(clause, *f, world) && pattern.counts(*f, binding_of(world, f))) out.push_back(f);
  if (pattern.types.size() == 1) return out;
  std::sort(out.begin(), out.end(), [](auto* a, auto* b) {
    return a->when != b->when ? a->when < b->when : a->event->id < b->event->id;
  });
  return out;
}

Opening opened_by(const Fact* f) {
  Opening o;
  o.trigger = f;
  o.start = f->when;
  o.in_case = f->in_case;
  return o;
}

namespace {

// One opening for each case that the event names, in the dossier that holds the case.
void by_named_case(const Clause& clause, const World& world, std::vector<Opening>& out) {
  for (auto* f : matching(clause, world)) {
    Values named;
    clause.trigger.per_case->evaluate(f, binding_of(world, f), named);
    for (auto& id : named)
      if (auto* c = id.kind() == event::ValueKind::text ? world.find_case(id.text()) : nullptr) {
        out.push_back(opened_by(f));
        out.back().in_case = c;
      }
  }
}

// One opening for each minor that the event names: with `first`, when it is named for the first time.
void by_named_child(const Clause& clause, const World& world, std::vector<Opening>& out) {
  std::set<std::string_view> seen;
  for (auto* f : matching(clause, world)) {
    Values named;
    for (auto& path : clause.trigger.per_child)
      if (named.empty()) path.evaluate(f, binding_of(world, f), named);
    for (auto& id : named) {
      if (id.kind() != event::ValueKind::text || !world.is_minor(id.text(), local_date(f->when))) continue;
      if (clause.trigger.first && !seen.insert(id.text()).second) continue;
      out.push_back(opened_by(f));
      out.back().child = id.text();
    }
  }
}

void by_event(const Clause& clause, const World& world, std::vector<Opening>& out) {
  if (clause.trigger.per_case) return by_named_case(clause, world, out);
  if (!clause.trigger.per_child.empty()) return by_named_child(clause, world, out);
  auto& pattern = *clause.trigger.event;
  if (!clause.trigger.first && pattern.types.size() == 1) {  // most clauses
    out.reserve(world.of_type(pattern.types.front()).size());
    for (auto* f : world.of_type(pattern.types.front()))
      if (may_trigger(clause, *f, world) && pattern.counts(*f, binding_of(world, f)))
        out.push_back(opened_by(f));
    return;
  }
  std::set<std::string> seen;
  for (auto* f : matching(clause, world)) {
    if (clause.trigger.first) {
      std::string key(clause.dossier == Clause::Dossier::unit ? world.home() : f->event->stream);
      Values values;
      if (clause.trigger.first_of) clause.trigger.first_of->evaluate(f, binding_of(world, f), values);
      for (auto& v : values)
        if (v.kind() == event::ValueKind::text) (key += '\n') += v.text();
      if (!seen.insert(key).second) continue;
    }
    out.push_back(opened_by(f));
  }
}

// Shape f: one opening for each stretch of the state in which nothing was in force.
void by_gap(const Clause& clause, const World& world, Opening state, std::vector<Opening>& out) {
  auto b = binding_of(world, state.trigger);
  auto end = state.ends.value_or(instant_max);
  auto cursor = state.start;
  const Fact* since = state.trigger;
  bool first = true;
  std::vector<const Fact*> assigned;
  for (auto type : clause.trigger.in_force->types)
    for (auto* f : world.of_type(type))
      if (f->when < end && clause.trigger.in_force->holds(*f, b)) assigned.push_back(f);
  if (clause.trigger.in_force->types.size() > 1)
    std::stable_sort(assigned.begin(), assigned.end(), [](auto* x, auto* y) { return x->when < y->when; });
  for (auto* f : assigned) {
    if (f->when > cursor || (first && f->when >= cursor)) {
      auto gap = state;
      gap.trigger = since;
      gap.start = cursor;
      gap.gap = true;
      gap.gap_closed_by = f;
      out.push_back(gap);
    }
    first = false;
    auto until = instant_max;
    if (clause.trigger.in_force_until) {
      Values v;
      clause.trigger.in_force_until->evaluate(f, b, v);
      if (!v.empty()) until = v.front().instant();
    }
    if (until > cursor) {
      cursor = until;
      since = f;
    }
  }
  if (cursor < end && cursor <= world.at()) {
    auto gap = state;
    gap.trigger = since;
    gap.start = cursor;
    gap.gap = true;
    out.push_back(gap);
  }
}

void by_interval(const Clause& clause, const World& world, std::vector<Opening>& out) {
  std::map<std::string_view, std::optional<Instant>> lasting;  // until when the state of a stream does
  for (auto* f : matching(clause, world)) {
    // The same state told again, in the same stream and not ended in between, is one state.
    auto& ends = lasting.try_emplace(f->event->stream, f->when).first->second;
    if (clause.trigger.end_in_common && (!ends || f->when < *ends)) continue;
    auto b = binding_of(world, f);
    auto state = opened_by(f);
    if (auto* g = world.first_since(f->when, clause.trigger.end->types, [&](auto& fact) {
          return &fact != f && clause.trigger.end->holds(fact, b);
        })) {
      state.ends = g->when;
      state.ended_by = g;
    }
    ends = state.ends;
    if (clause.trigger.in_force)
      by_gap(clause, world, state, out);
    else
      out.push_back(state);
  }
}

// The stretches in which a household has open cases in enough units (domain.md 8.2 no. 12).
void by_shared(const Clause& clause, const World& world, std::vector<Opening>& out, Instant& horizon) {
  std::set<std::string_view> households;
  for (auto* c : world.cases())
    if (!c->household.empty()) households.insert(c->household);
  for (auto household : households) {
    struct Change {
      Instant when;
      const Fact* by;
    };
    std::vector<Change> changes;
    for (auto* c : world.cases()) {
      if (c->household != household) continue;
      changes.push_back({c->opened->when, c->opened});
      if (c->closed) changes.push_back({c->closed->when, c->closed});
      for (auto& r : c->responsibilities) {
        changes.push_back({r.fact->when, r.fact});
        // A responsibility for a time gives the case back to the unit that had it before.
        if (r.until <= world.at())
          changes.push_back({r.until, r.fact});
        else
          horizon = std::min(horizon, r.until);
      }
    }
    std::sort(changes.begin(), changes.end(), [](auto& a, auto& b) {
      return a.when != b.when ? a.when < b.when : a.by->event->id < b.by->event->id;
    });
    bool shared = false;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      auto t = changes[i].when;
      if (i + 1 < changes.size() && changes[i + 1].when == t)
        continue;  // judge once all of that moment is in
      auto units = world.units_of_household(household, t);
      std::set<std::string_view> kinds;
      for (auto unit : units) kinds.insert(unit_kind(unit));
      bool now = units.size() >= clause.trigger.units &&
                 std::all_of(clause.trigger.kinds.begin(), clause.trigger.kinds.end(),
                             [&](auto& k) { return kinds.contains(k); });
      if (now && !shared) {
        out.push_back(opened_by(changes[i].by));
        out.back().start = t;
      }
      if (!now && shared) {
        out.back().ends = t;
        out.back().ended_by = changes[i].by;
      }
      shared = now;
    }
  }
}

}  // namespace

std::string_view child_of(const Opening& o) {
  if (!o.child.empty()) return o.child;
  auto child = child_of(*o.trigger);
  if (!child.empty()) return child;
  return o.in_case && o.in_case->kind == "child" ? o.in_case->subject : std::string_view{};
}

std::vector<Opening> openings(const Clause& clause, const World& world, Instant& horizon) {
  std::vector<Opening> out;
  if (!judged_here(clause, world)) return out;
  switch (clause.trigger.kind) {
    case Trigger::Kind::event:
      by_event(clause, world, out);
      break;
    case Trigger::Kind::interval:
      by_interval(clause, world, out);
      break;
    case Trigger::Kind::shared:
      by_shared(clause, world, out, horizon);
      break;
    case Trigger::Kind::calendar:
      by_calendar(clause, world, out, horizon);
      break;
    case Trigger::Kind::birthday:
      by_birthday(clause, world, out, horizon);
      break;
    case Trigger::Kind::once:
      on_date(clause, world, out, horizon);
      break;
  }
  if (clause.dossier == Clause::Dossier::unit)
    for (auto& o : out) o.about = world.home();
  auto earlier = [](auto& a, auto& b) { return a.start < b.start; };
  if (!std::is_sorted(out.begin(), out.end(), earlier)) std::stable_sort(out.begin(), out.end(), earlier);
  return out;
}

}  // namespace stafett::casework
