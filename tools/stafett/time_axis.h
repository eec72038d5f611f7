#pragma once

#include <string>
#include <vector>

#include "stafett/canvas.h"
#include "stafett/command.h"
#include "stafett/core/instant.h"

namespace stafett::tools {

// A stretch of time laid out over columns, with its divisions: days, weeks, months, quarters or years, the
// finest whose labels have room.
class TimeAxis {
 public:
  // from < to.
  TimeAxis(const Globals& globals, Instant from, Instant to, std::size_t columns);

  std::size_t columns() const { return columns_; }
  Instant from() const { return from_; }
  Instant to() const { return to_; }
  // The column a moment lies in; before the axis the first, after it the last.
  std::size_t column(Instant t) const;
  bool shows(Instant from, Instant to) const { return from < to_ && to >= from_; }

  // The two rows of labels above everything: the longer division, then the shorter.
  std::vector<Row> head() const;
  // The divisions, behind what has been drawn.
  void grid(Row& row, const Screen& screen) const;

 private:
  struct Tick {
    Instant at;
    std::string label, longer;  // the longer division's label where one begins
  };
  Instant from_, to_;
  std::size_t columns_;
  std::vector<Tick> ticks_;
};

}  // namespace stafett::tools
