#include "stafett/time_axis.h"

#include <algorithm>
#include <array>

#include "stafett/core/calendar.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

enum class Division : std::uint8_t { day, week, month, quarter, year };

const char* month_name(const Globals& globals, unsigned month) {
  static constexpr std::array english{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  static constexpr std::array swedish{"jan", "feb", "mar", "apr", "maj", "jun",
                                      "jul", "aug", "sep", "okt", "nov", "dec"};
  return globals.say(english[month - 1], swedish[month - 1]);
}

// The first day of the division that the date lies in.
Date begin_of(Division division, Date date) {
  auto day = civil(date);
  auto year = static_cast<int>(day.year());
  auto month = static_cast<unsigned>(day.month());
  switch (division) {
    case Division::day:
      return date;
    case Division::week: {
      constexpr int days_from_monday = 3;  // 1970-01-01 was a Thursday
      int since = (date.days % 7 + 7 + days_from_monday) % 7;
      return add_days(date, -since);
    }
    case Division::month:
      return make_date(year, month, 1);
    case Division::quarter:
      return make_date(year, (month - 1) / 3 * 3 + 1, 1);
    case Division::year:
      return make_date(year, 1, 1);
  }
  return date;
}

Date next_of(Division division, Date begin) {
  switch (division) {
    case Division::day:
      return add_days(begin, 1);
    case Division::week:
      return add_days(begin, 7);
    case Division::month:
      return add_months(begin, 1);
    case Division::quarter:
      return add_months(begin, 3);
    case Division::year:
      return add_months(begin, 12);
  }
  return begin;
}

struct Shape {
  Division division;
  std::size_t label_width;  // with a gap after it
  int days;                 // at least, in one division
};

// The finest division whose labels have room.
Division division_for(Instant from, Instant to, std::size_t columns) {
  static constexpr std::array shapes{Shape{Division::day, 3, 1}, Shape{Division::week, 3, 7},
                                     Shape{Division::month, 4, 30}, Shape{Division::quarter, 4, 90}};
  auto days = std::max<std::int64_t>(1, local_date(to).days - local_date(from).days);
  for (auto& shape : shapes)
    if (static_cast<std::size_t>(days) * shape.label_width <= columns * static_cast<std::size_t>(shape.days))
      return shape.division;
  return Division::year;
}

}  // namespace

TimeAxis::TimeAxis(const Globals& globals, Instant from, Instant to, std::size_t columns)
    : from_(from), to_(to), columns_(columns) {
  auto division = division_for(from, to, columns);
  auto longer = division <= Division::week ? Division::month : Division::year;
  bool first = true;
  for (auto date = begin_of(division, local_date(from)); start_of_day(date) < to;
       date = next_of(division, date)) {
    auto day = civil(date);
    Tick tick;
    tick.at = start_of_day(date);
    auto year = std::to_string(static_cast<int>(day.year()));
    auto* month = month_name(globals, static_cast<unsigned>(day.month()));
    bool begins =
        begin_of(longer, date) == date ||
        (division == Division::week && begin_of(longer, date) != begin_of(longer, add_days(date, -7)));
    if (division <= Division::week) {
      tick.label = std::to_string(static_cast<unsigned>(day.day()));
      if (first || begins) tick.longer = std::string(month) + " " + year;
    } else if (division == Division::year) {
      tick.label = year;
    } else {
      tick.label = month;
      if (first || begins) tick.longer = year;
    }
    first = false;
    ticks_.push_back(std::move(tick));
  }
}

std::size_t TimeAxis::column(Instant t) const {
  if (t <= from_) return 0;
  if (t >= to_) return columns_ - 1;
  // In doubles: microseconds times columns would leave 64 bits after some millennia.
  auto share = static_cast<double>((t - from_).count()) / static_cast<double>((to_ - from_).count());
  return std::min(columns_ - 1, static_cast<std::size_t>(share * static_cast<double>(columns_)));
}

std::vector<Row> TimeAxis::head() const {
  Row above(columns_), below(columns_);
  std::size_t above_free = 0, below_free = 0;
  auto write = [](Row& row, std::size_t& free, std::size_t column, const std::string& text) {
    if (text.empty() || column < free || column + width(text) > row.size()) return;
    row.write(column, text);
    free = column + width(text) + 1;
  };
  for (auto& tick : ticks_) {
    write(above, above_free, column(tick.at), tick.longer);
    // A division that has begun before the axis has its label at the edge only when it is not crowded there.
    write(below, below_free, column(tick.at), tick.label);
  }
  return {std::move(above), std::move(below)};
}

void TimeAxis::grid(Row& row, const Screen& screen) const {
  for (auto& tick : ticks_)
    if (tick.at >= from_) row.behind(column(tick.at), screen.boxes ? "┊" : ".", Paint::dim);
}

}  // namespace stafett::tools
