#include <algorithm>

#include "projection/casebook_state.h"

namespace stafett::projection {
namespace {

bool corrects(const std::vector<event::RecordedEvent>& events) {
  const auto correction = event::find_event_type("EventCorrected")->ordinal;
  return std::any_of(events.begin(), events.end(), [&](auto& e) { return e.type == correction; });
}

}  // namespace

Result<Answer<std::vector<casework::Amendment>>> Casebook::amended(const std::string& unit,
                                                                   const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  Answer<std::vector<casework::Amendment>> answer{q.basis(), {}};
  casework::Effort effort;
  effort.stopped = &s.stopped;
  for (auto id : s.fold.dossiers().all()) {
    STAFETT_TRY(auto dossier, s.read(id, q));
    if (!corrects(dossier.own) && !corrects(dossier.visiting)) continue;
    std::vector<const event::RecordedEvent*> own, visiting;
    for (auto& e : dossier.own) own.push_back(&e);
    for (auto& e : dossier.visiting) visiting.push_back(&e);
    auto found = casework::amendments(own, visiting, dossier.home, q.at, *q.book, effort);
    if (found.given_up) {
      // Says why, as judging it for any other question would.
      STAFETT_TRY(s.judgement_of(id, q));
      return fail(ErrorCode::too_large, "the dossier of " + name_of(dossier) +
                                            " ties too much together to be judged without its corrections");
    }
    for (auto& a : found.list) {
      if (!unit.empty() && a.unit != unit) continue;
      if (answer.value.size() == list_max) return fail(too_long());
      answer.value.push_back(std::move(a));
    }
  }
  std::stable_sort(answer.value.begin(), answer.value.end(), [](auto& a, auto& b) {
    return std::tie(a.correction, a.rule, a.case_id, a.subject) <
           std::tie(b.correction, b.rule, b.case_id, b.subject);
  });
  return answer;
}

}  // namespace stafett::projection
