#include "stafett/core/period.h"

#include <array>
#include <cctype>

namespace stafett {
namespace {

constexpr std::array<std::string_view, 4> split_names{"month", "tertial", "term", "year"};
constexpr std::array<int, 4> split_months{1, 4, 6, 12};

struct YearAndMonth {
  int year;
  unsigned month;  // 1 to 12
};

YearAndMonth month_of(Date date) {
  auto ymd = civil(date);
  return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month())};
}

std::string digits(unsigned number, std::size_t width) {
  auto text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

Period months(int year, unsigned first, int count) {
  auto from = make_date(year, first, 1);
  return {from, add_months(from, count)};
}

}  // namespace

std::string_view to_string(PeriodSplit split) { return split_names[static_cast<std::size_t>(split)]; }

std::optional<PeriodSplit> split_from(std::string_view name) {
  for (std::size_t i = 0; i < split_names.size(); ++i)
    if (split_names[i] == name) return static_cast<PeriodSplit>(i);
  return std::nullopt;
}

Result<Period> parse_period(std::string_view text) {
  std::string given(text);
  for (auto& c : given) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  auto number = [&](std::size_t at, std::size_t count) {
    int out = 0;
    for (auto c : given.substr(at, count)) {
      if (c < '0' || c > '9') return -1;
      out = out * 10 + (c - '0');
    }
    return out;
  };
  auto year = given.size() >= 4 ? number(0, 4) : -1;
  // The year after must be one that a date can have.
  if (year >= 1 && year <= 9998) {
    if (given.size() == 4) return months(year, 1, 12);
    auto rest = given.substr(4);
    if (rest == "-vt" || rest == "-spring") return months(year, 1, 6);
    if (rest == "-ht" || rest == "-autumn") return months(year, 7, 6);
    if (rest == "-t1" || rest == "-t2" || rest == "-t3")
      return months(year, static_cast<unsigned>(1 + 4 * (rest[2] - '1')), 4);
    if (rest.size() == 3 && rest[0] == '-')
      if (auto month = number(5, 2); month >= 1 && month <= 12)
        return months(year, static_cast<unsigned>(month), 1);
  }
  return fail(ErrorCode::invalid_argument,
              "no period: a year (2019), month (2019-03), four months (2019-T1), or term (2019-VT, 2019-HT)");
}

std::string period_name(Date date, PeriodSplit split) {
  auto [year, month] = month_of(date);
  auto name = digits(static_cast<unsigned>(year), 4);
  switch (split) {
    case PeriodSplit::month:
      return name + "-" + digits(month, 2);
    case PeriodSplit::tertial:
      return name + "-T" + std::to_string(1 + (month - 1) / 4);
    case PeriodSplit::term:
      return name + (month <= 6 ? "-VT" : "-HT");
    case PeriodSplit::year:
      break;
  }
  return name;
}

std::string period_name(const Period& period) {
  for (auto split : {PeriodSplit::month, PeriodSplit::tertial, PeriodSplit::term, PeriodSplit::year}) {
    auto name = period_name(period.from, split);
    auto length = split_months[static_cast<std::size_t>(split)];
    if (auto parsed = parse_period(name);
        parsed && parsed.value() == period && add_months(period.from, length) == period.to)
      return name;
  }
  return "";
}

bool whole_months(const Period& period) {
  auto first = [](Date date) { return static_cast<unsigned>(civil(date).day()) == 1; };
  return first(period.from) && first(period.to) && period.from < period.to;
}

}  // namespace stafett
