#include "casework/count_table.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace stafett::casework {

CountTable::CountTable(std::vector<std::size_t> extents) : extents_(std::move(extents)) {
  for (Level level = 0; level < levels(); ++level) {
    std::vector<std::size_t> strides(dimensions(), 0);
    std::size_t size = 1;
    for (std::size_t d = dimensions(); d-- > 0;) {
      if (!(level >> d & 1)) continue;
      strides[d] = size;
      size *= extents_[d];
    }
    strides_.push_back(std::move(strides));
    cells_.emplace_back(size);
  }
}

void CountTable::add(Place place, double inside, double outside) {
  for (Level level = 0; level < levels(); ++level) {
    auto& cell = at(level, place);
    cell.inside += inside;
    cell.outside += outside;
    cell.present = true;
  }
}

std::size_t CountTable::index(Level level, Place place) const {
  std::size_t out = 0;
  for (std::size_t d = 0; d < dimensions(); ++d) out += place[d] * strides_[level][d];
  return out;
}

std::vector<std::size_t> CountTable::place(Level level, std::size_t index) const {
  std::vector<std::size_t> out(dimensions(), 0);
  for (std::size_t d = 0; d < dimensions(); ++d) {
    if (!(level >> d & 1)) continue;
    out[d] = index / strides_[level][d];
    index %= strides_[level][d];
  }
  return out;
}

std::size_t CountTable::cell_count(Place extents) {
  constexpr std::size_t many = std::size_t{1} << 30;
  std::size_t product = 1;
  for (auto extent : extents) product = std::min(many, product * std::min(many, extent));
  return product;
}

std::vector<CountTable::Level> coarse_to_fine(const CountTable& table) {
  std::vector<CountTable::Level> out(table.levels());
  std::iota(out.begin(), out.end(), 0u);
  std::stable_sort(out.begin(), out.end(),
                   [](auto a, auto b) { return std::popcount(a) < std::popcount(b); });
  return out;
}

}  // namespace stafett::casework
