#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "casework/count_table.h"

// Complementary suppression (domain.md 5.4 no. 2). Hiding a small cell is not enough when the rest of its row
// and its total are shown. What is hidden beside it is chosen so that there is another table, equal in
// everything shown, in which the cell is large enough: then nobody who only sees what is shown can say that
// it is small.
//
// The other table is made by exchanges. A *box* is two values in each of some dimensions; its corners are
// cells. Moving somebody into the cell and out of its neighbour in the box, and back in the next dimension,
// changes no total. So it is enough that all corners are hidden and hold whom to move (the hypercube method
// of the statistical offices). Everything below a hidden cell is hidden, so an exchange in a coarse table has
// room in each finer one.
namespace stafett::casework {

// What must remain possible for a hidden cell, as far as those can tell who see what is shown.
struct Goal {
  enum class Of : std::uint8_t { inside, outside, size } of = Of::size;
  double at_least = 0;
};

struct Secrecy {
  std::function<bool(CountTable::Level, std::size_t index)> secret;  // is to be hidden for its own sake
  std::function<std::vector<Goal>(CountTable::Level, std::size_t index)> goals;  // asked of hidden cells
};

// Sets `hidden` where a cell is secret, below a hidden one, or needed to cover one; what is hidden already
// stays so. Where a table has not enough to cover a cell with, all of it is hidden. The sizes of cells that
// are not `loose` are taken to be known to everybody: indicators that share a denominator show them.
void hide(CountTable& table, const Secrecy& secrecy);

}  // namespace stafett::casework
