#include "municipality.h"

#include <algorithm>

#include "teller.h"

namespace stafett::municipality {
namespace {

int year_of(Instant t) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(t));
  return static_cast<int>(day.year());
}

// At a random moment of its turn, so that households keep the order of their numbers.
Instant arrival(const Settings& s, std::uint64_t number) {
  Chance chance(mixed(s.seed + 7) ^ number);
  return s.from + s.gap * static_cast<std::int64_t>(number) +
         std::chrono::microseconds(
             static_cast<std::int64_t>(static_cast<double>(s.gap.count()) * chance.share()));
}

}  // namespace

std::chrono::microseconds gap_for(const Settings& settings, std::uint64_t events) {
  constexpr std::int64_t counted_exactly = 200000;
  // A first guess; only that of a very large municipality is not refined.
  const std::int64_t sample = events < 10'000'000 ? 1000 : 20000;
  auto s = settings;
  const auto span = std::chrono::duration_cast<std::chrono::microseconds>(s.until - s.from);
  // The town's own are as many, however often households come.
  double own = 0;
  for (int year = year_of(s.from); s.governance && year <= year_of(s.until); ++year)
    for (const auto& step : town_story(s.seed, year, year == year_of(s.from), s.districts).steps)
      own += step.recorded < s.until;
  // Events recorded in time when households come every `gap`.
  auto recorded = [&](std::chrono::microseconds gap) {
    s.gap = gap;
    std::uint64_t told = 0;
    for (std::int64_t i = 0; i < span / gap; ++i)
      for (const auto& step : household_story(s.seed, static_cast<std::uint64_t>(i),
                                              arrival(s, static_cast<std::uint64_t>(i)), s.districts)
                                  .steps)
        told += step.recorded < s.until;
    return static_cast<double>(told);
  };
  auto longer = [&](std::chrono::microseconds gap, double told) {
    const auto asked = std::max(1.0, static_cast<double>(events) - own);
    return std::max(std::chrono::microseconds(1), std::chrono::microseconds(static_cast<std::int64_t>(
                                                      static_cast<double>(gap.count()) * told / asked)));
  };
  auto gap = longer(span / sample, recorded(span / sample));
  for (int refined = 0; refined < 3 && span / gap > 0 && span / gap < counted_exactly; ++refined)
    gap = longer(gap, recorded(gap));
  // A little more often than that: the last event comes some days before the end, not after it.
  return gap * 997 / 1000;
}

Municipality::Municipality(Settings settings)
    : settings_(std::move(settings)),
      wording_(settings_.seed, settings_.prefix, settings_.record_bytes),
      next_year_(year_of(settings_.from)) {}

void Municipality::begin(Story story, Household household) {
  std::size_t place = places_.size();
  if (free_.empty())
    places_.emplace_back();
  else
    place = free_.back(), free_.pop_back();
  const auto first = story.steps.front().recorded;
  places_[place] = {std::move(story), household, 0};
  going_.push({first, place});
}

// What begins before anything that is going on goes on. A story begins with its first step, never earlier
// than its household arrives or its year begins.
void Municipality::let_begin() {
  while (true) {
    const auto next = going_.empty() ? instant_max : going_.top().next;
    const Instant household_begins =
        settings_.from + settings_.gap * static_cast<std::int64_t>(next_household_);
    const Instant year_begins = std::chrono::sys_days(std::chrono::year(next_year_) / 1 / 1);
    if (settings_.governance && year_begins <= std::min(next, household_begins)) {
      begin(
          town_story(settings_.seed, next_year_, next_year_ == year_of(settings_.from), settings_.districts),
          {});
      ++next_year_;
    } else if (household_begins <= next) {
      const auto number = next_household_++;
      const auto when = arrival(settings_, number);
      begin(household_story(settings_.seed, number, when, settings_.districts),
            household_of(settings_.seed, number, when, settings_.districts));
    } else {
      return;
    }
  }
}

Told Municipality::next() {
  let_begin();
  const auto at = going_.top().story;
  going_.pop();
  auto& place = places_[at];
  auto step = place.story.steps[place.told++];
  step.recorded = std::min(step.recorded, settings_.until);
  step.occurred = std::min(step.occurred, step.recorded);
  Told told{step.recorded, wording_.event(place.story, step, place.household)};
  if (place.told < place.story.steps.size()) {
    going_.push({place.story.steps[place.told].recorded, at});
  } else {
    place = {};
    free_.push_back(at);
  }
  return told;
}

}  // namespace stafett::municipality
