// An adult's case: an application, decisions month by month, and whether anybody asks about the children.
#include "teller.h"

namespace stafett::municipality {

void adult_file(Teller& t, const Household& h, unsigned adult, std::uint8_t file, Unit unit, Instant when) {
  auto& c = t.chance;
  const auto who = static_cast<std::uint8_t>(adult);
  const auto area = static_cast<std::uint8_t>(unit == Unit::income_support ? 1 : unit == Unit::adult ? 2 : 3);
  auto child = [&] { return static_cast<std::uint8_t>(h.adults + c.below(h.children)); };
  t.open_file(file, unit, when, {.who = who, .a = area});
  if (c.percent(92)) t.tell(What::application_received, when, {who, area});
  if (c.percent(85)) t.tell(What::responsibility_assigned, after_days(when, 0.2));
  t.tell(What::investigation_decided, after_days(when, c.waiting(2)), {who, 1, 0});
  if (c.percent(66)) t.tell(What::child_checklist_completed, after_days(when, c.waiting(9)), {who});
  if (c.percent(52)) t.tell(What::violence_asked, after_days(when, 15 * c.share()), {who, 0});
  if (h.violence && c.percent(35))
    t.tell(What::violence_indicated, after_days(when, 20 * c.share()), {.who = who});

  const auto months = 1 + static_cast<int>(c.waiting(unit == Unit::income_support ? 14 : 7));
  std::uint16_t measure = t.fresh();
  for (int month = 0; month < std::min(months, 40); ++month) {
    const auto decided = after_days(when, 12 + 30.4 * month + 6 * c.share());
    const auto decision = t.fresh();
    if (c.percent(50))
      t.tell(What::child_impact_analysis_completed, after_days(decided, -2),
             {child(), static_cast<std::uint8_t>(c.percent(35)), 0, decision});
    t.tell(What::decision_made, decided,
           {who, static_cast<std::uint8_t>(10 + area), static_cast<std::uint8_t>(c.below(100)), decision});
    if (month == 0)
      t.tell(What::measure_status_changed, after_days(decided, 1),
             {who, static_cast<std::uint8_t>(10 + area), 0, measure});
    if (month == 1 && c.percent(25)) {
      const auto consent = t.fresh(), heard_child = std::uint16_t{child()};
      for (std::uint8_t g = 0; g < h.adults; ++g)
        if (c.percent(80)) {
          t.tell(What::consent_requested, after_days(decided, 1),
                 {g, static_cast<std::uint8_t>(heard_child), 1, static_cast<std::uint16_t>(consent * 4 + g)});
          t.tell(What::consent_given, after_days(decided, 4),
                 {g, static_cast<std::uint8_t>(heard_child), 1, static_cast<std::uint16_t>(consent * 4 + g)});
        }
      t.tell(What::child_heard, after_days(decided, 6),
             {static_cast<std::uint8_t>(heard_child), 2, static_cast<std::uint8_t>(c.below(100))});
    }
    if (c.percent(22)) t.tell(What::child_informed, after_days(decided, 3), {child(), 3});
    if (month % 6 == 5 && c.percent(60))
      t.tell(What::follow_up_recorded, decided, {child(), 0, static_cast<std::uint8_t>(c.below(5)), measure});
    if (c.percent(15)) t.tell(What::mutual_update_given, after_days(decided, 4));
  }
  if (h.eviction && unit == Unit::income_support) {
    const auto notified = after_days(when, 30 + 60 * c.share());
    t.tell(What::risk_situation_notified, notified, {who, 0});
    if (c.percent(70))
      t.tell(What::responsibility_assigned, after_days(notified, 1 + 3 * c.share()), {.a = 1});
    if (c.percent(80))
      t.tell(What::risk_situation_notified, after_days(notified, 30),
             {who, c.percent(70) ? std::uint8_t{1} : std::uint8_t{2}});
  }
  const auto over = after_days(when, 30.4 * months + 10);
  t.tell(What::measure_status_changed, over, {who, static_cast<std::uint8_t>(10 + area), 1, measure});
  if (c.percent(90)) t.tell(What::case_closed, after_days(over, 10 * c.share()), {.a = 1});
}

}  // namespace stafett::municipality
