#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

// Somebody who knows some sums of numbers that are not negative, and wants to know what the numbers may be.
namespace stafett::support {

// x >= 0 with equations; answers by linear programming (the simplex method with Bland's rule where it goes in
// circles).
class Attacker {
 public:
  using Terms = std::map<std::size_t, double>;  // factor by variable

  explicit Attacker(std::size_t variables) : variables_(variables) {}
  void knows(const Terms& sum, double value);
  // The largest that the sum may be, as far as is known; infinite when nothing limits it.
  double most(const Terms& sum);
  double least(const Terms& sum);

 private:
  bool follows(std::vector<double> row);
  void prepare();
  void pivot(std::size_t row, std::size_t column);
  // Goes on until nothing increases `objective`; false when it has no limit.
  bool climb(std::vector<double>& objective, std::size_t columns);

  std::size_t variables_;
  std::vector<std::vector<double>> rows_;  // coefficients, then the right side
  std::vector<std::size_t> basis_;
  std::vector<std::pair<std::size_t, std::vector<double>>> echelon_;
  bool prepared_ = false;
};

}  // namespace stafett::support
