#include "stafett/core/calendar.h"

#include <date/tz.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace stafett {
namespace {

// UTC offsets of Europe/Stockholm as a sorted table, read once from the time zone library: a look-up is a
// binary search, so that a fold over millions of events does not pay for the library's general case.
struct Offsets {
  struct Era {
    std::int64_t begin_s;   // first second (UTC) of the era
    std::int64_t offset_s;  // seconds east of UTC
  };
  std::vector<Era> eras;

  Offsets() {
    auto* zone = date::locate_zone("Europe/Stockholm");
    auto t = date::sys_seconds(date::sys_days(date::year(1800) / 1 / 1));
    const auto end = date::sys_seconds(date::sys_days(date::year(2200) / 1 / 1));
    while (t < end) {
      auto info = zone->get_info(t);
      eras.push_back({t.time_since_epoch().count(), info.offset.count()});
      if (info.end <= t) break;
      t = info.end;
    }
    eras.front().begin_s = std::numeric_limits<std::int64_t>::min();
  }

  std::int64_t at_utc(std::int64_t s) const {
    auto after = std::upper_bound(eras.begin(), eras.end(), s,
                                  [](std::int64_t v, const Era& e) { return v < e.begin_s; });
    return std::prev(after)->offset_s;
  }
};

const Offsets& offsets() {
  static const Offsets table;
  return table;
}

std::int64_t floor_seconds(Instant t) {
  return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}

std::int64_t local_seconds(Instant t) {
  auto s = floor_seconds(t);
  return s + offsets().at_utc(s);
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

Date local_date(Instant t) { return Date{static_cast<std::int32_t>(floor_div(local_seconds(t), 86400))}; }

Instant start_of_day(Date date) {
  std::int64_t local = std::int64_t{date.days} * 86400;
  std::int64_t guess = local - offsets().at_utc(local);
  return instant_from_micros((local - offsets().at_utc(guess)) * 1'000'000);
}

Date add_months(Date date, int n) {
  auto ymd = civil(date);
  auto moved = ymd.year() / ymd.month() + std::chrono::months(n);
  return make_date(static_cast<int>(moved.year()), static_cast<unsigned>(moved.month()),
                   static_cast<unsigned>(ymd.day()));
}

Date add_working_days(Date date, int n, const std::vector<Date>& holidays) {
  auto works = [&](Date d) {
    auto weekday = (d.days % 7 + 7 + 3) % 7;  // 0 = Monday; 1970-01-01 was a Thursday
    return weekday < 5 && !std::binary_search(holidays.begin(), holidays.end(), d);
  };
  while (n > 0) {
    date = add_days(date, 1);
    if (works(date)) --n;
  }
  return date;
}

int age_on(Date birth, Date on) {
  auto b = civil(birth), o = civil(on);
  int years = static_cast<int>(o.year()) - static_cast<int>(b.year());
  bool before = o.month() < b.month() || (o.month() == b.month() && o.day() < b.day());
  return years - (before ? 1 : 0);
}

std::string format_local(Instant t) {
  auto utc = floor_seconds(t);
  auto offset = offsets().at_utc(utc);
  // Before 1900 the clocks of Sweden were not whole minutes off: RFC 3339 cannot say so, UTC can.
  if (offset % 60 != 0) return format_utc(t);
  auto local = utc + offset;
  auto day = floor_div(local, 86400);
  auto s = static_cast<int>(local - day * 86400);
  auto us = static_cast<int>(micros(t) - utc * 1'000'000);
  char out[64];
  int n = std::snprintf(out, sizeof out, "T%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  if (us != 0) n += std::snprintf(out + n, sizeof out - n, ".%06d", us);
  auto minutes = static_cast<int>(std::abs(offset) / 60);
  std::snprintf(out + n, sizeof out - n, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
  return format_date(Date{static_cast<std::int32_t>(day)}) + out;
}

Result<Instant> parse_time_argument(std::string_view text) {
  if (text.size() == 10) {
    STAFETT_TRY(auto date, parse_date(text));
    return start_of_day(date);
  }
  return parse_instant(text);
}

}  // namespace stafett
