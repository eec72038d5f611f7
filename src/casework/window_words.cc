#include "casework/rule_words.h"

namespace stafett::casework {
namespace {

Text counted_from(const Window& w, const Binding& b, const std::vector<Date>& holidays) {
  auto on = day(local_date(b.start));
  auto end = moment(*w.due(b, holidays));
  auto n = number(w.n);
  switch (w.kind) {
    case Window::Kind::months:
      return phrase("{1} months after {2}: ends at {3}", "{1} månader efter {2}: går ut {3}", {n, on, end});
    case Window::Kind::working_days:
      return holidays.empty()
                 ? phrase("{1} working days (Monday to Friday) after {2}: ends at {3}",
                          "{1} arbetsdagar (måndag till fredag) efter {2}: går ut {3}", {n, on, end})
                 : phrase(
                       "{1} working days (Monday to Friday, not the holidays of the rule set) after {2}: "
                       "ends at {3}",
                       "{1} arbetsdagar (måndag till fredag, inte regelverkets helgdagar) efter {2}: går ut "
                       "{3}",
                       {n, on, end});
    default:
      if (w.n == 0) return phrase("the same day, {1}: ends at {2}", "samma dag, {1}: går ut {2}", {on, end});
      return w.n == 1
                 ? phrase("1 day after {1}: ends at {2}", "1 dag efter {1}: går ut {2}", {on, end})
                 : phrase("{1} days after {2}: ends at {3}", "{1} dagar efter {2}: går ut {3}", {n, on, end});
  }
}

Text from_field(const Window& w, const Binding& b, const std::vector<Date>& holidays) {
  auto name = in_words(*w.field);
  auto due = w.due(b, holidays);
  if (!due)
    return phrase("by the date in “{1}”, which names none: never by itself",
                  "enligt datumet i ”{1}”, som saknas: aldrig av sig självt", {name});
  return w.kind == Window::Kind::end_of ? phrase("at the end of the day in “{1}”: {2}",
                                                 "vid slutet av dagen i ”{1}”: {2}", {name, moment(*due)})
                                        : phrase("when the day in “{1}” begins: {2}",
                                                 "när dagen i ”{1}” börjar: {2}", {name, moment(*due)});
}

}  // namespace

Text in_words(const Window& w, const Binding& b, const std::vector<Date>& holidays) {
  switch (w.kind) {
    case Window::Kind::open_ended:
      return phrase("never by itself", "aldrig av sig självt");
    case Window::Kind::days:
    case Window::Kind::months:
    case Window::Kind::working_days:
      return counted_from(w, b, holidays);
    case Window::Kind::hours:
      return phrase("{1} hours after {2}: {3}", "{1} timmar efter {2}: {3}",
                    {number(w.n), moment(b.start), moment(*w.due(b, holidays))});
    case Window::Kind::at_once:
      return phrase("at the trigger itself: it must have happened by {1}",
                    "vid själva utlösandet: det ska ha skett senast {1}", {moment(b.start)});
    case Window::Kind::before:
      return phrase("before the trigger: earlier than {1}", "före utlösandet: tidigare än {1}",
                    {moment(b.start)});
    case Window::Kind::on_date:
      return phrase("at the end of {1}", "vid slutet av {1}", {day(w.named_date)});
    case Window::Kind::end_of:
    case Window::Kind::start_of:
      return from_field(w, b, holidays);
    case Window::Kind::until: {
      auto* ended = w.ended_by(b);
      auto what = in_words(*w.event, b);
      return ended ? phrase("when this happens: {1}. It did: {2}", "när detta sker: {1}. Det skedde: {2}",
                            {what, in_words(*ended)})
                   : phrase("when this happens: {1}. It has not yet",
                            "när detta sker: {1}. Det har inte skett än", {what});
    }
    case Window::Kind::period_end:
      return phrase("{1} days after the period's last day, {2}: {3}",
                    "{1} dagar efter periodens sista dag, {2}: {3}",
                    {number(w.n), day(add_days(b.period->end, -1)), moment(*w.due(b, holidays))});
    case Window::Kind::first_of: {
      std::vector<Text> parts;
      for (auto& part : w.parts) parts.push_back(in_words(part, b, holidays));
      return phrase("the first of these: {1}", "det första av detta: {1}", {listed(parts)});
    }
    case Window::Kind::choice: {
      bool holds = w.condition->holds(*b.trigger, b);
      auto condition = in_words(*w.condition, b);
      auto chosen = in_words(w.parts[holds ? 0 : 1], b, holidays);
      return holds ? phrase("because of {1}: {2}", "på grund av {1}: {2}", {condition, chosen})
                   : phrase("without {1}: {2}", "utan {1}: {2}", {condition, chosen});
    }
  }
  return {};
}

}  // namespace stafett::casework
