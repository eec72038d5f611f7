#include "stafett/casework/judge.h"

#include <algorithm>
#include <map>

#include "casework/days.h"
#include "casework/dimensions.h"
#include "casework/hearing.h"

namespace stafett::casework {
namespace {

std::string_view answerable_unit(const Clause& clause, const Opening& o, const Binding& b) {
  if (clause.answerable) {
    Values v;
    clause.answerable->evaluate(o.trigger, b, v);
    if (!v.empty() && v.front().kind() == event::ValueKind::text) return v.front().text();
  }
  if (o.about.starts_with("unit/")) return b.world->home_id();
  if (o.in_case) return o.in_case->unit_at(b.world->at());
  if (o.trigger->event->category() == "unit") return o.trigger->event->stream_id();
  return o.trigger->event->source;
}

std::string joined(const Values& values) {
  std::vector<std::string> texts;
  for (auto& v : values) {
    if (v.kind() == event::ValueKind::text)
      texts.emplace_back(v.text());
    else if (v.kind() == event::ValueKind::boolean)
      texts.emplace_back(v.boolean() ? "yes" : "no");
    else if (v.kind() == event::ValueKind::number)
      texts.push_back(std::to_string(v.number()));
  }
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  std::string out;
  for (auto& t : texts) out += (out.empty() ? "" : "+") + t;
  return out.empty() ? "unknown" : out;
}

std::string split_value(const Split& split, const Opening& o, const Binding& b) {
  if (!split.constant.empty()) return split.constant;
  Values values;
  if (!split.last) {
    for (auto& path : split.paths) path.evaluate(o.trigger, b, values);
  } else if (auto found = matches(*split.last, b, b.world->at()); !found.empty()) {
    split.paths.front().evaluate(found.back(), b, values);
  }
  return joined(values);
}

using Texts = std::vector<std::string_view>;

// The values between the two that the clause names, or those of the one.
Texts covered_values(const Clause& clause, const Opening& o, const Binding& b, Keeping& keeping) {
  Values first, last;
  Texts out;
  if (clause.covers.empty()) return out;
  clause.covers.front().evaluate(o.trigger, b, first);
  if (clause.covers.size() == 1) {
    for (auto& v : first)
      out.push_back(v.kind() == event::ValueKind::text ? keeping.text(v.text())
                                                       : keeping.made(std::to_string(v.number())));
    return out;
  }
  clause.covers.back().evaluate(o.trigger, b, last);
  if (!first.empty() && !last.empty())
    for (auto n = first.front().number(); n <= last.front().number() && out.size() < 1000; ++n)
      out.push_back(keeping.made(std::to_string(n)));
  return out;
}

}  // namespace

bool in_force(const Hearing& hearing, const Opening& opening, Date on, const RuleBook& book) {
  auto municipality = opening.trigger->event->municipality;
  if (!hearing.rule) return hearing.indicator->counts_in(municipality);
  if (!hearing.alone) return book.rule(hearing.rule->id, on, municipality) == hearing.rule;
  auto& set = *hearing.set;
  return std::max(set.in_force_from, hearing.rule->from) <= on &&
         on < std::min(set.in_force_to, hearing.rule->to) &&
         (set.municipality == "0000" || set.municipality == municipality);
}

Binding bound(const World& world, const Opening& opening, std::string_view subject) {
  Binding b;
  b.world = &world;
  b.trigger = opening.trigger;
  b.in_case = opening.in_case;
  b.subject = subject;
  b.child = child_of(opening);
  b.start = opening.start;
  b.period = opening.period ? &*opening.period : nullptr;
  return b;
}

const Fact* gone_by(const Clause& clause, const Binding& b) {
  for (auto& pattern : clause.gone)
    if (auto* fact = b.world->first_since(b.start, pattern.types,
                                          [&](auto& f) { return &f != b.trigger && pattern.holds(f, b); }))
      return fact;
  return nullptr;
}

namespace {

// Judges the clauses of a book on one world.
class Bench {
 public:
  Bench(const World& world, const RuleBook& book, const Effort& effort, Judgement& out, Keeping& keeping,
        const Listener* listener = nullptr)
      : world_(world),
        book_(book),
        effort_(effort),
        out_(out),
        listener_(listener),
        keeping_(keeping),
        dimensions_(keeping),
        today_(local_date(world.at())) {}

  // A clause that nothing here can trigger costs this look.
  void hear(const Hearing& hearing) {
    auto& clause = *hearing.clause;
    if (clause.trigger.event && !world_.has_any(clause.trigger.event->types)) return;
    if (clause.trigger.kind == Trigger::Kind::shared && world_.cases().size() < clause.trigger.units) return;
    for (auto& opening : openings(clause, world_, out_.horizon))
      if (auto on = local_date(opening.start); in_force(hearing, opening, on, book_))
        judge_opening(clause, opening, on, *hearing.set, hearing.rule);
  }

 private:
  bool enough() {
    out_.given_up |= out_.judged.size() >= effort_.judged_max ||
                     (effort_.stopped && effort_.stopped->load(std::memory_order_relaxed));
    return out_.given_up;
  }

  void judge_opening(const Clause& clause, const Opening& first, Date from, const RuleSet& set,
                     const Rule* rule) {
    for (auto subject : subjects_of(clause.subjects, first, world_, from)) {
      if (enough()) return;
      auto opening = first;
      auto on = from;
      // Repeated: each settlement starts the next, while the state lasts.
      while (!enough()) {
        auto b = bound(world_, opening, subject);
        if (!all_given(clause.given, b) || !none_given(clause.not_given, b) || gone_by(clause, b)) break;
        b.after_start = clause.trigger.repeated;
        b.by_clock = opening.by_clock;
        Trace trace;
        auto standing = settle(clause, opening, b, set.holidays, listener_ ? &trace : nullptr);
        bool goes_on = clause.trigger.repeated && standing.fulfilled_by &&
                       standing.fulfilled_by->when > opening.start &&
                       !(opening.ends && standing.fulfilled_by->when >= *opening.ends);
        bool hidden =
            clause.trigger.only_last || (clause.trigger.only_missed && standing.state == State::fulfilled);
        if (!goes_on || !hidden) {
          record(clause, opening, b, on, standing, rule);
          if (listener_) (*listener_)({clause, opening, b, standing, trace, rule, set, out_.judged.back()});
        }
        if (!goes_on) break;
        auto next = standing.fulfilled_by->when;
        opening.trigger = standing.fulfilled_by;
        opening.continued = true;
        opening.start = next;
        on = local_date(next);
      }
    }
  }

  void record(const Clause& clause, const Opening& opening, const Binding& b, Date on, const Standing& s,
              const Rule* rule) {
    auto& j = out_.judged.emplace_back();
    auto& o = j.obligation;
    o.rule = clause.rule;
    o.severity = rule ? rule->severity : Severity::system;
    o.stream = keeping_.text(opening.about.empty() ? opening.trigger->event->stream : opening.about);
    if (b.in_case) o.case_id = keeping_.text(b.in_case->id);
    o.subject = keeping_.text(b.subject);
    auto unit = answerable_unit(clause, opening, b);
    o.unit = keeping_.text(unit);
    o.state = s.state;
    if (!opening.by_clock) o.triggered_by = opening.trigger->position();
    o.created_at = opening.start;
    o.due_at = s.due;
    o.warn_at = s.warn;
    o.warning = s.state == State::open && s.warn && world_.at() >= *s.warn;
    if (s.settled_by) o.settled_by = s.settled_by->position();
    o.settled_at = s.settled_at;
    if (rule) o.legal_ref = rule->legal_ref_at(on);
    j.part = clause.part;
    j.of_rule = rule != nullptr;
    j.trigger_type = opening.trigger->type();
    j.matched = s.matched;
    j.needed = s.needed;
    j.evidence = evidence(opening, s);
    if (b.in_case) j.household = keeping_.text(b.in_case->household);
    j.dimensions = dimensions_.of(opening, b, unit);
    if (!clause.splits.empty()) {
      std::vector<Judged::Split> splits;
      for (auto& split : clause.splits)
        splits.push_back({split.name, keeping_.made(split_value(split, opening, b))});
      j.splits = keeping_.list(splits);
    }
    if (clause.measure) {
      Values v;
      clause.measure->evaluate(opening.trigger, b, v);
      if (!v.empty()) j.measure = static_cast<double>(v.front().number());
    }
    j.covers = keeping_.list(covered_values(clause, opening, b, keeping_));
    j.children = keeping_.list(children_of(clause, opening, b));
    out_.horizon = std::min(out_.horizon, s.horizon);
  }

  std::span<const Position> evidence(const Opening& opening, const Standing& s) {
    positions_.assign(1, opening.trigger->position());
    for (auto* f : s.evidence) positions_.push_back(f->position());
    std::sort(positions_.begin(), positions_.end());
    positions_.erase(std::unique(positions_.begin(), positions_.end()), positions_.end());
    return keeping_.list(positions_);
  }

  Texts children_of(const Clause& clause, const Opening& opening, const Binding& b) {
    Texts out;
    if (clause.concerns) {
      for (auto id : subjects_of(*clause.concerns, opening, world_, today_))
        if (world_.is_minor(id, today_)) out.push_back(keeping_.text(id));
    } else if ((clause.subjects.children() || (b.in_case && b.in_case->subject == b.subject)) &&
               world_.may_be_child(b.subject) && world_.is_minor(b.subject, today_)) {
      out.push_back(keeping_.text(b.subject));
    }
    return out;
  }

  const World& world_;
  const RuleBook& book_;
  const Effort& effort_;
  Judgement& out_;
  const Listener* listener_;
  Keeping& keeping_;
  DimensionsKnown dimensions_;
  const Date today_;
  std::vector<Position> positions_;
};

void sort(std::vector<Judged>& judged) {
  auto key = [](const Judged& j) {
    auto& o = j.obligation;
    return std::tie(o.rule, j.part, o.created_at, o.subject, o.stream, o.triggered_by);
  };
  // They are large: the order is found first, then each is moved once.
  std::vector<Judged*> order;
  order.reserve(judged.size());
  for (auto& j : judged) order.push_back(&j);
  std::stable_sort(order.begin(), order.end(), [&](auto* a, auto* b) { return key(*a) < key(*b); });
  std::vector<Judged> sorted;
  sorted.reserve(judged.size());
  for (auto* j : order) sorted.push_back(std::move(*j));
  judged = std::move(sorted);
}

void register_events(const World& world, Judgement& out, Keeping& keeping) {
  std::map<std::pair<std::string_view, std::string_view>, std::uint16_t> known;
  out.registered.reserve(world.own_events().size());
  for (auto* e : world.own_events()) {
    auto [origin, fresh] =
        known.try_emplace({e->source, e->municipality}, static_cast<std::uint16_t>(out.origins.size()));
    if (fresh) out.origins.emplace_back(keeping.text(e->source), keeping.text(e->municipality));
    out.registered.push_back({e->position, local_date(e->recorded_at),
                              static_cast<float>(days_between(e->occurred_at, e->recorded_at)), e->type,
                              origin->second});
  }
  std::sort(out.registered.begin(), out.registered.end(),
            [](auto& a, auto& b) { return a.position < b.position; });
}

}  // namespace

void hear_again(const World& world, const RuleBook& book, const std::set<std::string>& ids,
                const Listener& listener) {
  Judgement heard;
  Effort effort;
  Keeping keeping;
  Bench bench(world, book, effort, heard, keeping, &listener);
  for (auto& hearing : book.hearings())
    if (hearing.rule ? ids.empty() || ids.contains(hearing.rule->id) : ids.contains(hearing.indicator->id))
      bench.hear(hearing);
}

Judgement judge(const World& world, const RuleBook& book, const Effort& effort) {
  Judgement out;
  auto keeping = std::make_shared<Keeping>();
  out.judged.reserve(world.facts().size());
  Bench bench(world, book, effort, out, *keeping);
  for (auto& hearing : book.hearings()) bench.hear(hearing);
  for (auto* c : world.cases())
    for (auto& r : c->responsibilities)
      for (auto t : {r.from, r.until})
        if (t > world.at()) out.horizon = std::min(out.horizon, t);
  out.horizon = std::min(out.horizon, world.next_to_come());
  sort(out.judged);
  register_events(world, out, *keeping);
  out.bytes = sizeof out + keeping->bytes() + out.judged.capacity() * sizeof(Judged) +
              out.registered.capacity() * sizeof(Registered) +
              out.origins.capacity() * sizeof(out.origins.front());
  out.memory = std::move(keeping);
  return out;
}

}  // namespace stafett::casework
