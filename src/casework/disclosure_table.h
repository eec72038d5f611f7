#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casework/count_table.h"
#include "stafett/casework/judge.h"

namespace stafett::casework {

using Group = std::map<std::string, std::string>;

// The lines of one indicator as a table, and what of it is hidden.
class DisclosureTable {
 public:
  struct Line {
    Group group;
    bool suppressed = false, hide_pending = false, hide_waived = false;
  };

  // `wholes`: the lines of indicators that this one is a part of. None when there are too many cells.
  static std::optional<DisclosureTable> of(const Indicator& indicator, std::span<const Figure> figures,
                                           const std::vector<std::span<const Figure>>& wholes,
                                           const FigureQuery& query, double threshold);

  // Of the group of a figure.
  Line line(const Group& group) const;
  // The hidden groups, also those that have no figure.
  std::vector<Line> hidden() const;

 private:
  DisclosureTable(const Indicator& indicator, std::span<const Figure> figures,
                  const std::vector<std::span<const Figure>>& wholes, std::vector<std::string> dimensions,
                  std::vector<std::vector<std::string>> values, double threshold);

  void hide_small(double threshold);
  void hide_shares(double threshold, const std::vector<CountTable>& wholes);
  void hide_amounts(double threshold);
  void hide_beside(CountTable& counts, double threshold);
  std::vector<std::size_t> place(const Group& group) const;
  CountTable table(std::span<const Figure> figures, double (*inside)(const Figure&),
                   double (*outside)(const Figure&)) const;
  Line line_at(std::size_t index) const;

  std::vector<std::string> dimensions_;
  std::vector<std::vector<std::string>> values_;  // of each dimension, sorted
  double smallest_ = 0;                           // denominators below it are hidden
  double whole_mean_ = 1;                         // what the value is when everything holds
  bool counts_only_ = false;                      // no denominators
  bool shares_ = true;                            // the numerator is a part of the denominator
  CountTable sizes_, shown_, pending_, waived_;
};

}  // namespace stafett::casework
