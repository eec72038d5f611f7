#include "stafett/casework/judge.h"

#include <algorithm>

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
  if (o.in_case) return o.in_case->unit_at(b.world->at());
  if (o.trigger->event->category() == "unit") return o.trigger->event->stream_id();
  return o.trigger->event->source;
}

// Judges the clauses of one version of a rule, or of an indicator's own.
class Bench {
 public:
  Bench(const World& world, const RuleBook& book, const Effort& effort, Judgement& out,
        const Listener* listener = nullptr)
      : world_(world), book_(book), effort_(effort), out_(out), listener_(listener) {}

  void hear(const Rule& rule, const RuleSet& set) {
    for (auto& clause : rule.clauses)
      for (auto& opening : openings(*clause, world_, out_.horizon)) {
        auto on = local_date(opening.start);
        if (book_.rule(rule.id, on, opening.trigger->event->municipality) != &rule) continue;
        judge_opening(*clause, opening, set, &rule);
      }
  }

  void hear(const Clause& own, const RuleSet& set) {
    for (auto& opening : openings(own, world_, out_.horizon)) judge_opening(own, opening, set, nullptr);
  }

 private:
  bool enough() {
    out_.given_up |= out_.judged.size() >= effort_.judged_max ||
                     (effort_.stopped && effort_.stopped->load(std::memory_order_relaxed));
    return out_.given_up;
  }

  void judge_opening(const Clause& clause, const Opening& first, const RuleSet& set, const Rule* rule) {
    for (auto subject : subjects_of(clause, first, world_)) {
      if (enough()) return;
      auto opening = first;
      // Repeated: each settlement starts the next, while the state lasts.
      while (!enough()) {
        Binding b;
        b.world = &world_;
        b.trigger = opening.trigger;
        b.in_case = opening.in_case;
        b.subject = subject;
        b.start = opening.start;
        b.period = opening.period ? &*opening.period : nullptr;
        if (!all_given(clause.given, b) || !none_given(clause.not_given, b)) break;
        b.after_start = clause.trigger.repeated;
        Trace trace;
        auto standing = settle(clause, opening, b, set.holidays, listener_ ? &trace : nullptr);
        bool goes_on = clause.trigger.repeated && standing.fulfilled_by &&
                       standing.fulfilled_by->when > opening.start &&
                       !(opening.ends && standing.fulfilled_by->when >= *opening.ends);
        if (!(goes_on && clause.trigger.only_missed && standing.state == State::fulfilled)) {
          record(clause, opening, b, standing, rule);
          if (listener_) (*listener_)({clause, opening, b, standing, trace, rule, set, out_.judged.back()});
        }
        if (!goes_on) break;
        auto next = standing.fulfilled_by->when;
        opening.trigger = standing.fulfilled_by;
        opening.continued = true;
        opening.start = next;
      }
    }
  }

  void record(const Clause& clause, const Opening& opening, const Binding& b, const Standing& s,
              const Rule* rule) {
    Judged j;
    auto& o = j.obligation;
    o.rule = clause.rule;
    o.severity = rule ? rule->severity : Severity::system;
    o.stream = opening.trigger->event->stream;
    o.case_id = b.in_case ? b.in_case->id : std::string_view{};
    o.subject = b.subject;
    o.unit = answerable_unit(clause, opening, b);
    o.state = s.state;
    o.triggered_by = opening.trigger->position();
    o.created_at = opening.start;
    o.due_at = s.due;
    o.warn_at = s.warn;
    o.warning = s.state == State::open && s.warn && world_.at() >= *s.warn;
    if (s.settled_by) o.settled_by = s.settled_by->position();
    o.settled_at = s.settled_at;
    if (rule) o.legal_ref = rule->legal_ref_at(local_date(opening.start));
    j.part = clause.part;
    j.of_rule = rule != nullptr;
    j.trigger_type = opening.trigger->type();
    j.matched = s.matched;
    j.needed = s.needed;
    j.evidence.push_back(opening.trigger->position());
    for (auto* f : s.evidence) j.evidence.push_back(f->position());
    std::sort(j.evidence.begin(), j.evidence.end());
    j.evidence.erase(std::unique(j.evidence.begin(), j.evidence.end()), j.evidence.end());
    if (b.in_case) j.household = b.in_case->household;
    j.dimensions = dimensions_of(opening, b, o);
    out_.horizon = std::min(out_.horizon, s.horizon);
    out_.judged.push_back(std::move(j));
  }

  const World& world_;
  const RuleBook& book_;
  const Effort& effort_;
  Judgement& out_;
  const Listener* listener_;
};

bool ordered(const Judged& a, const Judged& b) {
  auto key = [](const Judged& j) {
    auto& o = j.obligation;
    return std::tie(o.rule, j.part, o.created_at, o.subject, o.stream, o.triggered_by);
  };
  return key(a) < key(b);
}

}  // namespace

void hear_again(const World& world, const RuleBook& book, const std::set<std::string>& ids,
                const Listener& listener) {
  Judgement heard;
  Effort effort;
  Bench bench(world, book, effort, heard, &listener);
  for (auto& adopted : book.sets())
    for (auto& rule : adopted.set->rules)
      if (ids.empty() || ids.contains(rule.id)) bench.hear(rule, *adopted.set);
  for (auto& id : book.indicator_ids()) {
    if (!ids.contains(id)) continue;
    auto* indicator = book.indicator(id);
    auto* adopted = book.set_of(*indicator);
    for (auto& over : indicator_clauses(*indicator)) bench.hear(*over, *adopted->set);
  }
}

Judgement judge(const World& world, const RuleBook& book, const Effort& effort) {
  Judgement out;
  Bench bench(world, book, effort, out);
  for (auto& adopted : book.sets())
    for (auto& rule : adopted.set->rules) bench.hear(rule, *adopted.set);
  for (auto& id : book.indicator_ids()) {
    auto* indicator = book.indicator(id);
    auto* adopted = book.set_of(*indicator);
    for (auto& over : indicator_clauses(*indicator)) bench.hear(*over, *adopted->set);
  }
  for (auto* c : world.cases())
    for (auto& r : c->responsibilities)
      for (auto t : {r.from, r.until})
        if (t > world.at()) out.horizon = std::min(out.horizon, t);
  out.horizon = std::min(out.horizon, world.next_to_come());
  std::sort(out.judged.begin(), out.judged.end(), ordered);
  return out;
}

}  // namespace stafett::casework
