#include "stafett/core/period.h"

#include <catch2/catch.hpp>

using namespace stafett;

TEST_CASE("a standard period is read by its name, in either case and in both languages", "[core]") {
  auto days = [](const char* text) {
    auto p = parse_period(text).value();
    return format_date(p.from) + " " + format_date(p.to);
  };
  CHECK(days("2019") == "2019-01-01 2020-01-01");
  CHECK(days("2019-12") == "2019-12-01 2020-01-01");
  CHECK(days("2020-02") == "2020-02-01 2020-03-01");
  CHECK(days("2019-T1") == "2019-01-01 2019-05-01");
  CHECK(days("2019-t2") == "2019-05-01 2019-09-01");
  CHECK(days("2019-T3") == "2019-09-01 2020-01-01");
  CHECK(days("2019-VT") == "2019-01-01 2019-07-01");
  CHECK(days("2019-spring") == days("2019-vt"));
  CHECK(days("2019-HT") == "2019-07-01 2020-01-01");
  CHECK(days("2019-autumn") == days("2019-ht"));
}

TEST_CASE("what names no standard period is refused", "[core]") {
  for (auto text : {"", "19", "2019-", "2019-0", "2019-00", "2019-13", "2019-T0", "2019-T4", "2019-T",
                    "2019-X", "2019-1", "2019-03-01", "0000", "9999", "20x9", "2019-+1", " 2019", "2019 "})
    CHECK_FALSE(parse_period(text));
}

TEST_CASE("every date lies in the period that its name tells, and the name of a period leads back to it",
          "[core]") {
  for (auto date = make_date(2018, 12, 1); date < make_date(2020, 3, 1); date = add_days(date, 1))
    for (auto split : {PeriodSplit::month, PeriodSplit::tertial, PeriodSplit::term, PeriodSplit::year}) {
      auto name = period_name(date, split);
      auto period = parse_period(name).value();
      CHECK(period.from <= date);
      CHECK(date < period.to);
      CHECK(period_name(period) == name);
      CHECK(whole_months(period));
    }
  CHECK(period_name({make_date(2019, 1, 1), make_date(2019, 4, 1)}).empty());
  CHECK_FALSE(whole_months({make_date(2019, 1, 1), make_date(2019, 1, 1)}));
  CHECK_FALSE(whole_months({make_date(2019, 1, 1), make_date(2019, 2, 2)}));
}
