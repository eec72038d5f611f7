#include "server/budget.h"

#include "stafett/core/assert.h"

namespace stafett::server {

bool Budget::take(std::size_t n) {
  std::lock_guard lock(mutex_);
  if (used_ != 0 && (n > max_ || used_ > max_ - n)) return false;
  used_ += n;
  return true;
}

void Budget::force(std::size_t n) {
  std::lock_guard lock(mutex_);
  used_ += n;
}

void Budget::give_back(std::size_t n) {
  if (n == 0) return;
  std::unique_lock lock(mutex_);
  STAFETT_ASSERT(n <= used_);
  used_ -= n;
  wake_one(lock);
}

void Budget::wake_next() {
  std::unique_lock lock(mutex_);
  wake_one(lock);
}

// One waiter at a time: who finds no room after all asks again, and who has found room wakes the next by
// giving back. Enough to keep moving without a stampede.
void Budget::wake_one(std::unique_lock<std::mutex>& lock) {
  while (!waiters_.empty() && used_ < max_) {
    auto waiter = std::move(waiters_.front());
    waiters_.pop_front();
    lock.unlock();
    bool there = waiter();
    waiter = nullptr;
    lock.lock();
    if (there) return;
  }
}

bool Budget::exhausted() const {
  std::lock_guard lock(mutex_);
  return used_ >= max_;
}

void Budget::when_room(std::function<bool()> waiter) {
  {
    std::lock_guard lock(mutex_);
    if (used_ != 0) {
      waiters_.push_back(std::move(waiter));
      return;
    }
  }
  waiter();
}

bool Share::resize(std::size_t n) {
  if (n > held_) {
    if (!budget_->take(n - held_)) return false;
    held_ = n;
  } else {
    resize_down(n);
  }
  return true;
}

void Share::force(std::size_t n) {
  if (n <= held_) return resize_down(n);
  budget_->force(n - held_);
  held_ = n;
}

bool Share::resize(Budget& budget, std::size_t n) {
  if (&budget == budget_) return resize(n);
  if (!budget.take(n)) return false;
  resize_down(0);
  budget_ = &budget;
  held_ = n;
  return true;
}

void Share::resize_down(std::size_t n) {
  std::size_t less = held_ - n;
  held_ = n;
  budget_->give_back(less);
}

}  // namespace stafett::server
