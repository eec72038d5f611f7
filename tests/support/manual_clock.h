#pragma once

#include <atomic>

#include "stafett/core/instant.h"

namespace stafett::support {

// A clock that the test sets, backwards too. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : micros_(micros(start)) {}
  Instant now() const override { return instant_from_micros(micros_); }
  void set(Instant t) { micros_ = micros(t); }
  void advance(std::chrono::microseconds d) { micros_ += d.count(); }

 private:
  std::atomic<std::int64_t> micros_;
};

}  // namespace stafett::support
