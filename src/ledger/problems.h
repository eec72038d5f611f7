#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "stafett/ledger/verify.h"

namespace stafett::ledger {

// Where the checks put what they find. Thread-safe.
class Problems {
 public:
  explicit Problems(std::size_t max) : max_(max) {}

  void add(std::string where, std::string what, std::optional<Position> position = {}) {
    std::lock_guard lock(mutex_);
    if (found_.size() < max_) found_.push_back({std::move(where), std::move(what), position});
    ++count_;
  }
  // Nothing that is found any more would be listed.
  bool full() const {
    std::lock_guard lock(mutex_);
    return count_ > max_;
  }
  void hand_over(Verification& to) {
    std::lock_guard lock(mutex_);
    to.problems = std::move(found_);
    to.problems_found = count_;
  }

 private:
  const std::size_t max_;
  mutable std::mutex mutex_;
  std::vector<Problem> found_;
  std::uint64_t count_ = 0;
};

}  // namespace stafett::ledger
