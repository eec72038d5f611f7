#include <algorithm>

#include "projection/casebook_state.h"

// Explanations: one dossier for an obligation, dossier by dossier for a figure.
namespace stafett::projection {

using casework::Explanation;

Result<Answer<std::vector<Explanation>>> Casebook::explain(const casework::ObligationChoice& choice,
                                                           const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  if (choice.case_id.empty() && choice.stream.empty())
    return fail(ErrorCode::invalid_argument, "neither a case nor a stream is named", "case");
  auto name = choice.stream.empty() ? "case/" + choice.case_id : choice.stream;
  Answer<std::vector<Explanation>> answer{q.basis(), {}};
  if (auto id = s.fold.dossiers().find(name)) {
    STAFETT_TRY(auto dossier, s.read(*id, q));
    answer.value = with_world(dossier, q.at, [&](const casework::World& world) {
      return casework::explain(world, *q.book, choice);
    });
  }
  if (answer.value.empty())
    return fail(ErrorCode::not_found,
                "there is no such obligation" + (choice.rule.empty() ? "" : " of " + choice.rule) + " in \"" +
                    name + "\" at that time",
                choice.rule.empty() ? "case" : "rule");
  if (answer.value.size() > explained_max) return fail(too_long());
  return answer;
}

Result<Answer<std::vector<Explanation>>> Casebook::explain(const FigureChoice& choice, const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  IndicatorQuery query;
  query.ids = {choice.indicator};
  query.from = choice.from;
  query.to = choice.to;
  for (auto& [dimension, value] : choice.group) query.by.push_back(dimension);
  STAFETT_TRY(auto compiled, s.compile(query, q));
  auto& indicator = *compiled.indicators.front();
  casework::FigureCount count(casework::widened(compiled));
  std::vector<Explanation> instances;
  std::vector<casework::Step> recorded;
  std::size_t untold = 0;
  for (auto id : s.fold.dossiers().all()) {
    STAFETT_TRY(auto judgement, s.judgement_of(id, q));
    count.add(*judgement);
    auto behind = casework::counted(compiled, *judgement);
    auto n = static_cast<std::size_t>(
        std::count_if(behind.begin(), behind.end(), [&](auto& c) { return c.group == choice.group; }));
    if (n == 0) continue;
    auto told_before = instances.size() + recorded.size();
    auto steps = casework::explain_recorded(*judgement, compiled, indicator, choice.group,
                                            explained_max - told_before);
    std::move(steps.begin(), steps.end(), std::back_inserter(recorded));
    if (!steps.empty() || told_before + n > explained_max) {
      untold += n - steps.size();
      continue;
    }
    STAFETT_TRY(auto dossier, s.read(id, q));
    auto told = with_world(dossier, q.at, [&](const casework::World& world) {
      return casework::explain_instances(world, *q.book, *judgement, compiled, indicator, choice.group);
    });
    untold += n - std::min(n, told.size());
    std::move(told.begin(), told.end(), std::back_inserter(instances));
  }
  Answer<std::vector<Explanation>> answer{q.basis(), {}};
  auto figures = casework::marked(count.figures(), compiled, casework::threshold_default);
  for (auto& figure : figures) {
    if (figure.group != choice.group) continue;
    answer.value.push_back(casework::explain_figure(figure, compiled, indicator, *q.book));
    std::ranges::stable_sort(recorded, {}, &casework::Step::positions);
    auto& told = answer.value.back().steps;
    std::move(recorded.begin(), recorded.end(), std::back_inserter(told));
    recorded.clear();
    if (untold > 0)
      told.push_back({"more",
                      {std::to_string(untold) + " more are counted than are told of here.",
                       std::to_string(untold) + " fler räknas än som beskrivs här."},
                      {}});
  }
  if (answer.value.empty())
    return fail(ErrorCode::not_found, "nothing of " + choice.indicator + " is counted in that group",
                "group");
  std::move(instances.begin(), instances.end(), std::back_inserter(answer.value));
  return answer;
}

}  // namespace stafett::projection
