#include "stafett/core/instant.h"

#include <catch2/catch.hpp>

using namespace stafett;

TEST_CASE("an RFC 3339 time is read with its offset and fraction", "[core]") {
  CHECK(format_utc(parse_instant("2019-03-12T09:00:00+01:00").value()) == "2019-03-12T08:00:00.000000Z");
  CHECK(format_utc(parse_instant("2019-03-12T09:00:00.5Z").value()) == "2019-03-12T09:00:00.500000Z");
  CHECK(format_utc(parse_instant("1969-12-31T23:59:59.123456789-00:30").value()) ==
        "1970-01-01T00:29:59.123456Z");
}

TEST_CASE("a time without offset, on a day or at an hour that does not exist is refused", "[core]") {
  for (auto text : {"2019-03-12T09:00:00", "2019-02-29T10:00:00Z", "2019-13-01T10:00:00Z",
                    "2019-01-01T24:00:00Z", "13 March 2019", "", "2019-03-12 09:00:00Z", "2019-03-12T09:00Z",
                    "2019-03-12T09:00:00.Z", "2019-03-12T09:00:00+0100", "2019-03-12T23:59:60Z"})
    CHECK(parse_instant(text).has_error());
}

TEST_CASE("dates are read and written, and impossible ones refused", "[core]") {
  CHECK(format_date(parse_date("2020-02-29").value()) == "2020-02-29");
  for (auto text : {"2019-02-29", "2019-1-1", "2019-11-31", "20190101", "2019-01-01T"})
    CHECK(parse_date(text).has_error());
}
