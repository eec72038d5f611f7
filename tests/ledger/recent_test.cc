#include "ledger/recent.h"

#include <catch2/catch.hpp>
#include <random>

#include "support/seed.h"

using stafett::ledger::Recent;

TEST_CASE("the values used last are remembered, and the number of them is bounded", "[ledger]") {
  constexpr std::size_t capacity = 10;
  Recent<int> recent(capacity);
  std::mt19937_64 random(stafett::support::seed());
  std::vector<std::pair<std::string, int>> used;  // the last to be used stands last
  for (int i = 0; i < 5000; ++i) {
    const auto name = "case/" + std::to_string(random() % 40);
    if (auto* found = recent.find(name)) {
      const auto entry = std::ranges::find(used, name, &std::pair<std::string, int>::first);
      REQUIRE(entry != used.end());
      REQUIRE(*found == entry->second);
    }
    recent.put(name, i);
    std::erase_if(used, [&](const auto& entry) { return entry.first == name; });
    used.emplace_back(name, i);
    REQUIRE(recent.size() <= 2 * capacity);
    const auto back = used[used.size() - std::min(used.size(), std::size_t{1 + random() % capacity})];
    REQUIRE(recent.find(back.first));
    REQUIRE(*recent.find(back.first) == back.second);
    std::erase(used, back);
    used.push_back(back);
  }
  recent.forget(used.back().first);
  CHECK(!recent.find(used.back().first));
}
