#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "stafett/core/result.h"

namespace stafett {

// A moment, in microseconds since 1970-01-01T00:00:00 UTC. The ledger keeps years 1 to 9999.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

inline constexpr Instant instant_min = Instant::min();
inline constexpr Instant instant_max = Instant::max();

inline constexpr Instant instant_from_micros(std::int64_t micros) {
  return Instant(std::chrono::microseconds(micros));
}
inline constexpr std::int64_t micros(Instant t) { return t.time_since_epoch().count(); }

// A civil date, counted in days since 1970-01-01 of the proleptic Gregorian calendar. No zone.
struct Date {
  std::int32_t days = 0;
  constexpr auto operator<=>(const Date&) const = default;
};

Date make_date(int year, unsigned month, unsigned day);  // clips the day to the month's end
std::chrono::year_month_day civil(Date date);

// RFC 3339 date-time with a zone offset or Z, seconds required, up to nine fraction digits (kept to
// microseconds, further digits are dropped). Leap seconds are refused. Errors: invalid_argument.
Result<Instant> parse_instant(std::string_view text);

// RFC 3339 full-date, a day that exists. Errors: invalid_argument.
Result<Date> parse_date(std::string_view text);

// "2019-03-12"
std::string format_date(Date date);
// "2019-03-12T08:00:00.000000Z": UTC with microseconds.
std::string format_utc(Instant t);

// Where time comes from. The ledger asks it; the fold never does: there time is an argument.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

}  // namespace stafett
