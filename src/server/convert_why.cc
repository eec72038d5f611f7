#include "server/convert.h"

namespace stafett::server {
namespace {

wire::Explanation explanation(casework::Explanation e) {
  wire::Explanation out;
  if (auto* o = std::get_if<casework::Obligation>(&e.of))
    out.of = to_wire(std::move(*o));
  else if (auto* figure = std::get_if<casework::Figure>(&e.of))
    out.of = to_wire(std::move(*figure));
  else if (auto* none = std::get_if<casework::NoObligation>(&e.of))
    out.of = wire::NoObligation{std::move(none->rule), std::move(none->case_id), std::move(none->stream)};
  out.steps.reserve(e.steps.size());
  for (auto& step : e.steps)
    out.steps.push_back({std::move(step.kind), std::move(step.text.english), std::move(step.text.swedish),
                         std::move(step.positions)});
  return out;
}

template <class T, class From>
wire::Change<T> change(From from) {
  wire::Change<T> out;
  if (from.before) out.before = to_wire(std::move(*from.before));
  if (from.after) out.after = to_wire(std::move(*from.after));
  return out;
}

}  // namespace

casework::ObligationChoice obligation_choice(const wire::ExplainRequest& request) {
  return {request.case_id, request.stream, request.rule, request.subject, request.triggered_by};
}

projection::FigureChoice figure_choice(const wire::ExplainRequest& request) {
  return {request.indicator, request.group, request.from, request.to};
}

wire::ExplanationsAnswer to_wire(projection::Answer<std::vector<casework::Explanation>> answer) {
  wire::ExplanationsAnswer out;
  out.basis = to_wire(std::move(answer.basis));
  out.explanations.reserve(answer.value.size());
  for (auto& e : answer.value) out.explanations.push_back(explanation(std::move(e)));
  return out;
}

wire::RuleChangesAnswer to_wire(projection::Answer<projection::RuleChanges> answer) {
  wire::RuleChangesAnswer out;
  out.basis = to_wire(std::move(answer.basis));
  out.obligations_changed = answer.value.obligations_changed;
  for (auto& c : answer.value.obligations) out.obligations.push_back(change<wire::Obligation>(std::move(c)));
  for (auto& c : answer.value.figures) out.figures.push_back(change<wire::Figure>(std::move(c)));
  return out;
}

wire::AmendmentsAnswer to_wire(projection::Answer<std::vector<casework::Amendment>> answer) {
  wire::AmendmentsAnswer out;
  out.basis = to_wire(std::move(answer.basis));
  for (auto& a : answer.value)
    out.amendments.push_back(
        {a.correction, a.corrected, std::move(a.rule), std::move(a.case_id), std::move(a.subject),
         to_wire(a.before), to_wire(a.after.value_or(casework::State::open)), a.recorded_at,
         std::move(a.actor), std::move(a.corrected_actor), a.same_actor, !a.after.has_value()});
  return out;
}

wire::ConsentsAnswer to_wire(projection::Answer<casework::ConsentStanding> answer) {
  wire::ConsentsAnswer out;
  out.basis = to_wire(std::move(answer.basis));
  auto& standing = answer.value;
  out.allowed = standing.allowed;
  out.ground = std::move(standing.ground);
  out.ground_position = standing.ground_position;
  for (auto& g : standing.givers)
    out.givers.push_back({std::move(g.person), std::move(g.state), std::move(g.positions), g.valid_to});
  return out;
}

}  // namespace stafett::server
