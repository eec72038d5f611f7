#include "teller.h"

namespace stafett::municipality {
namespace {

Chance chance_of(std::uint64_t seed, std::uint64_t number) { return Chance(mixed(seed) ^ mixed(number + 1)); }

void register_family(Teller& t, const Household& h) {
  for (unsigned i = 0; i < h.people(); ++i)
    if (!t.chance.percent(3))  // some are only known by name elsewhere
      t.tell(What::person_registered, h.arrival, {.who = static_cast<std::uint8_t>(i)});
  for (unsigned adult = 0; adult < h.adults; ++adult)
    for (unsigned child = 0; child < h.children; ++child) {
      // Most adults have custody; a second one is sometimes only a member of the household.
      const std::uint8_t relation = adult == 0 || t.chance.percent(80) ? 0 : 1;
      t.tell(What::family_relation_recorded, h.arrival,
             {static_cast<std::uint8_t>(adult), static_cast<std::uint8_t>(h.adults + child), relation, 0});
    }
}

}  // namespace

Household household_of(std::uint64_t seed, std::uint64_t number, Instant arrival, unsigned districts) {
  auto chance = chance_of(seed, number);
  return household(number, arrival, districts, chance);
}

Story household_story(std::uint64_t seed, std::uint64_t number, Instant arrival, unsigned districts) {
  auto chance = chance_of(seed, number);
  const auto h = household(number, arrival, districts, chance);
  Story story{true, number, {}};
  story.steps.reserve(128);
  Teller t(chance, story);
  register_family(t, h);

  // Adults first: income support, then what comes with it.
  std::uint8_t file = adult_files;
  bool shared = false;
  auto begin = h.arrival;
  if (h.poor && chance.percent(80)) {
    adult_file(t, h, 0, file++, Unit::income_support, begin);
    shared = true;
  }
  if (h.misuse && chance.percent(55))
    adult_file(t, h, h.adults - 1, file++, Unit::adult, after_days(begin, 200 * chance.share()));
  if (h.violence && chance.percent(35))
    adult_file(t, h, 0, file++, Unit::relationship_violence, after_days(begin, 120 * chance.share()));

  // A report comes soon after, about one child or several, and for some another one later.
  std::uint8_t child_no = 0;
  auto when = after_days(begin, shared ? 90 * chance.share() : 0);
  const auto rounds = 1 + (chance.percent(30) ? 1 : 0) + (chance.percent(8) ? 1 : 0);
  for (int round = 0; round < rounds; ++round) {
    for (unsigned child = 0; child < h.children; ++child)
      if (child == 0 || chance.percent(45)) child_file(t, h, child, child_no++, when, shared && round == 0);
    when = after_days(when, 200 + chance.waiting(400));
  }
  std::ranges::sort(story.steps, {}, [](const Step& s) { return std::pair(s.recorded, s.serial); });
  return story;
}

}  // namespace stafett::municipality
