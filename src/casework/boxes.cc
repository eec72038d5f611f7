#include "casework/boxes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace stafett::casework {
namespace {

// So that no more than some thousand boxes are looked at for one cell.
constexpr std::array<std::size_t, 4> partners_max{4096, 64, 16, 8};

}  // namespace

Boxes::Boxes(const CountTable& table) : table_(table) {
  for (std::size_t count = 1; count <= table.dimensions(); ++count)
    for (std::size_t d = 0; d < table.dimensions(); ++d) {
      std::vector<std::size_t> values(table.extent(d));
      std::iota(values.begin(), values.end(), std::size_t{0});
      auto& cells = table.cells(1u << d);
      std::stable_sort(values.begin(), values.end(),
                       [&](auto a, auto b) { return cells[a].size() > cells[b].size(); });
      values.resize(std::min(values.size(), partners_max[std::min(count, partners_max.size()) - 1]));
      partners_.push_back(std::move(values));
    }
}

Boxes::Walk::Walk(const Boxes& boxes, CountTable::Level level, std::size_t cell, CountTable::Level of)
    : boxes_(boxes), level_(level), of_(of), place_(boxes.table_.place(level, cell)) {
  for (std::size_t d = 0; d < boxes.table_.dimensions(); ++d)
    if (of >> d & 1) dimensions_.push_back(d);
  at_level_ = cell;
  at_box_ = boxes.table_.index(of, place_);
  // A box of a coarser level is of use only when the cell above is hidden there.
  none_ = of != level && !boxes.table_.cells(of)[at_box_].hidden;
  chosen_.assign(dimensions_.size(), 0);
  for (std::size_t k = 0; k < dimensions_.size() && !none_; ++k) none_ = !step(k);
}

// Moves on past the cell's own value; false at the end.
bool Boxes::Walk::step(std::size_t k) {
  auto& partners = boxes_.partners(dimensions_.size(), dimensions_[k]);
  while (chosen_[k] < partners.size() && partners[chosen_[k]] == place_[dimensions_[k]]) ++chosen_[k];
  return chosen_[k] < partners.size();
}

bool Boxes::Walk::next() {
  for (std::size_t k = 0; k < dimensions_.size(); ++k) {
    ++chosen_[k];
    if (step(k)) return true;
    chosen_[k] = 0;
    step(k);
  }
  return false;
}

void Boxes::Walk::fill(Box& box) const {
  auto& table = boxes_.table_;
  auto count = dimensions_.size();
  box.corners.resize(std::size_t{1} << count);
  box.loose = box.hidden = true;
  box.fixed = false;
  for (std::size_t corner = 0; corner < box.corners.size(); ++corner) {
    // Unsigned arithmetic wraps, and comes out right.
    std::size_t at_level = at_level_, at_box = at_box_;
    for (std::size_t k = 0; k < count; ++k) {
      if (!(corner >> k & 1)) continue;
      auto d = dimensions_[k];
      auto steps = boxes_.partners(count, d)[chosen_[k]] - place_[d];
      at_level += steps * table.stride(level_, d);
      at_box += steps * table.stride(of_, d);
    }
    box.corners[corner] = {at_level, std::popcount(corner) % 2 == 0};
    auto& decided = table.cells(of_)[at_box];
    box.hidden = box.hidden && decided.hidden;
    box.loose = box.loose && decided.loose;
    box.fixed = box.fixed || table.cells(level_)[at_level].fixed;
  }
}

}  // namespace stafett::casework
