#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace stafett::casework {

// Counts by up to four dimensions with all their totals: what is published, and what can be worked out from
// it. A *level* is the set of dimensions that a table is broken down by, one bit each: 0 is the grand total,
// and the highest level the finest table. Every combination of values has a cell, also where nothing was
// counted.
class CountTable {
 public:
  using Level = unsigned;
  using Place = std::span<const std::size_t>;  // a value's number for each dimension

  struct Cell {
    double inside = 0;     // of the numerator; or all, where only how many there are matters
    double outside = 0;    // of the denominator but not of the numerator
    bool present = false;  // something was counted
    bool hidden = false;
    bool fixed = false;  // known to be nobody, and no cell to hide
    bool loose = false;  // hidden together with how many there are, for everybody who is told of this cell
    double size() const { return inside + outside; }
  };

  explicit CountTable(std::vector<std::size_t> extents);

  // Adds to the cell of the finest level and to all its totals.
  void add(Place place, double inside, double outside);

  std::size_t dimensions() const { return extents_.size(); }
  Level levels() const { return 1u << extents_.size(); }
  Level finest() const { return levels() - 1; }
  std::size_t extent(std::size_t dimension) const { return extents_[dimension]; }
  std::vector<Cell>& cells(Level level) { return cells_[level]; }
  const std::vector<Cell>& cells(Level level) const { return cells_[level]; }
  // How far apart neighbours in that dimension are at that level; 0 where it is not broken down by it.
  std::size_t stride(Level level, std::size_t dimension) const { return strides_[level][dimension]; }
  std::size_t index(Level level, Place place) const;
  // Of a cell; 0 for the dimensions that are not of the level.
  std::vector<std::size_t> place(Level level, std::size_t index) const;
  Cell& at(Level level, Place where) { return cells_[level][index(level, where)]; }

  // How many cells the finest table would have; capped, so that it cannot overflow.
  static std::size_t cell_count(Place extents);

 private:
  std::vector<std::size_t> extents_;
  std::vector<std::vector<std::size_t>> strides_;
  std::vector<std::vector<Cell>> cells_;
};

// The levels from coarse to fine: what is decided of one depends on coarser ones only, so that the same
// question with fewer dimensions is answered the same way.
std::vector<CountTable::Level> coarse_to_fine(const CountTable& table);

}  // namespace stafett::casework
