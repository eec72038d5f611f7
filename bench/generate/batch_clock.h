#pragma once

#include <deque>
#include <mutex>

#include "stafett/core/instant.h"

namespace stafett::generate {

// The ledger's clock while its past is written: the time of the batch that the ledger works on. Batches are
// announced in order, and each is over when the ledger has answered it. Thread-safe.
class BatchClock final : public Clock {
 public:
  explicit BatchClock(Instant begin) : last_(begin) {}
  Instant now() const override {
    std::lock_guard lock(mutex_);
    return ahead_.empty() ? last_ : ahead_.front();
  }
  void announce(Instant time) {
    std::lock_guard lock(mutex_);
    ahead_.push_back(time);
  }
  void over() {
    std::lock_guard lock(mutex_);
    last_ = ahead_.front();
    ahead_.pop_front();
  }

 private:
  mutable std::mutex mutex_;
  std::deque<Instant> ahead_;
  Instant last_;
};

}  // namespace stafett::generate
