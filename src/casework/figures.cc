#include <algorithm>
#include <cmath>
#include <set>

#include "casework/counting.h"

namespace stafett::casework {
namespace {

using Show = Tally::Show;

double median(const std::vector<double>& sorted) {
  auto n = sorted.size();
  return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

// Nearest rank.
double p90(const std::vector<double>& sorted) {
  auto rank = static_cast<std::size_t>(std::ceil(0.9 * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

// What has been counted of one group so far.
struct Sum {
  double numerator = 0, denominator = 0;
  std::uint64_t pending = 0, waived = 0;
  std::vector<double> measures;
  std::set<std::string> covered;

  void add(const Instance& i, const Tally& tally) {
    if (i.standing == Instance::Standing::pending) ++pending;
    if (i.standing == Instance::Standing::waived) ++waived;
    if (i.standing != Instance::Standing::counted) return;
    numerator += i.numerator;
    denominator += i.denominator;
    if (i.measure && (tally.show == Show::days || tally.timed)) measures.push_back(*i.measure);
    if (tally.show == Show::covered)
      for (auto& value : i.judged->covers)
        if (std::find(tally.among.begin(), tally.among.end(), value) != tally.among.end())
          covered.emplace(value);
  }
};

using Sums = std::map<Group, Sum>;

Figure figure_of(const Indicator& indicator, const Group& group, Sum sum) {
  auto show = indicator.tally->show;
  Figure f;
  f.indicator = indicator.id;
  f.group = group;
  f.show = indicator.show();
  f.pending = sum.pending;
  f.waived = sum.waived;
  f.numerator = sum.numerator;
  if (show == Show::count || show == Show::list || show == Show::sum) {
    f.value = sum.numerator;
  } else if (show == Show::covered) {
    f.numerator = static_cast<double>(sum.covered.size());
    f.denominator = static_cast<double>(indicator.tally->among.size());
    f.value = *f.numerator / *f.denominator;
  } else {
    f.denominator = sum.denominator;
    if (sum.denominator > 0) f.value = sum.numerator / sum.denominator;
  }
  if (!sum.measures.empty()) {
    std::sort(sum.measures.begin(), sum.measures.end());
    f.median = median(sum.measures);
    f.p90 = p90(sum.measures);
    f.measured = sum.measures.size();
  }
  if (show == Show::days) f.value = f.median;
  return f;
}

// How far each group lies from the largest, in percentage points; the group that others are measured by lies
// at 0.
void add_gap(const Indicator& gap, const Indicator& part, const Sums& sums, std::vector<Figure>& out) {
  std::vector<Figure> figures;
  for (auto& [group, sum] : sums) figures.push_back(figure_of(part, group, sum));
  const Figure* largest = nullptr;
  for (auto& f : figures)
    if (f.value && (!largest || *f.denominator > *largest->denominator)) largest = &f;
  for (auto& f : figures) {
    auto line = f;
    line.indicator = gap.id;
    line.show = gap.show();
    line.group["of"] = part.id;
    line.median.reset();
    line.p90.reset();
    if (f.value) line.value = 100 * (*f.value - *largest->value);
    out.push_back(std::move(line));
  }
}

}  // namespace

struct FigureCount::State {
  struct Asked {
    const Indicator* indicator;
    std::vector<std::pair<const Indicator*, Sums>> counted;  // itself, or the parts of a gap
  };
  FigureQuery query;
  std::vector<Asked> asked;
  bool grouped() const { return !query.by.empty() || !query.splits.empty(); }
};

FigureCount::FigureCount(FigureQuery query) : state_(std::make_unique<State>()) {
  state_->query = std::move(query);
  for (auto* indicator : state_->query.indicators) {
    auto& asked = state_->asked.emplace_back();
    asked.indicator = indicator;
    if (indicator->tally->show != Show::gap) {
      asked.counted.emplace_back(indicator, Sums{});
      if (!state_->grouped()) asked.counted.back().second[{}];
    } else if (state_->grouped()) {
      for (auto& id : indicator->tally->of)
        for (auto* part : state_->query.all)
          if (part->id == id) asked.counted.emplace_back(part, Sums{});
    }
  }
}

FigureCount::~FigureCount() = default;

void FigureCount::add(const Judgement& judgement) {
  Counting counting(state_->query, judgement);
  for (auto& asked : state_->asked)
    for (auto& [indicator, sums] : asked.counted)
      for (auto& i : counting.instances(*indicator))
        sums[group_of(state_->query, judgement, i)].add(i, *indicator->tally);
}

std::vector<Figure> FigureCount::figures() const {
  std::vector<Figure> out;
  for (auto& asked : state_->asked) {
    bool gap = asked.indicator->tally->show == Show::gap;
    if (gap && asked.counted.empty()) {  // one group is far from none
      out.emplace_back();
      out.back().indicator = asked.indicator->id;
      out.back().show = asked.indicator->show();
    }
    for (auto& [indicator, sums] : asked.counted) {
      if (gap)
        add_gap(*asked.indicator, *indicator, sums, out);
      else
        for (auto& [group, sum] : sums) out.push_back(figure_of(*indicator, group, sum));
    }
  }
  return out;
}

std::vector<Counted> counted(const FigureQuery& query, const Judgement& judgement) {
  Counting counting(query, judgement);
  std::vector<Counted> out;
  auto add = [&](const Indicator& indicator, const Indicator& part) {
    for (auto& i : counting.instances(part)) {
      Counted c;
      c.indicator = indicator.id;
      c.group = group_of(query, judgement, i);
      if (&part != &indicator) c.group["of"] = part.id;
      if (i.judged) {
        c.case_id = i.judged->obligation.case_id;
        c.stream = i.judged->obligation.stream;
      }
      c.subject = i.subject;
      c.in_numerator = i.in_numerator;
      c.standing = to_string(i.standing);
      c.measure = i.measure;
      c.evidence = evidence_of(i);
      out.push_back(std::move(c));
    }
  };
  for (auto* indicator : query.indicators) {
    if (indicator->tally->show != Show::gap) add(*indicator, *indicator);
    for (auto* part : query.all)
      if (indicator->tally->show == Show::gap &&
          std::find(indicator->tally->of.begin(), indicator->tally->of.end(), part->id) !=
              indicator->tally->of.end())
        add(*indicator, *part);
  }
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) {
    return std::tie(a.indicator, a.group, a.case_id, a.subject) <
           std::tie(b.indicator, b.group, b.case_id, b.subject);
  });
  return out;
}

}  // namespace stafett::casework
