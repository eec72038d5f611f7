#pragma once

#include <vector>

#include "casework/count_table.h"

namespace stafett::casework {

// The corners of a box at one level, the cell itself among them.
struct Box {
  struct Corner {
    std::size_t index = 0;
    bool even = true;  // an even number of steps from the cell
  };
  std::vector<Corner> corners;
  bool hidden = false;  // all corners, at the level of the box
  bool fixed = false;   // some corner cannot be other than it is
  bool loose = false;   // nobody knows the size of any corner
};

// The boxes around a cell. In large tables not all of them: in each dimension only the values that most was
// counted of.
class Boxes {
 public:
  explicit Boxes(const CountTable& table);

  // Calls `each(box)` for every box around the cell that is hidden: in the dimensions of some coarser level,
  // or of its own, at which all corners are hidden. Stops when it returns false.
  template <class Each>
  void each_hidden(CountTable::Level level, std::size_t cell, Each each) const {
    for (CountTable::Level of = 1; of <= level; ++of) {
      if (of & ~level) continue;
      if (!each_of(level, cell, of, true, each)) return;
    }
  }

  // The same for the boxes in all dimensions of the level of which some corner is not hidden.
  template <class Each>
  void each_new(CountTable::Level level, std::size_t cell, Each each) const {
    each_of(level, cell, level, false, each);
  }

 private:
  template <class Each>
  bool each_of(CountTable::Level level, std::size_t cell, CountTable::Level of, bool hidden,
               Each& each) const {
    Walk walk(*this, level, cell, of);
    if (walk.none()) return true;
    Box box;
    do {
      walk.fill(box);
      if (!box.fixed && box.hidden == hidden && !each(static_cast<const Box&>(box))) return false;
    } while (walk.next());
    return true;
  }

  // One box after the other: the other value in each of the dimensions.
  class Walk {
   public:
    Walk(const Boxes& boxes, CountTable::Level level, std::size_t cell, CountTable::Level of);
    bool none() const { return none_; }
    bool next();
    // Fills in the corners at the level, and what is decided of them at the level of the box.
    void fill(Box& box) const;

   private:
    bool step(std::size_t k);

    const Boxes& boxes_;
    CountTable::Level level_, of_;
    std::vector<std::size_t> dimensions_;
    std::vector<std::size_t> place_;
    std::vector<std::size_t> chosen_;  // for each of dimensions_, which of its partners
    std::size_t at_level_ = 0, at_box_ = 0;
    bool none_ = false;
  };

  const CountTable& table_;
  std::vector<std::vector<std::size_t>> partners_;  // by the number of dimensions of the box and dimension
  const std::vector<std::size_t>& partners(std::size_t of_dimensions, std::size_t dimension) const {
    return partners_[(of_dimensions - 1) * table_.dimensions() + dimension];
  }
};

}  // namespace stafett::casework
