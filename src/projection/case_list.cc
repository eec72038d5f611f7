#include <algorithm>
#include <tuple>

#include "projection/casebook_state.h"

namespace stafett::projection {

Result<Answer<std::vector<casework::CaseSummary>>> Casebook::cases(const CaseFilter& filter,
                                                                   const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  Answer<std::vector<casework::CaseSummary>> answer{q.basis(), {}};
  auto wanted = [](const std::optional<std::string>& value, const std::string& actual) {
    return !value || *value == actual;
  };
  auto ids = s.fold.dossiers().all();
  if (filter.household) {
    // All cases of a household are in one dossier.
    auto id = s.fold.dossiers().find("household/" + *filter.household);
    ids.assign(id ? 1 : 0, id.value_or(0));
  }
  for (auto id : ids) {
    STAFETT_TRY(auto dossier, s.read(id, q));
    STAFETT_TRY(auto judgement, s.judgement_of(id, q, &dossier));
    auto cases = with_world(dossier, q.at, [&](const casework::World& world) {
      return casework::summarize_cases(world, *judgement);
    });
    for (auto& c : cases) {
      if (!wanted(filter.household, c.household) || !wanted(filter.unit, c.unit) ||
          !wanted(filter.kind, c.kind) || !wanted(filter.status, c.status))
        continue;
      if (answer.value.size() == list_max) return fail(too_long());
      answer.value.push_back(std::move(c));
    }
  }
  std::sort(answer.value.begin(), answer.value.end(),
            [](auto& a, auto& b) { return std::tie(a.opened_at, a.id) < std::tie(b.opened_at, b.id); });
  return answer;
}

}  // namespace stafett::projection
