#include "household.h"

namespace stafett::municipality {
namespace {

Date years_before(Instant t, double years) {
  const auto day = std::chrono::floor<std::chrono::days>(t).time_since_epoch().count();
  return Date{static_cast<std::int32_t>(static_cast<double>(day) - years * 365.25)};
}

}  // namespace

Household household(std::uint64_t number, Instant arrival, unsigned districts, Chance& chance) {
  Household h;
  h.number = number;
  h.arrival = arrival;
  h.district = chance.below(districts);
  h.adults = chance.percent(40) ? 1 : 2;
  const auto size = chance.below(100);
  h.children = size < 35 ? 1 : size < 75 ? 2 : size < 93 ? 3 : 4;
  for (unsigned i = 0; i < h.adults; ++i) h.birth[i] = years_before(arrival, 24 + 24 * chance.share());
  for (unsigned i = 0; i < h.children; ++i) {
    h.birth[h.adults + i] = years_before(arrival, 17.5 * chance.share());
    h.girl[i] = chance.percent(49);
    h.disability[i] = chance.percent(8);
  }
  h.violence = chance.percent(24);
  h.poor = chance.percent(45);
  h.misuse = chance.percent(14);
  h.eviction = h.poor && chance.percent(9);
  return h;
}

}  // namespace stafett::municipality
