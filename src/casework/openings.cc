#include "casework/openings.h"

#include <algorithm>
#include <set>

namespace stafett::casework {
namespace {

Binding binding_of(const World& world, const Fact* trigger) {
  Binding b;
  b.world = &world;
  b.trigger = trigger;
  b.in_case = trigger->in_case;
  b.start = trigger->when;
  return b;
}

std::vector<const Fact*> matching(const EventPattern& pattern, const World& world, bool may_visit = false) {
  std::vector<const Fact*> out;
  for (auto type : pattern.types)
    for (auto* f : world.of_type(type)) {
      if (f->visiting && !may_visit) continue;
      auto b = binding_of(world, f);
      if (pattern.where.holds(*f, b)) out.push_back(f);
    }
  std::sort(out.begin(), out.end(), [](auto* a, auto* b) {
    return a->when != b->when ? a->when < b->when : a->event->id < b->event->id;
  });
  return out;
}

// One opening for each case that the event names, in the dossier that holds the case.
void by_named_case(const Clause& clause, const World& world, std::vector<Opening>& out) {
  for (auto* f : matching(*clause.trigger.event, world, true)) {
    Values named;
    clause.trigger.per_case->evaluate(f, binding_of(world, f), named);
    for (auto& id : named)
      if (auto* c = id.kind() == event::ValueKind::text ? world.find_case(id.text()) : nullptr)
        out.push_back({f, f->when, c, {}, {}, nullptr, false, nullptr});
  }
}

void by_event(const Clause& clause, const World& world, std::vector<Opening>& out) {
  if (clause.trigger.per_case) return by_named_case(clause, world, out);
  std::set<std::string_view> seen;
  for (auto* f : matching(*clause.trigger.event, world)) {
    if (clause.trigger.first && !seen.insert(f->event->stream).second) continue;
    out.push_back({f, f->when, f->in_case, {}, {}, nullptr, false, nullptr});
  }
}

// Shape f: one opening for each stretch of the state in which nothing was in force.
void by_gap(const Clause& clause, const World& world, Opening state, std::vector<Opening>& out) {
  auto b = binding_of(world, state.trigger);
  auto end = state.ends.value_or(instant_max);
  auto cursor = state.start;
  const Fact* since = state.trigger;
  bool first = true;
  for (auto* f : world.facts()) {
    if (!clause.trigger.in_force->holds(*f, b) || f->when >= end) continue;
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
  for (auto* f : matching(*clause.trigger.event, world)) {
    auto b = binding_of(world, f);
    Opening state{f, f->when, f->in_case, {}, {}, nullptr, false, nullptr};
    for (auto* g : world.facts())
      if (g->when >= f->when && g != f && clause.trigger.end->holds(*g, b)) {
        state.ends = g->when;
        state.ended_by = g;
        break;
      }
    if (clause.trigger.in_force)
      by_gap(clause, world, state, out);
    else
      out.push_back(state);
  }
}

// The stretches in which a household has open cases in enough units (domain.md 8.2 no. 12).
void by_shared(const Clause& clause, const World& world, std::vector<Opening>& out) {
  std::set<std::string_view> households;
  for (auto* c : world.cases())
    if (!c->household.empty()) households.insert(c->household);
  for (auto household : households) {
    std::vector<const Fact*> changes;
    for (auto* c : world.cases()) {
      if (c->household != household) continue;
      changes.push_back(c->opened);
      if (c->closed) changes.push_back(c->closed);
      for (auto& r : c->responsibilities) changes.push_back(r.fact);
    }
    std::sort(changes.begin(), changes.end(), [](auto* a, auto* b) {
      return a->when != b->when ? a->when < b->when : a->event->id < b->event->id;
    });
    bool shared = false;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      auto t = changes[i]->when;
      if (i + 1 < changes.size() && changes[i + 1]->when == t)
        continue;  // judge once all of that moment is in
      auto units = world.units_of_household(household, t);
      std::set<std::string_view> kinds;
      for (auto unit : units) kinds.insert(unit_kind(unit));
      bool now = units.size() >= clause.trigger.units &&
                 std::all_of(clause.trigger.kinds.begin(), clause.trigger.kinds.end(),
                             [&](auto& k) { return kinds.contains(k); });
      if (now && !shared)
        out.push_back({changes[i], t, changes[i]->in_case, {}, {}, nullptr, false, nullptr});
      if (!now && shared) {
        out.back().ends = t;
        out.back().ended_by = changes[i];
      }
      shared = now;
    }
  }
}

std::vector<Period> periods(Trigger::Each each, Date from, Date to) {
  std::vector<Period> out;
  for (int year = static_cast<int>(civil(from).year()); make_date(year, 1, 1) < to; ++year) {
    Period whole{make_date(year, 1, 1), make_date(year + 1, 1, 1), year};
    if (each == Trigger::Each::year) {
      out.push_back(whole);
    } else {
      auto middle = make_date(year, 7, 1);
      out.push_back({whole.begin, middle, year});
      out.push_back({middle, whole.end, year});
    }
  }
  std::erase_if(out, [&](auto& p) { return p.end <= from || p.begin >= to; });
  return out;
}

void by_calendar(const Clause& clause, const World& world, std::vector<Opening>& out, Instant& horizon) {
  std::map<std::string_view, std::vector<const Fact*>> by_stream;
  for (auto* f : matching(*clause.trigger.event, world)) by_stream[f->event->stream].push_back(f);
  auto today = local_date(world.at());
  for (auto& [stream, facts] : by_stream) {
    auto date = [&](const std::optional<Path>& path, const Fact* f, Date otherwise) {
      Values v;
      if (path) path->evaluate(f, binding_of(world, f), v);
      return v.empty() ? otherwise : v.front().date();
    };
    auto since = date(clause.trigger.valid_from, facts.front(), local_date(facts.front()->when));
    for (auto* f : facts) since = std::min(since, date(clause.trigger.valid_from, f, since));
    auto until = date(clause.trigger.valid_to, facts.back(), Date{std::numeric_limits<std::int32_t>::max()});
    for (auto& period : periods(clause.trigger.each, since, std::min(until, add_days(today, 1)))) {
      // The last thing recorded about it that is valid in the period says what is required.
      const Fact* says = facts.front();
      for (auto* f : facts)
        if (date(clause.trigger.valid_from, f, since) < period.end) says = f;
      auto start = start_of_day(std::max(period.begin, since));
      if (start <= world.at())
        out.push_back({says, start, says->in_case, period, {}, nullptr, false, nullptr});
    }
    auto year = static_cast<int>(civil(today).year());
    for (auto next : {make_date(year, 7, 1), make_date(year + 1, 1, 1), since})
      if (next > today && next < until) horizon = std::min(horizon, start_of_day(next));
  }
}

void add_persons(const Value& list, std::vector<std::string_view>& out) {
  if (list.kind() == event::ValueKind::list)
    for (auto& v : list.items()) out.push_back(v.text());
}

// A forum's meeting is about the child of the case it names.
std::string_view child_of(const Opening& o) {
  auto child = casework::child_of(*o.trigger);
  if (!child.empty()) return child;
  return o.in_case && o.in_case->kind == "child" ? o.in_case->subject : std::string_view{};
}

}  // namespace

std::vector<Opening> openings(const Clause& clause, const World& world, Instant& horizon) {
  std::vector<Opening> out;
  switch (clause.trigger.kind) {
    case Trigger::Kind::event:
      by_event(clause, world, out);
      break;
    case Trigger::Kind::interval:
      by_interval(clause, world, out);
      break;
    case Trigger::Kind::shared:
      by_shared(clause, world, out);
      break;
    case Trigger::Kind::calendar:
      by_calendar(clause, world, out, horizon);
      break;
  }
  return out;
}

std::vector<std::string_view> subjects_of(const Clause& clause, const Opening& o, const World& world) {
  std::vector<std::string_view> out;
  auto on = local_date(o.start);
  auto minors = [&] { std::erase_if(out, [&](auto id) { return !world.is_minor(id, on); }); };
  switch (clause.subjects.kind) {
    case Subjects::Kind::case_subject:
      out.push_back(o.in_case ? o.in_case->subject : o.trigger->event->stream_id());
      break;
    case Subjects::Kind::stream:
      out.push_back(o.trigger->event->stream_id());
      break;
    case Subjects::Kind::child:
      if (auto child = child_of(o); !child.empty()) out.push_back(child);
      minors();
      break;
    case Subjects::Kind::guardians: {
      auto child = child_of(o);
      if (!child.empty() && world.is_minor(child, on)) out = world.guardians(child, on);
      break;
    }
    case Subjects::Kind::affected_children:
      add_persons(field_of(*o.trigger, "childrenAffected"), out);
      if (out.empty() && o.in_case) out = world.children_of(*o.in_case, o.start);
      minors();
      break;
    case Subjects::Kind::case_children:
      if (o.in_case) out = world.children_of(*o.in_case, o.start);
      break;
    case Subjects::Kind::minor_victims:
      add_persons(field_of(*o.trigger, "victims"), out);
      minors();
      break;
    case Subjects::Kind::other_minors: {
      auto child = child_of(o);
      auto household =
          o.in_case && !o.in_case->household.empty() ? o.in_case->household : world.household_of(child);
      for (auto member : world.household_members(household, on))
        if (member != child && world.may_be_child(member)) out.push_back(member);
      minors();
      break;
    }
    case Subjects::Kind::each: {
      Values values;
      Binding b;
      b.world = &world;
      b.trigger = o.trigger;
      b.in_case = o.in_case;
      b.start = o.start;
      clause.subjects.path->evaluate(o.trigger, b, values);
      for (auto& v : values)
        if (v.kind() == event::ValueKind::text) out.push_back(v.text());
      if (clause.subjects.minors_only) minors();
      if (clause.subjects.adults_only) std::erase_if(out, [&](auto id) { return world.is_minor(id, on); });
      break;
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace stafett::casework
