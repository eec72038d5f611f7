// What the municipality does for itself in a year: agreements and plans, forums, training, checks.
#include "teller.h"

namespace stafett::municipality {

Story town_story(std::uint64_t seed, int year, bool first, unsigned districts) {
  Chance c(mixed(seed) ^ mixed(0x70776e0000u + static_cast<unsigned>(year)));
  Story story{false, static_cast<std::uint64_t>(year), {}};
  Teller t(c, story);
  using namespace std::chrono;
  const Instant begin = sys_days(std::chrono::year(year) / January / 8) + hours(8);
  t.hand_to(Unit::management);
  auto on = [&](double day) { return after_days(begin, day); };

  if (first) {
    for (std::uint8_t forum = 0; forum < 6; ++forum) t.tell(What::forum_established, begin, {.a = forum});
    t.tell(What::role_appointed, begin);
  }
  // The agreement, the plan of four years and two routines; every year its activity plan.
  if (first || year % 4 == 0)
    for (std::uint8_t kind = 0; kind < 4; ++kind)
      t.tell(What::steering_document_adopted, on(kind), {.a = kind});
  if (c.percent(88)) t.tell(What::steering_document_adopted, on(40 * c.share()), {.a = 4});
  for (std::uint16_t activity = 0; activity < 4; ++activity) {
    std::uint8_t phase = 0;
    for (double day = 10 + 30 * c.share(); day < 350; day += 60 + 50 * c.share(), ++phase) {
      if (phase > 4 || (phase > 0 && c.percent(20))) break;
      t.tell(What::plan_activity_recorded, on(day), {.a = phase, .ref = activity});
    }
  }
  constexpr int meetings[] = {3, 9, 6, 9, 9, 7};
  for (std::uint8_t forum = 0; forum < 6; ++forum)
    for (int m = 0; m < meetings[forum]; ++m) {
      const auto meeting = t.fresh();
      const auto held = 10 + 340.0 * (m + 0.5 * c.share()) / meetings[forum];
      t.tell(What::forum_called, on(held - 9), {static_cast<std::uint8_t>(c.percent(75)), forum, 0, meeting});
      if (c.percent(90))
        t.tell(What::forum_met, on(held), {static_cast<std::uint8_t>(c.percent(80)), forum, 0, meeting});
    }
  for (unsigned d = 0; d < districts; ++d) {
    const auto who = static_cast<std::uint8_t>(d);
    for (int quarter = 0; quarter < 4; ++quarter)
      t.tell_by(Unit::open_care, What::outreach_recorded, on(80.0 * (quarter + 1)), {who});
    if (c.percent(85)) t.tell_by(Unit::child, What::self_check_completed, on(60 + 200 * c.share()), {who});
    if (c.percent(80)) t.tell_by(Unit::child, What::status_report_submitted, on(30 * c.share()), {who});
    for (int n = c.between(1, 3); n > 0; --n)
      t.tell_by(Unit::child, What::training_held, on(330 * c.share()),
                {who, static_cast<std::uint8_t>(c.below(100))});
  }
  std::ranges::sort(story.steps, {}, [](const Step& s) { return std::pair(s.recorded, s.serial); });
  return story;
}

}  // namespace stafett::municipality
