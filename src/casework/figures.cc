#include <algorithm>
#include <cmath>
#include <map>

#include "casework/clause.h"
#include "casework/instances.h"
#include "stafett/casework/judge.h"

namespace stafett::casework {
namespace {

// Days from trigger to settlement: by the clock on the wall, so that a week is 7 days over a change of clocks
// too.
double days_between(Instant from, Instant to) {
  auto whole = local_date(to).days - local_date(from).days;
  auto rest = (to - start_of_day(local_date(to))) - (from - start_of_day(local_date(from)));
  if (whole == 0) return std::chrono::duration<double>(to - from).count() / 86400;
  return whole + std::chrono::duration<double>(rest).count() / 86400;
}

bool selects(const Tally::Over& over, const std::string& indicator, const Judged& j) {
  if (over.own) return !j.of_rule && j.obligation.rule == indicator && j.part == over.own->part;
  return j.of_rule && j.obligation.rule == over.rule && (over.part.empty() || j.part == over.part) &&
         (over.trigger.empty() ||
          std::binary_search(over.trigger.begin(), over.trigger.end(), j.trigger_type));
}

class Counting {
 public:
  Counting(const FigureQuery& query, const Judgement& judgement) : query_(query), judgement_(judgement) {}

  std::vector<Instance> instances(const Indicator& indicator) const {
    auto& tally = *indicator.tally;
    if (!tally.of.empty()) return composite(tally);
    std::vector<Instance> out;
    for (auto& j : judgement_.judged)
      for (auto& over : tally.over)
        if (selects(over, indicator.id, j) && (tally.show == Tally::Show::list || in_period(j))) {
          if (auto i = instance(indicator, j)) {
            i->parts.front().holds = i->in_numerator;
            out.push_back(std::move(*i));
          }
          break;
        }
    return tally.distinct.empty() ? out : once_each(tally.distinct, std::move(out));
  }

 private:
  bool in_period(const Judged& j) const {
    auto on = local_date(j.obligation.created_at);
    return query_.from <= on && on < query_.to;
  }

  // Settled already, but not all that the cohort has in common: the same time to be settled in.
  bool unripe(const Tally& tally, const Judged& j) const {
    return tally.ripe && j.obligation.due_at && query_.at < *j.obligation.due_at;
  }

  std::optional<Instance> instance(const Indicator& indicator, const Judged& j) const {
    auto& tally = *indicator.tally;
    Instance i;
    i.judged = &j;
    i.parts.push_back({&indicator, &j, false});
    i.evidence = j.evidence;
    auto state = j.obligation.state;
    bool wanted = std::find(tally.numerator.begin(), tally.numerator.end(), state) != tally.numerator.end();
    bool settled = state == State::fulfilled || state == State::fulfilled_late;
    if (settled) i.measure = days_between(j.obligation.created_at, *j.obligation.settled_at);
    switch (tally.show) {
      case Tally::Show::count:
        i.in_numerator = true;
        break;
      case Tally::Show::list:
        if (!wanted) return std::nullopt;
        i.in_numerator = true;
        break;
      case Tally::Show::held:
        i.in_numerator = j.matched >= j.needed;
        i.numerator = j.matched;
        i.denominator = j.needed;
        return i;
      case Tally::Show::days:
      default:
        i.standing = state == State::waived                                  ? Instance::Standing::waived
                     : (state == State::open && !wanted) || unripe(tally, j) ? Instance::Standing::pending
                                                                             : Instance::Standing::counted;
        i.in_numerator =
            i.standing == Instance::Standing::counted && (tally.show == Tally::Show::days ? settled : wanted);
    }
    i.numerator = i.in_numerator ? 1 : 0;
    return i;
  }

  // The same child, case and trigger in several indicators: the base is the first of them.
  std::vector<Instance> composite(const Tally& tally) const {
    using Key = std::tuple<std::string, std::string, std::optional<Position>>;
    std::map<Key, std::vector<Instance>> parts;
    std::size_t known = 0;
    for (auto& id : tally.of) {
      auto* part = find_(id);
      if (!part) continue;
      ++known;
      for (auto& i : instances(*part)) {
        auto& o = i.judged->obligation;
        parts[{o.case_id, o.subject, o.triggered_by}].push_back(std::move(i));
      }
    }
    std::vector<Instance> out;
    for (auto& [key, joined] : parts) {
      auto& list = joined;
      if (list.size() < known) continue;  // not in all of them: an adult's decision, say
      Instance i = list.front();
      auto some = [&](Instance::Standing s) {
        return std::any_of(list.begin(), list.end(), [&](auto& p) { return p.standing == s; });
      };
      i.standing = some(Instance::Standing::waived)    ? Instance::Standing::waived
                   : some(Instance::Standing::pending) ? Instance::Standing::pending
                                                       : Instance::Standing::counted;
      auto holding = std::count_if(list.begin(), list.end(), [](auto& p) { return p.in_numerator; });
      i.in_numerator =
          i.standing == Instance::Standing::counted && holding == static_cast<std::ptrdiff_t>(list.size());
      i.measure = static_cast<double>(holding);
      i.numerator = tally.show == Tally::Show::mean ? static_cast<double>(holding) : (i.in_numerator ? 1 : 0);
      i.parts.clear();
      for (auto& p : list) {
        i.evidence.insert(i.evidence.end(), p.evidence.begin(), p.evidence.end());
        i.parts.insert(i.parts.end(), p.parts.begin(), p.parts.end());
      }
      std::sort(i.evidence.begin(), i.evidence.end());
      i.evidence.erase(std::unique(i.evidence.begin(), i.evidence.end()), i.evidence.end());
      out.push_back(std::move(i));
    }
    return out;
  }

  static std::vector<Instance> once_each(const std::string& what, std::vector<Instance> all) {
    std::map<std::string, Instance> kept;
    for (auto& i : all) {
      auto& o = i.judged->obligation;
      kept.try_emplace(what == "case" ? o.case_id : what == "subject" ? o.subject : o.stream, std::move(i));
    }
    std::vector<Instance> out;
    for (auto& [key, i] : kept) out.push_back(std::move(i));
    return out;
  }

  const Indicator* find_(const std::string& id) const {
    for (auto* i : query_.all)
      if (i->id == id) return i;
    return nullptr;
  }

  const FigureQuery& query_;
  const Judgement& judgement_;
};

double median(const std::vector<double>& sorted) {
  auto n = sorted.size();
  return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

// Nearest rank.
double p90(const std::vector<double>& sorted) {
  auto rank = static_cast<std::size_t>(std::ceil(0.9 * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

// domain.md 5.4 no. 1: few in the cell, or few on either side of it.
bool small_group(const Figure& f) {
  auto few = [](double n) { return n >= 1 && n <= 4; };
  if (!f.denominator) return few(f.numerator.value_or(0));
  return *f.denominator < 5 || few(*f.numerator) || few(*f.denominator - *f.numerator);
}

// What has been counted of one group so far.
struct Sum {
  double numerator = 0, denominator = 0;
  std::uint64_t pending = 0, waived = 0;
  std::vector<double> measures;

  void add(const Instance& i, const Tally& tally) {
    if (i.standing == Instance::Standing::pending) ++pending;
    if (i.standing == Instance::Standing::waived) ++waived;
    if (i.standing != Instance::Standing::counted) return;
    numerator += i.numerator;
    denominator += i.denominator;
    if (i.measure && (tally.show == Tally::Show::days || tally.timed)) measures.push_back(*i.measure);
  }
};

Figure figure_of(const Indicator& indicator, const Group& group, Sum sum) {
  using Show = Tally::Show;
  auto show = indicator.tally->show;
  Figure f;
  f.indicator = indicator.id;
  f.group = group;
  f.pending = sum.pending;
  f.waived = sum.waived;
  f.numerator = sum.numerator;
  if (show == Show::count || show == Show::list) {
    f.value = sum.numerator;
  } else {
    f.denominator = sum.denominator;
    if (sum.denominator > 0) f.value = sum.numerator / sum.denominator;
  }
  if (!sum.measures.empty()) {
    std::sort(sum.measures.begin(), sum.measures.end());
    f.median = median(sum.measures);
    f.p90 = p90(sum.measures);
  }
  if (show == Show::days) f.value = f.median;
  f.suppressed = small_group(f);
  return f;
}

}  // namespace

struct FigureCount::State {
  FigureQuery query;
  std::vector<std::map<Group, Sum>> sums;  // by indicator as asked
};

std::vector<Instance> instances_of(const FigureQuery& query, const Judgement& judgement,
                                   const Indicator& indicator) {
  return Counting(query, judgement).instances(indicator);
}

Group group_of(const FigureQuery& query, const Instance& instance) {
  Group group;
  for (auto d : query.by)
    group[std::string(to_string(d))] = instance.judged->dimensions[static_cast<std::size_t>(d)];
  return group;
}

std::string_view to_string(Instance::Standing standing) {
  return standing == Instance::Standing::counted   ? "counted"
         : standing == Instance::Standing::pending ? "pending"
                                                   : "waived";
}

FigureCount::FigureCount(FigureQuery query) : state_(std::make_unique<State>()) {
  state_->query = std::move(query);
  state_->sums.resize(state_->query.indicators.size());
  if (state_->query.by.empty())
    for (auto& groups : state_->sums) groups[{}];
}

FigureCount::~FigureCount() = default;

void FigureCount::add(const Judgement& judgement) {
  Counting counting(state_->query, judgement);
  for (std::size_t n = 0; n < state_->sums.size(); ++n) {
    auto& indicator = *state_->query.indicators[n];
    for (auto& i : counting.instances(indicator))
      state_->sums[n][group_of(state_->query, i)].add(i, *indicator.tally);
  }
}

std::vector<Figure> FigureCount::figures() const {
  std::vector<Figure> out;
  for (std::size_t n = 0; n < state_->sums.size(); ++n)
    for (auto& [group, sum] : state_->sums[n])
      out.push_back(figure_of(*state_->query.indicators[n], group, sum));
  return out;
}

std::vector<Counted> counted(const FigureQuery& query, const Judgement& judgement) {
  Counting counting(query, judgement);
  std::vector<Counted> out;
  for (auto* indicator : query.indicators)
    for (auto& i : counting.instances(*indicator)) {
      Counted c;
      c.indicator = indicator->id;
      c.group = group_of(query, i);
      c.case_id = i.judged->obligation.case_id;
      c.subject = i.judged->obligation.subject;
      c.stream = i.judged->obligation.stream;
      c.in_numerator = i.in_numerator;
      c.standing = to_string(i.standing);
      c.measure = i.measure;
      c.evidence = i.evidence;
      out.push_back(std::move(c));
    }
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) {
    return std::tie(a.indicator, a.group, a.case_id, a.subject) <
           std::tie(b.indicator, b.group, b.case_id, b.subject);
  });
  return out;
}

}  // namespace stafett::casework
