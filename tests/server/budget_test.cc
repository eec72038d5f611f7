#include "server/budget.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "support/seed.h"

using stafett::server::Budget;
using stafett::server::Share;

TEST_CASE("a budget gives what it has, and again what was given back", "[server]") {
  Budget budget(100);
  CHECK(budget.take(60));
  CHECK_FALSE(budget.take(41));
  CHECK(budget.take(40));
  CHECK(budget.exhausted());
  CHECK_FALSE(budget.take(1));
  budget.give_back(60);
  CHECK(budget.take(60));
}

TEST_CASE("a budget that nobody uses has room for anything, so that nothing waits for ever", "[server]") {
  Budget budget(100);
  CHECK(budget.take(5000));
  CHECK_FALSE(budget.take(1));
  budget.give_back(5000);
  CHECK(budget.take(1));
  CHECK_FALSE(budget.take(5000));
}

TEST_CASE("waiters are woken one at a time in the order of asking, and who has gone is passed over",
          "[server]") {
  Budget budget(100);
  std::vector<int> woken;
  CHECK(budget.take(100));
  auto waiter = [&](int number, bool there) {
    return [&woken, number, there] {
      if (there) woken.push_back(number);
      return there;
    };
  };
  budget.when_room(waiter(1, true));
  budget.when_room(waiter(2, false));
  budget.when_room(waiter(3, true));
  CHECK(woken.empty());
  budget.give_back(50);
  CHECK(woken == std::vector<int>{1});
  budget.give_back(10);
  CHECK(woken == std::vector<int>{1, 3});
}

TEST_CASE("who waits while nothing is held is called at once", "[server]") {
  Budget budget(100);
  bool called = false;
  budget.when_room([&] { return called = true; });
  CHECK(called);
}

TEST_CASE("a share gives back what it holds when it goes, and moves between budgets whole", "[server]") {
  Budget small(10), large(100);
  {
    Share share(small);
    CHECK(share.resize(small, 8));
    CHECK_FALSE(small.take(3));
    CHECK(share.resize(large, 50));
    CHECK(small.take(10));
    small.give_back(10);
    CHECK_FALSE(large.take(51));
    CHECK(share.resize(large, 20));
    CHECK(large.take(80));
    CHECK_FALSE(share.resize(large, 21));
    CHECK(share.held() == 20);
    large.give_back(80);
  }
  CHECK(large.take(100));
  CHECK(small.take(10));
}

TEST_CASE("a share counts what exists already, also where there is no room for it, and less when it is less",
          "[server]") {
  Budget budget(100);
  {
    Share share(budget);
    CHECK(share.resize(10));
    share.force(150);
    CHECK(share.held() == 150);
    CHECK(budget.exhausted());
    share.force(40);
    CHECK(share.held() == 40);
    CHECK_FALSE(budget.take(61));
    CHECK(budget.take(60));
    budget.give_back(60);
  }
  CHECK(budget.take(100));
}

TEST_CASE("with many threads a budget is never exceeded, and every waiter is woken in the end", "[server]") {
  constexpr std::size_t max = 1000;
  Budget budget(max);
  std::atomic<std::size_t> held = 0, done = 0;
  std::atomic<bool> exceeded = false;
  auto seed = stafett::support::seed();
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      std::mt19937_64 random(seed + t);
      for (int i = 0; i < 2000; ++i) {
        std::size_t n = 1 + random() % max;
        while (!budget.take(n)) {
          auto woken = std::make_shared<std::atomic<bool>>(false);
          budget.when_room([woken] {
            *woken = true;
            woken->notify_one();
            return true;
          });
          woken->wait(false);
        }
        if (held.fetch_add(n) + n > max) exceeded = true;
        held.fetch_sub(n);
        budget.give_back(n);
      }
      ++done;
      budget.wake_next();
    });
  for (auto& t : threads) t.join();
  CHECK(done == 4);
  CHECK_FALSE(exceeded);
}
