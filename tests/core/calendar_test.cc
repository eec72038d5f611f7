#include "stafett/core/calendar.h"

#include <catch2/catch.hpp>

using namespace stafett;

namespace {
Date d(std::string_view text) { return parse_date(text).value(); }
}  // namespace

TEST_CASE("a local day begins at 00:00 in Stockholm, in winter and in summer", "[core]") {
  CHECK(format_utc(start_of_day(d("2019-01-15"))) == "2019-01-14T23:00:00.000000Z");
  CHECK(format_utc(start_of_day(d("2019-07-15"))) == "2019-07-14T22:00:00.000000Z");
  CHECK(format_utc(start_of_day(d("2019-03-31"))) == "2019-03-30T23:00:00.000000Z");
  CHECK(format_utc(start_of_day(d("2019-04-01"))) == "2019-03-31T22:00:00.000000Z");
  CHECK(format_utc(start_of_day(d("2019-10-28"))) == "2019-10-27T23:00:00.000000Z");
}

TEST_CASE("every moment lies in the local day that the calendar says, over both clock changes", "[core]") {
  for (int day = d("2018-12-30").days; day < d("2020-01-03").days; ++day) {
    auto begin = start_of_day(Date{day}), end = start_of_day(Date{day + 1});
    CHECK(local_date(begin) == Date{day});
    CHECK(local_date(end - std::chrono::microseconds(1)) == Date{day});
  }
}

TEST_CASE("four months after the 31st is clipped to the month's end", "[core]") {
  CHECK(format_date(add_months(d("2019-10-31"), 4)) == "2020-02-29");
  CHECK(format_date(add_months(d("2018-10-31"), 4)) == "2019-02-28");
  CHECK(format_date(add_months(d("2019-03-12"), 4)) == "2019-07-12");
  CHECK(format_date(add_months(d("2019-03-12"), -3)) == "2018-12-12");
}

TEST_CASE("working days skip weekends and given holidays", "[core]") {
  CHECK(format_date(add_working_days(d("2019-03-01"), 2)) == "2019-03-05");
  CHECK(format_date(add_working_days(d("2019-03-02"), 1)) == "2019-03-04");
  CHECK(format_date(add_working_days(d("2019-04-18"), 1, {d("2019-04-19"), d("2019-04-22")})) ==
        "2019-04-23");
}

TEST_CASE("a person is a year older on the birthday; one born on 29 February on 1 March of common years",
          "[core]") {
  CHECK(age_on(d("2004-06-05"), d("2019-06-04")) == 14);
  CHECK(age_on(d("2004-06-05"), d("2019-06-05")) == 15);
  CHECK(age_on(d("2004-02-29"), d("2022-02-28")) == 17);
  CHECK(age_on(d("2004-02-29"), d("2022-03-01")) == 18);
}

TEST_CASE("local times are written with the offset of the day", "[core]") {
  CHECK(format_local(parse_instant("2019-03-12T08:00:00Z").value()) == "2019-03-12T09:00:00+01:00");
  CHECK(format_local(parse_instant("2019-07-12T08:00:00.25Z").value()) == "2019-07-12T10:00:00.250000+02:00");
  CHECK(format_local(parse_time_argument("2019-07-13").value()) == "2019-07-13T00:00:00+02:00");
  CHECK(format_local(parse_instant("1850-01-01T00:00:00Z").value()) == "1850-01-01T00:00:00.000000Z");
}
