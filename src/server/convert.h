#pragma once

#include <optional>
#include <string>

#include "stafett/casework/answers.h"
#include "stafett/projection/casebook.h"
#include "stafett/wire/messages.h"

// Questions and answers of the read model, to and from their form on the wire.
namespace stafett::server {

// A filter that is empty on the wire filters nothing.
inline std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

projection::AsOf from_wire(const wire::AsOf& as_of);
projection::ObligationFilter from_wire(const wire::ObligationsRequest& request);
projection::IndicatorQuery from_wire(const wire::IndicatorsRequest& request);
casework::ObligationChoice obligation_choice(const wire::ExplainRequest& request);
projection::FigureChoice figure_choice(const wire::ExplainRequest& request);

wire::Basis to_wire(projection::Basis basis);
wire::State to_wire(casework::State state);
wire::Obligation to_wire(casework::Obligation obligation);
wire::Figure to_wire(casework::Figure figure);

// What a case and a line of a list of cases both tell.
template <class To>
void tell_case(casework::CaseSummary&& c, To& out) {
  out.case_id = std::move(c.id);
  out.kind = std::move(c.kind);
  out.status = std::move(c.status);
  out.phase = std::move(c.phase);
  out.area = std::move(c.area);
  out.subject = std::move(c.subject);
  out.unit = std::move(c.unit);
  out.household = std::move(c.household);
  out.opened_at = c.opened_at;
  out.closed_at = c.closed_at;
}

projection::FrozenFilter from_wire(const wire::FrozenRequest& request);

wire::CaseAnswer to_wire(projection::Answer<casework::Case> answer);
wire::ObligationsAnswer to_wire(projection::Answer<std::vector<casework::Obligation>> answer);
wire::FiguresAnswer to_wire(projection::Answer<std::vector<casework::Figure>> answer);
wire::FrozenAnswer to_wire(std::vector<projection::FrozenStatistics> frozen);
wire::CountedAnswer to_wire(projection::Answer<std::vector<casework::Counted>> answer);
wire::ExplanationsAnswer to_wire(projection::Answer<std::vector<casework::Explanation>> answer);
wire::RuleChangesAnswer to_wire(projection::Answer<projection::RuleChanges> answer);
wire::AmendmentsAnswer to_wire(projection::Answer<std::vector<casework::Amendment>> answer);
wire::ConsentsAnswer to_wire(projection::Answer<casework::ConsentStanding> answer);
wire::RulesAnswer to_wire(projection::Answer<std::vector<projection::RuleSummary>> answer);

}  // namespace stafett::server
