#include "casework/settlement.h"

#include <algorithm>

namespace stafett::casework {
namespace {

constexpr auto tick = std::chrono::microseconds(1);

struct Occurrence {
  const Fact* fact;
  const Exception* exception;
};

// The exceptions that occur from the trigger on, by time.
boost::container::small_vector<Occurrence, 4> occurrences(const std::vector<Exception>& exceptions,
                                                          const Binding& b) {
  boost::container::small_vector<Occurrence, 4> out;
  for (auto& e : exceptions)
    for (auto type : e.event.types)
      for (auto* f : e.event.about_subject ? b.world->about(type, b.subject) : b.world->of_type(type))
        if (f->when >= b.start && e.event.holds_of_type(*f, b)) out.push_back({f, &e});
  if (out.size() > 1)
    std::stable_sort(out.begin(), out.end(), [](auto& a, auto& c) { return a.fact->when < c.fact->when; });
  return out;
}

// Where an exception's own window ends, counted from the exception.
std::optional<Instant> window_of(const Occurrence& o, const Binding& b, const std::vector<Date>& holidays) {
  auto own = b;
  own.trigger = o.fact;
  own.start = o.fact->when;
  return o.exception->until->due(own, holidays);
}

// A pattern that names so many types is sought among the case's own events, which are fewer than the types.
constexpr std::size_t many_types = 12;

// Calls `each(fact)` for every event that meets the requirement, in no order, until it returns false.
template <class Each>
void for_each_match(const Requirement& r, const Binding& b, Instant judged_at, Each each) {
  auto from = instant_min, to = judged_at;
  if (r.since == Requirement::Since::trigger) from = b.start;
  if (r.since == Requirement::Since::recent) {
    auto day = add_days(local_date(b.start), -r.recent_days);
    from = start_of_day(r.recent_months ? add_months(day, -r.recent_months) : day);
  }
  if (r.since == Requirement::Since::period) {
    from = start_of_day(b.period->begin);
    to = std::min(to, start_of_day(b.period->end) - tick);
  }
  auto done = [&](const Fact* f) {
    return (f != b.trigger || b.by_clock) && f->when >= from && !(b.after_start && f->when == b.start) &&
           f->when <= to && r.event.holds_of_type(*f, b) && !undone_by(r, *f, b, to) && !expired(r, *f, b) &&
           !each(f);
  };
  if (r.event.in == EventPattern::In::in_case && b.in_case && r.event.types.size() >= many_types) {
    auto& facts = b.in_case->facts;
    auto f = std::lower_bound(facts.begin(), facts.end(), from,
                              [](auto* fact, Instant t) { return fact->when < t; });
    for (; f != facts.end() && (*f)->when <= to; ++f)
      if (std::binary_search(r.event.types.begin(), r.event.types.end(), (*f)->type()) && done(*f)) return;
    return;
  }
  for (auto type : r.event.types)
    for (auto* f : r.event.about_subject ? b.world->about(type, b.subject) : b.world->of_type(type))
      if (done(f)) return;
}

// The same, by time.
template <class List>
void find_matches(const Requirement& r, const Binding& b, Instant judged_at, List& out) {
  for_each_match(r, b, judged_at, [&](auto* f) {
    out.push_back(f);
    return true;
  });
  if (out.size() > 1 && r.event.types.size() > 1)
    std::stable_sort(out.begin(), out.end(), [](auto* a, auto* c) { return a->when < c->when; });
}

// The judge's working state for one obligation.
class Settling {
 public:
  Settling(const Clause& clause, const Opening& opening, const Binding& binding,
           const std::vector<Date>& holidays, Trace* trace)
      : clause_(clause),
        opening_(opening),
        b_(binding),
        holidays_(holidays),
        trace_(trace),
        at_(binding.world->at()) {}

  Standing run() {
    find_fulfilment();
    find_due();
    decide();
    find_warning();
    note(s_.due);
    note(s_.warn);
    if (trace_) tell_exceptions();
    return std::move(s_);
  }

 private:
  bool at_once() const {
    return clause_.within.kind == Window::Kind::at_once || clause_.within.kind == Window::Kind::before;
  }
  // Settled at the due instant is late (domain.md 8.2 no. 8); what had to be there at the trigger may come
  // with it.
  bool in_time(Instant t) const {
    return !s_.due || (clause_.within.kind == Window::Kind::at_once ? t <= *s_.due : t < *s_.due);
  }

  void note(std::optional<Instant> t) {
    if (t && *t > at_) s_.horizon = std::min(s_.horizon, *t);
  }

  // An exception counts while there is something to except: in time, and not once the thing is done.
  bool excuses(const Occurrence& o) const {
    return (o.exception->any_time || in_time(o.fact->when)) &&
           !(fulfilled_at_ && o.fact->when > *fulfilled_at_);
  }

  void find_due() {
    s_.due = clause_.within.due(b_, holidays_);
    if (trace_) trace_->first_due = s_.due;
    for (auto& o : occurrences(clause_.extend, b_))
      if (excuses(o))
        if (auto to = window_of(o, b_, holidays_)) {
          s_.due = to;
          s_.evidence.push_back(o.fact);
        }
    for (auto& o : occurrences(clause_.waive, b_))
      if (o.exception->until && excuses(o) && !(fulfilled_at_ && o.fact->when == *fulfilled_at_))
        if (auto to = window_of(o, b_, holidays_)) {
          s_.due = to;
          reopens_ = start_of_day(local_date(*to - tick));
          deferred_by_ = o.fact;
        }
  }

  void find_fulfilment() {
    if (opening_.gap) {
      s_.fulfilled_by = opening_.gap_closed_by;
      if (s_.fulfilled_by) fulfilled_at_ = s_.fulfilled_by->when;
      s_.matched = s_.fulfilled_by ? 1 : 0;
      return;
    }
    if (clause_.own) {
      if (!clause_.own->holds(*b_.trigger, b_)) return;
      s_.fulfilled_by = b_.trigger;
      fulfilled_at_ = b_.start;
      s_.matched = 1;
      return;
    }
    bool all = !clause_.must.empty();
    for (auto& r : clause_.must) {
      Facts found;
      find_matches(r, b_, looked_for_until(clause_, b_), found);
      auto needed = count_needed(r, b_);
      if (trace_) trace_->sought.push_back({&r, {found.begin(), found.end()}, needed});
      if (&r == &clause_.must.front()) {
        s_.matched = static_cast<double>(found.size());
        s_.needed = needed;
      }
      if (static_cast<double>(found.size()) < needed) {
        all = false;
        for (auto* f : found) s_.evidence.push_back(f);
        continue;
      }
      auto last = static_cast<std::size_t>(std::max(needed, 1.0)) - 1;
      for (std::size_t i = 0; i <= last && i < found.size(); ++i) s_.evidence.push_back(found[i]);
      if (needed > 0 && (!fulfilled_at_ || found[last]->when >= *fulfilled_at_)) {
        fulfilled_at_ = found[last]->when;
        s_.fulfilled_by = found[last];
      }
    }
    if (!all) {
      fulfilled_at_.reset();
      s_.fulfilled_by = nullptr;
    }
  }

  void set(Verdict verdict, State state, const Fact* by, std::optional<Instant> when) {
    s_.verdict = verdict;
    s_.state = state;
    s_.settled_by = by;
    s_.settled_at = when;
    if (by) s_.evidence.push_back(by);
  }

  // The first event that excuses it for good.
  const Fact* waived_by() const {
    for (auto& o : occurrences(clause_.waive, b_))
      if (!o.exception->until && excuses(o)) return o.fact;
    return nullptr;
  }

  // The end of the state it depends on: the case closed, the shared stretch over.
  struct End {
    const Fact* by;
    Instant when;
  };
  std::optional<End> ended() const {
    std::optional<End> end;
    if (opening_.ended_by) end = {opening_.ended_by, opening_.ends.value_or(opening_.ended_by->when)};
    auto* closed = clause_.close_waives && b_.in_case ? b_.in_case->closed : nullptr;
    if (closed && (!end || closed->when < end->when)) end = {closed, closed->when};
    if (!end || end->when < b_.start || !in_time(end->when)) return std::nullopt;
    return end;
  }

  // Rules for children end on the 18th birthday (R50).
  std::optional<Instant> grown_up_at() const {
    auto* person = clause_.subjects.children() ? b_.world->person(b_.subject) : nullptr;
    if (!person) return std::nullopt;
    auto birthday = start_of_day(person->adult_from());
    if (birthday <= b_.start || !in_time(birthday)) return std::nullopt;
    return birthday;
  }

  void decide() {
    if (clause_.waive_if && b_.trigger && clause_.waive_if->holds(*b_.trigger, b_))
      return set(Verdict::excused_from_start, State::waived, b_.trigger, b_.start);
    auto breaches = occurrences(clause_.breach, b_);
    const Fact* breach = breaches.empty() ? nullptr : breaches.front().fact;
    bool first = !breach || (fulfilled_at_ && *fulfilled_at_ <= breach->when);
    if (fulfilled_at_ && first && in_time(*fulfilled_at_))
      return set(Verdict::in_time, State::fulfilled, s_.fulfilled_by, fulfilled_at_);
    auto* waiver = waived_by();
    if (breach && !(fulfilled_at_ && first) && !(waiver && waiver->when <= breach->when))
      return set(Verdict::broken, State::breached, breach, breach->when);
    if (waiver) return set(Verdict::excused, State::waived, waiver, waiver->when);
    if (auto end = ended()) return set(Verdict::ended, State::waived, end->by, end->when);
    auto birthday = grown_up_at();
    if (trace_) trace_->birthday = birthday;
    if (birthday && *birthday <= at_) return set(Verdict::grown_up, State::waived, nullptr, birthday);
    note(birthday);
    if (fulfilled_at_)
      return clause_.missed_is_breach
                 ? missed()
                 : set(Verdict::late, State::fulfilled_late, s_.fulfilled_by, fulfilled_at_);
    if (deferred_by_ && at_ < *reopens_) {
      note(reopens_);
      return set(Verdict::deferred, State::waived, deferred_by_, deferred_by_->when);
    }
    if (blocked())
      s_.due.reset();
    else if (s_.due && at_ >= *s_.due)
      return missed();
    s_.state = State::open;
  }

  // Something stands in the way of doing it: it stays owed, with nothing to date it.
  bool blocked() {
    auto found = occurrences(clause_.blocked, b_);
    for (auto& o : found) s_.evidence.push_back(o.fact);
    return !found.empty();
  }

  void missed() {
    if (clause_.missed_is_breach)
      set(Verdict::missed, State::breached, at_once() ? b_.trigger : nullptr, s_.due);
    else
      s_.state = State::overdue;
    s_.verdict = Verdict::missed;
  }

  void find_warning() {
    if (clause_.warn) s_.warn = clause_.warn->due(b_, holidays_);
    if (clause_.warn_days_before > 0 && s_.due)
      s_.warn = start_of_day(add_days(local_date(*s_.due - tick), -clause_.warn_days_before));
  }

  void tell_exceptions() {
    using Kind = Trace::Occurred::Kind;
    auto tell = [&](Kind kind, const std::vector<Exception>& exceptions) {
      for (auto& o : occurrences(exceptions, b_)) {
        auto until = o.exception->until ? window_of(o, b_, holidays_) : std::nullopt;
        trace_->occurred.push_back({kind, o.exception, o.fact, kind == Kind::breach || excuses(o), until});
      }
    };
    tell(Kind::extension, clause_.extend);
    tell(Kind::waiver, clause_.waive);
    tell(Kind::breach, clause_.breach);
    trace_->reopens = reopens_;
  }

  const Clause& clause_;
  const Opening& opening_;
  const Binding& b_;
  const std::vector<Date>& holidays_;
  Trace* trace_;
  Instant at_;
  Standing s_;
  std::optional<Instant> fulfilled_at_, reopens_;
  const Fact* deferred_by_ = nullptr;
};

}  // namespace

Instant looked_for_until(const Clause& clause, const Binding& b) {
  bool ordering = clause.within.kind == Window::Kind::at_once && clause.missed_is_breach;
  return ordering ? b.start : b.world->at();
}

double count_needed(const Requirement& r, const Binding& b) {
  Values values;
  for (auto& operand : r.count) {
    operand.evaluate(b.trigger, b, values);
    if (!values.empty()) return static_cast<double>(values.front().number());
  }
  return 1;
}

const Fact* undone_by(const Requirement& r, const Fact& match, const Binding& b, Instant judged_at) {
  if (r.unless.empty()) return nullptr;
  auto inner = b;
  inner.match = &match;
  for (auto& u : r.unless)
    for (auto type : u.types)
      for (auto* f : b.world->of_type(type))
        if (f->when >= match.when && f->when <= judged_at && f != &match && u.holds_of_type(*f, inner))
          return f;
  return nullptr;
}

bool expired(const Requirement& r, const Fact& match, const Binding& b) {
  if (!r.valid_to) return false;
  auto inner = b;
  inner.match = &match;
  Values v;
  r.valid_to->evaluate(&match, inner, v);
  return !v.empty() && v.front().date() <= local_date(b.start);
}

std::vector<const Fact*> matches(const Requirement& r, const Binding& b, Instant judged_at) {
  std::vector<const Fact*> out;
  find_matches(r, b, judged_at, out);
  return out;
}

bool all_given(const std::vector<Requirement>& requirements, const Binding& b) {
  return std::all_of(requirements.begin(), requirements.end(), [&](auto& r) {
    auto needed = count_needed(r, b);
    double found = 0;
    if (needed > 0) for_each_match(r, b, b.start, [&](auto*) { return ++found < needed; });
    return found >= needed;
  });
}

bool none_given(const std::vector<Requirement>& requirements, const Binding& b) {
  return std::all_of(requirements.begin(), requirements.end(), [&](auto& r) {
    bool found = false;
    for_each_match(r, b, b.start, [&](auto*) { return !(found = true); });
    return !found;
  });
}

Standing settle(const Clause& clause, const Opening& opening, const Binding& binding,
                const std::vector<Date>& holidays, Trace* trace) {
  return Settling(clause, opening, binding, holidays, trace).run();
}

}  // namespace stafett::casework
