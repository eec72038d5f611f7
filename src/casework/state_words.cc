#include "casework/explaining.h"
#include "casework/rule_words.h"

namespace stafett::casework {
namespace {

Text when_due(const std::optional<Instant>& due) {
  return due ? phrase("due at {1}", "gräns {1}", {moment(*due)}) : phrase("without a due time", "utan gräns");
}

Text missed(const Heard& h) {
  auto& s = h.standing;
  auto now = h.binding.world->at();
  if (s.state == State::overdue && *s.due == now)
    return phrase("Overdue: not settled by {1}, when it was due.",
                  "Försenad: inte avgjord {1}, då gränsen gick ut.", {moment(now)});
  if (s.state == State::overdue)
    return phrase("Overdue: not settled by {1}, {2} after it was due at {3}.",
                  "Försenad: inte avgjord {1}, {2} efter gränsen {3}.",
                  {moment(now), time_between(*s.due, now), moment(*s.due)});
  if (s.fulfilled_by && s.fulfilled_by != h.binding.trigger)
    return phrase("Breached: it had to be done by {1}; {2} came later and cannot mend it.",
                  "Bruten: den skulle vara gjord {1}; {2} kom senare och kan inte läka det.",
                  {moment(*s.due), in_words(*s.fulfilled_by)});
  return s.due ? phrase("Breached: it had to be done by {1}, and can no longer be.",
                        "Bruten: den skulle vara gjord {1} och kan inte längre bli det.", {moment(*s.due)})
               : phrase("Breached: it can no longer be done.", "Bruten: den kan inte längre bli gjord.");
}

}  // namespace

Text state_in_words(const Heard& h) {
  auto& s = h.standing;
  auto by = s.settled_by ? in_words(*s.settled_by) : Text{};
  switch (s.verdict) {
    case Verdict::excused_from_start:
      return phrase("Waived from the start, by what the event itself says: {1}.",
                    "Bortfallen från början, genom vad händelsen själv anger: {1}.",
                    {in_words(*h.clause.waive_if, h.binding, h.binding.trigger)});
    case Verdict::in_time:
      return phrase("Done in time: {1}, {2}.", "Gjord i tid: {1}, {2}.", {by, when_due(s.due)});
    case Verdict::broken:
      return phrase("Breached: by {1}.", "Bruten: genom {1}.", {by});
    case Verdict::excused:
      return phrase("Waived: excused by {1}.", "Bortfallen: ursäktad genom {1}.", {by});
    case Verdict::ended:
      return phrase("Waived: {1} ended what it depends on, {2}.",
                    "Bortfallen: {1} avslutade det som den förutsätter, {2}.", {by, when_due(s.due)});
    case Verdict::grown_up:
      return phrase("Waived: {1} turned 18 at {2}.", "Bortfallen: {1} fyllde 18 år {2}.",
                    {plain(h.binding.subject), moment(*s.settled_at)});
    case Verdict::late:
      return phrase("Done late: {1}, {2} after it was due at {3}.",
                    "Gjord för sent: {1}, {2} efter gränsen {3}.",
                    {by, time_between(*s.due, *s.settled_at), moment(*s.due)});
    case Verdict::deferred:
      return phrase("Waived for now: {1} excuses it until {2}, when it is asked for anew.",
                    "Bortfallen tills vidare: {1} ursäktar den till {2}, då den krävs på nytt.",
                    {by, moment(*h.trace.reopens)});
    case Verdict::missed:
      return missed(h);
    case Verdict::awaited:
      return s.due ? phrase("Open: not settled yet, {1}.", "Öppen: inte avgjord än, {1}.", {when_due(s.due)})
                   : phrase("Open: not settled yet, and not due at any known time.",
                            "Öppen: inte avgjord än, och utan känd gräns.");
  }
  return {};
}

}  // namespace stafett::casework
