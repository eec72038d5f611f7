#include "stafett/core/instant.h"

#include <algorithm>
#include <cstdio>

namespace stafett {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

// Reads exactly `count` digits at `at`; -1 when there are not that many.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool mark(std::string_view text, std::size_t at, char wanted) {
  return at < text.size() && text[at] == wanted;
}

// "+01:00" or "Z" at the end of `text`, in minutes east of UTC; false when malformed.
bool parse_offset(std::string_view text, int& minutes) {
  if (text == "Z" || text == "z") {
    minutes = 0;
    return true;
  }
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  int h = digits(text, 1, 2), m = digits(text, 4, 2);
  if (h < 0 || h > 23 || m < 0 || m > 59) return false;
  minutes = (h * 60 + m) * (text[0] == '-' ? -1 : 1);
  return true;
}

}  // namespace

std::chrono::year_month_day civil(Date date) { return sys_days(std::chrono::days(date.days)); }

Date make_date(int y, unsigned m, unsigned d) {
  auto last = year(y) / month(m) / std::chrono::last;
  auto clipped = year(y) / month(m) / day(std::min(d, static_cast<unsigned>(last.day())));
  return Date{static_cast<std::int32_t>(sys_days(clipped).time_since_epoch().count())};
}

Result<Date> parse_date(std::string_view text) {
  int y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
  if (text.size() != 10 || y < 1 || m < 0 || d < 0 || !mark(text, 4, '-') || !mark(text, 7, '-'))
    return fail(ErrorCode::invalid_argument, "not a date of the form YYYY-MM-DD");
  auto ymd = year(y) / month(static_cast<unsigned>(m)) / day(static_cast<unsigned>(d));
  if (!ymd.ok()) return fail(ErrorCode::invalid_argument, "a day that does not exist");
  return Date{static_cast<std::int32_t>(sys_days(ymd).time_since_epoch().count())};
}

Result<Instant> parse_instant(std::string_view text) {
  auto malformed = [] {
    return fail(ErrorCode::invalid_argument,
                "not an RFC 3339 time with offset, as in 2019-03-12T09:00:00+01:00");
  };
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return malformed();
  STAFETT_TRY(auto date, parse_date(text.substr(0, 10)));
  int h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
  if (h < 0 || mi < 0 || s < 0 || !mark(text, 13, ':') || !mark(text, 16, ':')) return malformed();
  if (h > 23 || mi > 59 || s > 59)
    return fail(ErrorCode::invalid_argument, "a time of day that does not exist");
  std::size_t at = 19;
  std::int64_t fraction = 0;
  if (mark(text, at, '.')) {
    std::size_t n = 0;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++n)
      if (n < 6) fraction = fraction * 10 + (text[at] - '0');
    if (n == 0 || n > 9) return malformed();
    for (; n < 6; ++n) fraction *= 10;
  }
  int offset = 0;
  if (!parse_offset(text.substr(at), offset)) return malformed();
  auto seconds = std::int64_t{date.days} * 86400 + h * 3600 + mi * 60 + s - offset * 60;
  return instant_from_micros(seconds * 1'000'000 + fraction);
}

std::string format_date(Date date) {
  auto ymd = civil(date);
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return out;
}

std::string format_utc(Instant t) {
  auto day = std::chrono::floor<std::chrono::days>(t);
  auto us = (t - day).count();
  auto s = us / 1'000'000;
  char out[40];
  std::snprintf(out, sizeof out, "T%02d:%02d:%02d.%06dZ", static_cast<int>(s / 3600),
                static_cast<int>(s / 60 % 60), static_cast<int>(s % 60), static_cast<int>(us % 1'000'000));
  return format_date(Date{static_cast<std::int32_t>(day.time_since_epoch().count())}) + out;
}

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace stafett
