#pragma once

#include "chance.h"
#include "stafett/core/instant.h"

namespace stafett::municipality {

inline Instant after_days(Instant t, double days) {
  return t + std::chrono::microseconds(static_cast<std::int64_t>(days * 86400e6));
}

// The same moment, or when the office opens next: Monday to Friday, 7 to 16 UTC.
inline Instant in_office(Instant t, Chance& chance) {
  auto day = std::chrono::floor<std::chrono::days>(t);
  const auto hour = std::chrono::duration_cast<std::chrono::hours>(t - day).count();
  const std::chrono::weekday weekday(day);
  int skip = weekday == std::chrono::Saturday ? 2 : weekday == std::chrono::Sunday ? 1 : 0;
  if (skip == 0 && hour >= 7 && hour < 16) return t;
  if (skip == 0 && hour >= 16) skip = weekday == std::chrono::Friday ? 3 : 1;
  day += std::chrono::days(skip);
  return day + std::chrono::hours(7) + std::chrono::seconds(chance.below(9 * 3600));
}

// When something that happened then is registered: mostly the same day, sometimes after weeks.
inline Instant registered(Instant occurred, Chance& chance) {
  const auto luck = chance.below(100);
  const double days = luck < 72   ? chance.share() * 0.1
                      : luck < 92 ? 1 + chance.share() * 2
                      : luck < 99 ? 4 + chance.share() * 16
                                  : 21 + chance.share() * 70;
  return in_office(after_days(occurred, days), chance);
}

}  // namespace stafett::municipality
