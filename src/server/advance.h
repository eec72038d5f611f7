#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "stafett/ledger/ledger.h"

namespace stafett::server {

// Wakes those who wait for the ledger to grow. Thread-safe.
class Advance {
 public:
  explicit Advance(ledger::Ledger& ledger);

  // Calls `wake` once, as soon as the event at `position` is acknowledged: at once when it is already, else
  // from the ledger's thread. It must not block. The ticket serves to `forget`; 0 when it has been called.
  std::uint64_t when_there(Position position, std::function<void()> wake);
  void forget(std::uint64_t ticket);

 private:
  struct Waiter {
    Position position;
    std::function<void()> wake;
  };
  void advanced(Position next);

  ledger::Ledger& ledger_;
  std::mutex mutex_;
  Position next_;
  std::uint64_t last_ticket_ = 0;
  std::map<std::uint64_t, Waiter> waiters_;
  std::shared_ptr<void> listening_;  // last: no call comes after the rest is gone
};

}  // namespace stafett::server
