#include "stafett/draw.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <random>

#include "support/seed.h"

// The draw of a sample, which others must be able to repeat.

using namespace stafett::tools;

namespace {

using Sizes = std::map<std::string, std::size_t>;

std::size_t sum(const Sizes& sizes) {
  return std::accumulate(sizes.begin(), sizes.end(), std::size_t{0},
                         [](std::size_t all, auto& entry) { return all + entry.second; });
}

}  // namespace

TEST_CASE("a sample is shared by Hamilton's method, and each stratum gets at least one", "[tools]") {
  // 10 of 100: quotas 5.3, 2.4, 2.3; the remaining one goes to the largest remainder.
  CHECK(allotment({{"a", 53}, {"b", 24}, {"c", 23}}, 10) == Sizes{{"a", 5}, {"b", 3}, {"c", 2}});
  // Equal remainders: the larger stratum, then the name that comes first.
  CHECK(allotment({{"a", 15}, {"b", 5}}, 2) == Sizes{{"a", 1}, {"b", 1}});
  CHECK(allotment({{"x", 5}, {"a", 5}, {"b", 5}}, 4) == Sizes{{"a", 2}, {"b", 1}, {"x", 1}});
  // The small one gets one; the others share nine.
  CHECK(allotment({{"a", 60}, {"b", 39}, {"small", 1}}, 10) == Sizes{{"a", 5}, {"b", 4}, {"small", 1}});
  CHECK(allotment({{"a", 2}, {"b", 1}}, 7) == Sizes{{"a", 2}, {"b", 1}});
  CHECK(allotment({}, 7) == Sizes{});
}

TEST_CASE("an allotment gives what was asked for, nobody more than there is, and a larger stratum no less",
          "[tools]") {
  std::mt19937_64 random(stafett::support::seed());
  for (int round = 0; round < 2000; ++round) {
    Sizes sizes;
    auto strata = 1 + random() % 8;
    for (std::uint64_t i = 0; i < strata; ++i)
      sizes["s" + std::to_string(i)] = 1 + (random() % 3 == 0 ? random() % 1000 : random() % 10);
    auto wanted = strata + random() % (sum(sizes) + 10);
    auto given = allotment(sizes, wanted);
    REQUIRE(given.size() == sizes.size());
    REQUIRE(sum(given) == std::min<std::size_t>(wanted, sum(sizes)));
    for (auto& [name, size] : sizes) {
      REQUIRE(given.at(name) >= 1);
      REQUIRE(given.at(name) <= size);
      for (auto& [other, larger] : sizes)
        if (larger > size) REQUIRE(given.at(other) >= given.at(name));
    }
  }
}

TEST_CASE("the order of the draw is that of sha256sum over seed and case", "[tools]") {
  // Worked out with coreutils: printf '42:c1-elin' | sha256sum gives 0f56…, c2-iris 2a96…, a1-ingrid 7fe5…,
  // c4-iris 8c45…, c3-elin e629…, a3-ingrid f2e3….
  const std::vector<std::string> by_lot{"c1-elin", "c2-iris", "a1-ingrid", "c4-iris", "c3-elin", "a3-ingrid"};
  std::vector<std::string> ids{"a1-ingrid", "a3-ingrid", "c1-elin", "c2-iris", "c3-elin", "c4-iris"};
  order_by_lot(ids, 42);
  CHECK(ids == by_lot);
  std::reverse(ids.begin(), ids.end());
  order_by_lot(ids, 42);
  CHECK(ids == by_lot);
}
