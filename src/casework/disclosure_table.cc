#include "casework/disclosure_table.h"

#include <algorithm>

#include "casework/clause.h"
#include "casework/hiding.h"

namespace stafett::casework {
namespace {

using Level = CountTable::Level;

constexpr std::size_t cells_max = 50'000;
constexpr double certain_below = 10;  // 5.4 no. 5

bool few(double count, double threshold) { return count >= 1 && count < threshold; }

double all(const Figure& f) { return f.denominator.value_or(f.numerator.value_or(0)); }
double counted(const Figure& f) { return f.numerator.value_or(0); }
double beside(const Figure& f) { return f.denominator.value_or(0) - f.numerator.value_or(0); }
double pending(const Figure& f) { return static_cast<double>(f.pending.value_or(0)); }
double waived(const Figure& f) { return static_cast<double>(f.waived.value_or(0)); }
double nothing(const Figure&) { return 0; }

void all_loose(CountTable& table) {
  for (Level level = 0; level < table.levels(); ++level)
    for (auto& cell : table.cells(level)) cell.loose = true;
}

// A total that is shown says already that there is none.
bool known_none(const CountTable& table, Level level, std::size_t index, double CountTable::Cell::*of) {
  auto place = table.place(level, index);
  for (Level above = 0; above < level; ++above) {
    if (above & ~level) continue;
    auto& cell = table.cells(above)[table.index(above, place)];
    if (!cell.hidden && cell.*of == 0) return true;
  }
  return false;
}

}  // namespace

std::optional<DisclosureTable> DisclosureTable::of(const Indicator& indicator,
                                                   std::span<const Figure> figures,
                                                   const std::vector<std::span<const Figure>>& wholes,
                                                   const FigureQuery& query, double threshold) {
  std::vector<std::string> dimensions;
  for (auto d : query.by)
    if (std::string name(to_string(d));
        std::find(dimensions.begin(), dimensions.end(), name) == dimensions.end())
      dimensions.push_back(std::move(name));
  for (auto& name : query.splits)
    if (std::find(dimensions.begin(), dimensions.end(), name) == dimensions.end()) dimensions.push_back(name);
  std::vector<std::vector<std::string>> values(dimensions.size());
  auto take = [&](std::span<const Figure> lines) {
    for (auto& f : lines)
      for (std::size_t d = 0; d < dimensions.size(); ++d) values[d].push_back(f.group.at(dimensions[d]));
  };
  take(figures);
  for (auto& whole : wholes) take(whole);
  std::vector<std::size_t> extents;
  for (auto& v : values) {
    std::sort(v.begin(), v.end());
    v.erase(std::unique(v.begin(), v.end()), v.end());
    extents.push_back(v.size());
  }
  if (CountTable::cell_count(extents) > cells_max) return std::nullopt;
  return DisclosureTable(indicator, figures, wholes, std::move(dimensions), std::move(values), threshold);
}

DisclosureTable::DisclosureTable(const Indicator& indicator, std::span<const Figure> figures,
                                 const std::vector<std::span<const Figure>>& wholes,
                                 std::vector<std::string> dimensions,
                                 std::vector<std::vector<std::string>> values, double threshold)
    : dimensions_(std::move(dimensions)),
      values_(std::move(values)),
      smallest_(std::max<double>(threshold, indicator.smallest)),
      sizes_(table(figures, all, nothing)),
      shown_(table(figures, counted, beside)),
      pending_(table(figures, pending, nothing)),
      waived_(table(figures, waived, nothing)) {
  for (auto& f : figures) {
    if (!f.denominator) counts_only_ = true;
    if (counted(f) < 0 || beside(f) < 0) shares_ = false;
  }
  if (indicator.tally && indicator.tally->show == Tally::Show::mean)
    whole_mean_ = static_cast<double>(indicator.tally->of.size());
  hide_small(threshold);
  if (counts_only_) {
    shown_ = sizes_;
  } else if (shares_) {
    std::vector<CountTable> whole_tables;
    for (auto& whole : wholes) whole_tables.push_back(table(whole, counted, beside));
    hide_shares(threshold, whole_tables);
  } else {
    hide_amounts(threshold);
  }
  hide_beside(pending_, threshold);
  hide_beside(waived_, threshold);
}

// How many there are. This depends on nothing else, so that whoever shows the same denominators hides the
// same cells.
void DisclosureTable::hide_small(double threshold) {
  all_loose(sizes_);
  auto small = [&](Level level, std::size_t i) {
    auto size = sizes_.cells(level)[i].inside;
    return counts_only_ ? few(size, threshold) : size < smallest_;
  };
  auto goals = [&](Level level, std::size_t i) {
    std::vector<Goal> out;
    if (small(level, i)) out.push_back({Goal::Of::size, counts_only_ ? threshold : smallest_});
    return out;
  };
  hide(sizes_, {small, goals});
  for (Level level = 0; level < sizes_.levels(); ++level)
    for (std::size_t i = 0; i < sizes_.cells(level).size(); ++i)
      shown_.cells(level)[i].hidden = shown_.cells(level)[i].loose = sizes_.cells(level)[i].hidden;
}

// How many of them, and how many of them not.
void DisclosureTable::hide_shares(double threshold, const std::vector<CountTable>& wholes) {
  // Of those in the numerator of a whole with the same denominator: how many are not in this one's.
  auto rest = [&](Level level, std::size_t i) {
    auto& cell = shown_.cells(level)[i];
    for (auto& whole : wholes) {
      auto& of = whole.cells(level)[i];
      if (of.size() == cell.size() && few(of.inside - cell.inside, threshold)) return of.inside - cell.inside;
    }
    return 0.0;
  };
  auto certain = [&](const CountTable::Cell& cell) { return cell.size() > 0 && cell.size() < certain_below; };
  auto secret = [&](Level level, std::size_t i) {
    auto& cell = shown_.cells(level)[i];
    return few(cell.inside, threshold) || few(cell.outside, threshold) ||
           (certain(cell) && (cell.inside == 0 || cell.outside == 0)) || rest(level, i) > 0;
  };
  auto goals = [&](Level level, std::size_t i) {
    auto& cell = shown_.cells(level)[i];
    std::vector<Goal> out;
    if (cell.size() < smallest_) out.push_back({Goal::Of::size, smallest_});
    if (few(cell.inside, threshold)) out.push_back({Goal::Of::inside, threshold});
    if (few(cell.outside, threshold)) out.push_back({Goal::Of::outside, threshold});
    if (certain(cell) && cell.inside == 0 && !known_none(shown_, level, i, &CountTable::Cell::inside))
      out.push_back({Goal::Of::inside, 1});
    if (certain(cell) && cell.outside == 0 && !known_none(shown_, level, i, &CountTable::Cell::outside))
      out.push_back({Goal::Of::outside, 1});
    if (auto r = rest(level, i); r > 0) out.push_back({Goal::Of::outside, cell.outside + threshold - r});
    return out;
  };
  hide(shown_, {secret, goals});
}

// A numerator that is no part of the denominator: a sum, a mean, more than had to be.
void DisclosureTable::hide_amounts(double threshold) {
  auto sizes = sizes_;
  for (Level level = 0; level < shown_.levels(); ++level)
    for (auto& cell : shown_.cells(level)) cell.outside = 0;
  all_loose(shown_);
  auto secret = [&](Level level, std::size_t i) {
    auto amount = shown_.cells(level)[i].inside, size = sizes.cells(level)[i].inside;
    return few(amount, threshold) || few(size - amount, threshold) ||
           (size < certain_below && (amount == 0 || amount == size * whole_mean_));
  };
  auto goals = [&](Level level, std::size_t i) {
    std::vector<Goal> out;
    if (few(shown_.cells(level)[i].inside, threshold)) out.push_back({Goal::Of::size, threshold});
    return out;
  };
  hide(shown_, {secret, goals});
}

// What stands on the same line: hidden with it, and where it is itself few.
void DisclosureTable::hide_beside(CountTable& counts, double threshold) {
  all_loose(counts);
  for (Level level = 0; level < counts.levels(); ++level)
    for (std::size_t i = 0; i < counts.cells(level).size(); ++i)
      counts.cells(level)[i].hidden = shown_.cells(level)[i].hidden;
  // Where the line says that nobody was counted, or there is none, nobody can be moved to.
  for (Level level = 0; level < counts.levels(); ++level)
    for (auto& cell : counts.cells(level)) cell.fixed = !cell.present && !cell.hidden;
  auto small = [&](Level level, std::size_t i) { return few(counts.cells(level)[i].inside, threshold); };
  auto goals = [&](Level level, std::size_t i) {
    std::vector<Goal> out;
    if (small(level, i)) out.push_back({Goal::Of::size, threshold});
    return out;
  };
  hide(counts, {small, goals});
}

CountTable DisclosureTable::table(std::span<const Figure> figures, double (*inside)(const Figure&),
                                  double (*outside)(const Figure&)) const {
  std::vector<std::size_t> extents;
  for (auto& v : values_) extents.push_back(v.size());
  CountTable out(std::move(extents));
  for (auto& f : figures) out.add(place(f.group), inside(f), outside(f));
  return out;
}

std::vector<std::size_t> DisclosureTable::place(const Group& group) const {
  std::vector<std::size_t> out;
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    auto& v = values_[d];
    out.push_back(
        static_cast<std::size_t>(std::lower_bound(v.begin(), v.end(), group.at(dimensions_[d])) - v.begin()));
  }
  return out;
}

DisclosureTable::Line DisclosureTable::line_at(std::size_t index) const {
  auto level = shown_.finest();
  return {{},
          shown_.cells(level)[index].hidden,
          pending_.cells(level)[index].hidden,
          waived_.cells(level)[index].hidden};
}

DisclosureTable::Line DisclosureTable::line(const Group& group) const {
  return line_at(shown_.index(shown_.finest(), place(group)));
}

std::vector<DisclosureTable::Line> DisclosureTable::hidden() const {
  std::vector<Line> out;
  auto level = shown_.finest();
  for (std::size_t i = 0; i < shown_.cells(level).size(); ++i) {
    if (!shown_.cells(level)[i].hidden) continue;
    out.push_back(line_at(i));
    auto place = shown_.place(level, i);
    for (std::size_t d = 0; d < dimensions_.size(); ++d)
      out.back().group[dimensions_[d]] = values_[d][place[d]];
  }
  return out;
}

}  // namespace stafett::casework
