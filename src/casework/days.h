#pragma once

#include <chrono>

#include "stafett/core/calendar.h"

namespace stafett::casework {

// Days from one moment to another: by the clock on the wall, so that a week is 7 days over a change of clocks
// too. Negative when the second comes first.
inline double days_between(Instant from, Instant to) {
  auto whole = local_date(to).days - local_date(from).days;
  auto rest = (to - start_of_day(local_date(to))) - (from - start_of_day(local_date(from)));
  if (whole == 0) return std::chrono::duration<double>(to - from).count() / 86400;
  return whole + std::chrono::duration<double>(rest).count() / 86400;
}

}  // namespace stafett::casework
