#include "server/advance.h"

#include <algorithm>
#include <vector>

namespace stafett::server {

Advance::Advance(ledger::Ledger& ledger) : ledger_(ledger) {
  listening_ = ledger.on_advance([this](Position next) { advanced(next); });
  std::lock_guard lock(mutex_);
  next_ = std::max(next_, ledger.next_position());
}

std::uint64_t Advance::when_there(Position position, std::function<void()> wake) {
  {
    std::lock_guard lock(mutex_);
    // The ledger may be ahead of its call to us, never behind: whatever is not seen here will be announced.
    next_ = std::max(next_, ledger_.next_position());
    if (next_ <= position) {
      waiters_.emplace(++last_ticket_, Waiter{position, std::move(wake)});
      return last_ticket_;
    }
  }
  wake();
  return 0;
}

void Advance::forget(std::uint64_t ticket) {
  std::function<void()> gone;  // destroyed outside the lock: it may hold the last reference to much
  std::lock_guard lock(mutex_);
  auto found = waiters_.find(ticket);
  if (found == waiters_.end()) return;
  gone = std::move(found->second.wake);
  waiters_.erase(found);
}

void Advance::advanced(Position next) {
  std::vector<std::function<void()>> woken;
  {
    std::lock_guard lock(mutex_);
    next_ = std::max(next_, next);
    for (auto i = waiters_.begin(); i != waiters_.end();) {
      if (i->second.position < next_) {
        woken.push_back(std::move(i->second.wake));
        i = waiters_.erase(i);
      } else {
        ++i;
      }
    }
  }
  for (auto& wake : woken) wake();
}

}  // namespace stafett::server
