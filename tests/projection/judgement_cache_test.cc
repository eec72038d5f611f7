#include "projection/judgement_cache.h"

#include <catch2/catch.hpp>

using namespace stafett;
using projection::JudgementCache;

namespace {

JudgementCache::Entry judgement(std::size_t bytes, Instant horizon = instant_max) {
  auto out = std::make_shared<casework::Judgement>();
  out->bytes = bytes;
  out->horizon = horizon;
  return out;
}

JudgementCache::Book book() {
  return std::make_shared<const casework::RuleBook>(std::vector<casework::AdoptedRuleSet>{});
}

Instant at(std::int64_t s) { return instant_from_micros(s * 1'000'000); }

}  // namespace

TEST_CASE("judgements at hand take no more memory than they may: the oldest go first", "[projection]") {
  JudgementCache cache(100'000);
  auto rules = book();
  for (JudgementCache::Id id = 0; id < 50; ++id) cache.keep(id, at(1), judgement(10'000), rules);
  std::size_t at_hand = 0;
  for (JudgementCache::Id id = 0; id < 50; ++id) at_hand += cache.find(id, at(1), *rules) != nullptr;
  CHECK(at_hand >= 5);
  CHECK(at_hand <= 10);
  CHECK(cache.find(49, at(1), *rules));
  CHECK_FALSE(cache.find(0, at(1), *rules));
  CHECK(cache.at_hand(at(1), *rules).size() == at_hand);
  // The one just asked for is kept, however large.
  cache.keep(50, at(1), judgement(1'000'000), rules);
  CHECK(cache.at_hand(at(1), *rules).size() == 1);
  CHECK(cache.find(50, at(1), *rules));
}

TEST_CASE("a judgement at hand answers from its moment to its horizon, by its own rules", "[projection]") {
  JudgementCache cache(100'000);
  auto rules = book(), others = book();
  cache.keep(7, at(10), judgement(100, at(20)), rules);
  CHECK_FALSE(cache.find(7, at(9), *rules));
  CHECK(cache.find(7, at(10), *rules));
  CHECK(cache.find(7, at(19), *rules));
  CHECK_FALSE(cache.find(7, at(20), *rules));
  CHECK_FALSE(cache.find(7, at(10), *others));
  cache.keep(7, at(15), judgement(100), rules);
  CHECK_FALSE(cache.find(7, at(10), *rules));
  cache.drop(7);
  CHECK_FALSE(cache.find(7, at(15), *rules));
}
