#include <limits>
#include <map>

#include "casework/openings_parts.h"

// What the clock and the calendar open.
namespace stafett::casework {
namespace {

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

}  // namespace

void by_calendar(const Clause& clause, const World& world, std::vector<Opening>& out, Instant& horizon) {
  std::map<std::string_view, std::vector<const Fact*>> by_stream;
  bool of_unit = clause.dossier == Clause::Dossier::unit;
  for (auto* f : matching(clause, world)) by_stream[of_unit ? world.home() : f->event->stream].push_back(f);
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
      if (start > world.at()) continue;
      out.push_back(opened_by(says));
      out.back().start = start;
      out.back().period = period;
    }
    auto year = static_cast<int>(civil(today).year());
    for (auto next : {make_date(year, 7, 1), make_date(year + 1, 1, 1), since})
      if (next > today && next < until) horizon = std::min(horizon, start_of_day(next));
  }
}

// A child's case that is open on the day its child reaches the age.
void by_birthday(const Clause& clause, const World& world, std::vector<Opening>& out, Instant& horizon) {
  for (auto* f : matching(clause, world)) {
    auto* c = f->in_case;
    auto* person = c && c->opened == f ? world.person(c->subject) : nullptr;
    if (!person) continue;
    auto t = start_of_day(person->reaches(clause.trigger.age));
    if (t > world.at()) horizon = std::min(horizon, t);
    if (t > world.at() || !c->open_at(t)) continue;
    out.push_back(opened_by(f));
    out.back().start = t;
    out.back().by_clock = true;
  }
}

// On its date, once for each municipality that the ledger knows.
void on_date(const Clause& clause, const World& world, std::vector<Opening>& out, Instant& horizon) {
  auto t = start_of_day(clause.trigger.date);
  if (t > world.at()) horizon = std::min(horizon, t);
  if (t > world.at()) return;
  for (auto* f : world.facts()) {
    if (f->event->municipality != world.home_id()) continue;
    out.push_back(opened_by(f));
    out.back().start = t;
    out.back().by_clock = true;
    out.back().about = world.home();
    return;
  }
}

}  // namespace stafett::casework
