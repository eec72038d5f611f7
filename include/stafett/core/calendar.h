#pragma once

#include <string>
#include <vector>

#include "stafett/core/instant.h"

// Calendar arithmetic in Europe/Stockholm (domain.md 4, "Date arithmetic", and 8.2 no. 8 and 13). All limits
// in days, working days and months are computed on local dates, never in seconds, so that a change of clocks
// moves nothing. All functions are pure and thread-safe.
namespace stafett {

// The local date at that moment.
Date local_date(Instant t);

// 00:00 local on that date. Midnight always exists in Europe/Stockholm: clocks change at 02:00 or 03:00.
Instant start_of_day(Date date);

inline Date add_days(Date date, std::int64_t n) { return Date{static_cast<std::int32_t>(date.days + n)}; }

// The same day number n months later, clipped to the month's end (31 Oct + 4 months = 28 or 29 Feb).
Date add_months(Date date, int n);

// n working days (Monday to Friday that are not in `holidays`, which is sorted) after the date; n >= 0.
Date add_working_days(Date date, int n, const std::vector<Date>& holidays = {});

// Whole years between birth and the date: 28 Feb born on 29 Feb turns a year older on 1 March of common
// years.
int age_on(Date birth, Date on);

// "2019-03-12T09:00:00+01:00", with microseconds only when there are any: RFC 3339 in Europe/Stockholm.
std::string format_local(Instant t);

// A time argument of the command line: RFC 3339, or a date meaning 00:00 that day. Errors: invalid_argument.
Result<Instant> parse_time_argument(std::string_view text);

}  // namespace stafett
