#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace stafett::load {

// Microseconds from when a request was to be sent until it was answered. All are kept: quantiles are exact.
class Latencies {
 public:
  void add(std::uint32_t us) { all_.push_back(us); }
  void add(const Latencies& other) { all_.insert(all_.end(), other.all_.begin(), other.all_.end()); }
  std::size_t count() const { return all_.size(); }
  // After sort(): the smallest that so large a share does not exceed; 0 when there are none.
  void sort() { std::sort(all_.begin(), all_.end()); }
  std::uint32_t quantile(double share) const {
    if (all_.empty()) return 0;
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(all_.size()));
    return all_[std::min(rank, all_.size() - 1)];
  }

 private:
  std::vector<std::uint32_t> all_;
};

}  // namespace stafett::load
