#include "casework/attacker.h"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace stafett::support {
namespace {
constexpr double tiny = 1e-7;
}

void Attacker::knows(const Terms& sum, double value) {
  std::vector<double> row(variables_ + 1, 0);
  for (auto& [variable, factor] : sum) row[variable] += factor;
  row.back() = value;
  if (follows(row)) return;
  if (value < 0)
    for (auto& x : row) x = -x;
  rows_.push_back(std::move(row));
  prepared_ = false;
}

// Whether the equation follows from those known; else it is remembered, with all multiples of the others
// taken out.
bool Attacker::follows(std::vector<double> row) {
  for (auto& [column, known] : echelon_) {
    auto factor = row[column];
    if (std::abs(factor) < tiny) continue;
    for (std::size_t j = 0; j < row.size(); ++j) row[j] -= factor * known[j];
  }
  std::size_t lead = 0;
  for (std::size_t j = 1; j < variables_; ++j)
    if (std::abs(row[j]) > std::abs(row[lead])) lead = j;
  if (std::abs(row[lead]) < tiny) {
    if (std::abs(row.back()) > 1e-4) throw std::logic_error("what the attacker knows contradicts itself");
    return true;
  }
  auto by = row[lead];
  for (auto& x : row) x /= by;
  echelon_.emplace_back(lead, std::move(row));
  return false;
}

void Attacker::pivot(std::size_t row, std::size_t column) {
  auto& r = rows_[row];
  auto by = r[column];
  for (auto& x : r) x /= by;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    auto factor = rows_[i][column];
    if (i == row || std::abs(factor) < tiny) continue;
    for (std::size_t j = 0; j < r.size(); ++j) rows_[i][j] -= factor * r[j];
  }
  basis_[row] = column;
}

bool Attacker::climb(std::vector<double>& objective, std::size_t columns) {
  constexpr int steepest_steps = 200;
  for (int step = 0;; ++step) {
    std::size_t enter = columns;
    std::vector<double> gains(objective.begin(), objective.begin() + static_cast<std::ptrdiff_t>(columns));
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (auto price = objective[basis_[i]]; price != 0)
        for (std::size_t j = 0; j < columns; ++j) gains[j] -= price * rows_[i][j];
    // The steepest way is the fastest, the first way never goes in circles.
    for (std::size_t j = 0; j < columns; ++j)
      if (gains[j] > tiny && (enter == columns || (step < steepest_steps && gains[j] > gains[enter])))
        enter = j;
    if (enter == columns) return true;
    std::size_t leave = rows_.size();
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i][enter] <= tiny) continue;
      auto ratio = rows_[i].back() / rows_[i][enter];
      if (ratio < best - tiny || (ratio < best + tiny && leave < rows_.size() && basis_[i] < basis_[leave])) {
        best = ratio;
        leave = i;
      }
    }
    if (leave == rows_.size()) return false;
    pivot(leave, enter);
  }
}

// Finds some numbers that agree with what is known, and drops what follows from the rest.
void Attacker::prepare() {
  auto count = rows_.size();
  basis_.assign(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    auto right = rows_[i].back();
    rows_[i].pop_back();
    rows_[i].resize(variables_ + count, 0);
    rows_[i][variables_ + i] = 1;
    rows_[i].push_back(right);
    basis_[i] = variables_ + i;
  }
  std::vector<double> objective(variables_ + count, 0);
  for (std::size_t i = 0; i < count; ++i) objective[variables_ + i] = -1;
  climb(objective, variables_ + count);
  for (std::size_t i = 0; i < rows_.size();) {
    if (basis_[i] < variables_) {
      ++i;
      continue;
    }
    if (rows_[i].back() > 1e-4) throw std::logic_error("what the attacker knows cannot be");
    std::size_t column = 0;
    while (column < variables_ && std::abs(rows_[i][column]) < tiny) ++column;
    if (column < variables_) {
      pivot(i++, column);
      continue;
    }
    rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(i));
    basis_.erase(basis_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (auto& row : rows_) {
    auto right = row.back();
    row.resize(variables_);
    row.push_back(right);
  }
  prepared_ = true;
}

double Attacker::most(const Terms& sum) {
  if (!prepared_) prepare();
  std::vector<double> objective(variables_, 0);
  for (auto& [variable, factor] : sum) objective[variable] += factor;
  if (!climb(objective, variables_)) return std::numeric_limits<double>::infinity();
  double out = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) out += objective[basis_[i]] * rows_[i].back();
  return out;
}

double Attacker::least(const Terms& sum) {
  Terms opposite;
  for (auto& [variable, factor] : sum) opposite[variable] = -factor;
  return -most(opposite);
}

}  // namespace stafett::support
