#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stafett/core/calendar.h"

// The standard periods of statistics (domain.md 5.1): month, four-month (tertial), school term, calendar
// year.
namespace stafett {

enum class PeriodSplit : std::uint8_t { month, tertial, term, year };
std::string_view to_string(PeriodSplit split);  // "month", "tertial", "term", "year"
std::optional<PeriodSplit> split_from(std::string_view name);

struct Period {
  Date from, to;
  bool operator==(const Period&) const = default;
};

// "2019", "2019-03", "2019-T1" to "2019-T3", "2019-VT" (spring: January to June) or "2019-HT" (autumn);
// letters in either case, and "2019-spring" and "2019-autumn" as well. Errors: invalid_argument.
Result<Period> parse_period(std::string_view text);

// The name of the standard period of that kind in which the date lies, as parse_period reads it.
std::string period_name(Date date, PeriodSplit split);

// The name of the period when it is a standard one, the shortest there is for it; else empty.
std::string period_name(const Period& period);

// Both ends are the first of a month, and the period is not empty.
bool whole_months(const Period& period);

}  // namespace stafett
