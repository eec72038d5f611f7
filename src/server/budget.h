#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace stafett::server {

// Bytes that all connections share. Thread-safe. Whoever finds no room may leave a waiter, which is called
// once, in the order of asking, from the thread that gives bytes back.
class Budget {
 public:
  explicit Budget(std::size_t max) : max_(max) {}

  // Takes n bytes if there is room. A budget that nobody uses has room for anything, so that nothing waits
  // for ever.
  bool take(std::size_t n);
  // Takes n bytes in any case: for what exists already.
  void force(std::size_t n);
  void give_back(std::size_t n);

  bool exhausted() const;
  // The waiter says whether it is still there; if not, the next one is called instead. It must not block. Who
  // is called and then wants no bytes after all says so by `wake_next`.
  void when_room(std::function<bool()> waiter);
  void wake_next();

 private:
  void wake_one(std::unique_lock<std::mutex>& lock);

  mutable std::mutex mutex_;
  const std::size_t max_;
  std::size_t used_ = 0;
  std::deque<std::function<bool()>> waiters_;
};

// Bytes held of a budget, given back when it goes.
class Share {
 public:
  explicit Share(Budget& budget) : budget_(&budget) {}
  Share(Share&& other) noexcept : budget_(other.budget_), held_(std::exchange(other.held_, 0)) {}
  Share& operator=(Share&&) = delete;
  ~Share() { resize_down(0); }

  std::size_t held() const { return held_; }
  // False, and unchanged, when growing finds no room.
  bool resize(std::size_t n);
  // In any case: for what exists already.
  void force(std::size_t n);
  // The same as resize, of another budget than so far.
  bool resize(Budget& budget, std::size_t n);

 private:
  void resize_down(std::size_t n);

  Budget* budget_;
  std::size_t held_ = 0;
};

}  // namespace stafett::server
