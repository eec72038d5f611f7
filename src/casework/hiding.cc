#include "casework/hiding.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "casework/boxes.h"

namespace stafett::casework {
namespace {

using Level = CountTable::Level;

// So many inside and outside more at the cell and the corners an even number of steps from it, and fewer at
// the others.
struct Move {
  double inside, outside;
  bool free;  // changes sizes, so all corners have to be loose
};

// What has to move for a goal, in this order; the last alone reaches it.
std::vector<Move> moves_for(Goal::Of of) {
  switch (of) {
    case Goal::Of::inside:
      return {{1, 0, true}, {0, 1, true}, {1, -1, false}};
    case Goal::Of::outside:
      return {{0, 1, true}, {1, 0, true}, {-1, 1, false}};
    case Goal::Of::size:
      break;
  }
  return {{1, 0, true}, {0, 1, true}};
}

// Another table with the same totals, as its differences from the true one.
class OtherTable {
 public:
  OtherTable(const std::vector<CountTable::Cell>& cells) : cells_(cells) {}

  double inside(std::size_t index) const { return cells_[index].inside + change(index).inside; }
  double outside(std::size_t index) const { return cells_[index].outside + change(index).outside; }

  // How often the move can be made before somebody would have to leave an empty cell.
  double room(const Box& box, const Move& move) const {
    auto room = std::numeric_limits<double>::infinity();
    for (auto& corner : box.corners) {
      double sign = corner.even ? 1 : -1;
      if (sign * move.inside < 0) room = std::min(room, inside(corner.index));
      if (sign * move.outside < 0) room = std::min(room, outside(corner.index));
    }
    return room;
  }

  void make(const Box& box, const Move& move, double times) {
    for (auto& corner : box.corners) {
      auto& changed = change_of(corner.index);
      double sign = corner.even ? 1 : -1;
      changed.inside += sign * move.inside * times;
      changed.outside += sign * move.outside * times;
    }
  }

 private:
  struct Change {
    std::size_t index;
    double inside = 0, outside = 0;
  };

  Change change(std::size_t index) const {
    for (auto& c : changes_)
      if (c.index == index) return c;
    return {index};
  }
  Change& change_of(std::size_t index) {
    for (auto& c : changes_)
      if (c.index == index) return c;
    return changes_.emplace_back(Change{index});
  }

  const std::vector<CountTable::Cell>& cells_;
  std::vector<Change> changes_;
};

// Makes another table in which the cell reaches its goal.
class Cover {
 public:
  Cover(CountTable& table, const Boxes& boxes, Level level, std::size_t cell, const Goal& goal)
      : table_(table),
        boxes_(boxes),
        level_(level),
        cell_(cell),
        goal_(goal),
        moves_(moves_for(goal.of)),
        other_(table.cells(level)) {}

  // False when the table has not enough to do it with.
  bool reach() {
    for (auto& move : moves_) {
      if (reached()) return true;
      boxes_.each_hidden(level_, cell_, [&](const Box& box) {
        make(other_, box, move);
        return !reached();
      });
    }
    while (!reached()) {
      auto box = best_new();
      if (!box) return false;
      for (auto& corner : box->corners) table_.cells(level_)[corner.index].hidden = true;
      for (auto& move : moves_) make(other_, *box, move);
    }
    return true;
  }

 private:
  double value(const OtherTable& other) const {
    auto in = other.inside(cell_), out = other.outside(cell_);
    return goal_.of == Goal::Of::inside ? in : goal_.of == Goal::Of::outside ? out : in + out;
  }
  bool reached() const { return value(other_) >= goal_.at_least; }

  void make(OtherTable& other, const Box& box, const Move& move) const {
    if (move.free && !box.loose) return;
    auto missing = goal_.at_least - value(other);
    // The others that come in only make room for the exchange that follows.
    bool helps = (goal_.of == Goal::Of::inside && move.inside == 0) ||
                 (goal_.of == Goal::Of::outside && move.outside == 0);
    if (helps) missing = goal_.at_least - (other.inside(cell_) + other.outside(cell_));
    auto times = std::floor(std::min(other.room(box, move), std::ceil(missing)));
    if (times > 0) other.make(box, move, times);
  }

  // Of the boxes that are not hidden yet: the one that loses least among those that suffice, else the one
  // that brings nearest to the goal.
  std::optional<Box> best_new() const {
    std::optional<Box> best;
    double best_gain = 0, best_loss = 0;
    auto missing = goal_.at_least - value(other_);
    boxes_.each_new(level_, cell_, [&](const Box& box) {
      auto trial = other_;
      for (auto& move : moves_) make(trial, box, move);
      auto gain = std::min(missing, value(trial) - value(other_));
      if (gain <= 0) return true;
      double loss = 0;
      for (auto& corner : box.corners) {
        auto& cell = table_.cells(level_)[corner.index];
        if (!cell.hidden) loss += 1 + cell.size();
      }
      if (!best || gain > best_gain || (gain == best_gain && loss < best_loss)) {
        best = box;
        best_gain = gain;
        best_loss = loss;
      }
      return true;
    });
    return best;
  }

  CountTable& table_;
  const Boxes& boxes_;
  Level level_;
  std::size_t cell_;
  Goal goal_;
  std::vector<Move> moves_;
  OtherTable other_;
};

bool below_hidden(const CountTable& table, Level level, std::size_t index) {
  auto place = table.place(level, index);
  for (std::size_t d = 0; d < table.dimensions(); ++d)
    if (level >> d & 1) {
      auto above = level & ~(1u << d);
      if (table.cells(above)[table.index(above, place)].hidden) return true;
    }
  return false;
}

bool cover_all(CountTable& table, const Boxes& boxes, Level level, const Secrecy& secrecy) {
  for (std::size_t i = 0; i < table.cells(level).size(); ++i) {
    if (!table.cells(level)[i].hidden || !table.cells(level)[i].present) continue;
    for (auto& goal : secrecy.goals(level, i))
      if (!Cover(table, boxes, level, i, goal).reach()) return false;
  }
  return true;
}

}  // namespace

void hide(CountTable& table, const Secrecy& secrecy) {
  Boxes boxes(table);
  for (auto level : coarse_to_fine(table)) {
    auto& cells = table.cells(level);
    for (std::size_t i = 0; i < cells.size(); ++i)
      cells[i].hidden =
          cells[i].hidden || (cells[i].present && secrecy.secret(level, i)) || below_hidden(table, level, i);
    // Where even the grand total is hidden, nothing is told and nothing can be worked out.
    if (table.cells(0).front().hidden) continue;
    if (!cover_all(table, boxes, level, secrecy))
      for (auto& cell : cells) cell.hidden = true;
  }
}

}  // namespace stafett::casework
