#include "casework/near_miss.h"

#include <algorithm>

#include "casework/rule_words.h"
#include "casework/settlement.h"

namespace stafett::casework {
namespace {

constexpr std::size_t shown_max = 5;

bool concerns(const Fact& f, const Binding& b) {
  if (b.in_case && f.in_case == b.in_case) return true;
  if (b.trigger && f.event->stream == b.trigger->event->stream) return true;
  return !b.subject.empty() && child_of(f) == b.subject;
}

std::optional<NearMiss> missed(const Requirement& r, const Fact& f, const Binding& b, Instant judged_at) {
  if (r.event.in == EventPattern::In::in_case && b.in_case && f.in_case != b.in_case)
    return NearMiss{&f, phrase("it stands in another case", "den står i ett annat ärende")};
  bool about_another = false;
  if (auto failing = first_failing(r.event.where, f, b, about_another)) {
    if (about_another) return std::nullopt;
    return NearMiss{&f, *failing};
  }
  if (r.since == Requirement::Since::trigger && f.when < b.start)
    return NearMiss{&f, phrase("it came before {1}, when the obligation began",
                               "den kom före {1}, när skyldigheten uppstod", {moment(b.start)})};
  if (f.when > judged_at)
    return NearMiss{&f, phrase("it came after {1}", "den kom efter {1}", {moment(judged_at)})};
  if (r.since == Requirement::Since::period && b.period)
    return NearMiss{&f, phrase("it lies outside the period", "den ligger utanför perioden")};
  if (auto* by = undone_by(r, f, b, judged_at))
    return NearMiss{&f, phrase("it was undone by {1}", "den upphävdes av {1}", {in_words(*by)}), by};
  if (expired(r, f, b))
    return NearMiss{&f, phrase("its validity had ended by {1}", "den gällde inte längre {1}",
                               {day(local_date(b.start))})};
  return std::nullopt;
}

}  // namespace

std::vector<NearMiss> near_misses(const Requirement& r, const Binding& b, Instant judged_at) {
  std::vector<NearMiss> out;
  if (r.event.types.size() == event::event_types().size()) return out;  // any event
  auto met = matches(r, b, judged_at);
  for (auto type : r.event.types)
    for (auto* f : b.world->of_type(type)) {
      if (f == b.trigger || !concerns(*f, b) || std::find(met.begin(), met.end(), f) != met.end()) continue;
      if (auto m = missed(r, *f, b, judged_at)) out.push_back(std::move(*m));
    }
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& c) { return a.fact->when < c.fact->when; });
  if (out.size() > shown_max) out.erase(out.begin(), out.end() - shown_max);
  return out;
}

}  // namespace stafett::casework
