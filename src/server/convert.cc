#include "server/convert.h"

namespace stafett::server {
wire::State to_wire(casework::State s) {
  switch (s) {
    case casework::State::open:
      return wire::State::open;
    case casework::State::fulfilled:
      return wire::State::fulfilled;
    case casework::State::fulfilled_late:
      return wire::State::fulfilled_late;
    case casework::State::overdue:
      return wire::State::overdue;
    case casework::State::waived:
      return wire::State::waived;
    case casework::State::breached:
      return wire::State::breached;
  }
  return wire::State::open;
}

namespace {

casework::State from_wire(wire::State s) {
  switch (s) {
    case wire::State::open:
      return casework::State::open;
    case wire::State::fulfilled:
      return casework::State::fulfilled;
    case wire::State::fulfilled_late:
      return casework::State::fulfilled_late;
    case wire::State::overdue:
      return casework::State::overdue;
    case wire::State::waived:
      return casework::State::waived;
    case wire::State::breached:
      return casework::State::breached;
  }
  return casework::State::open;
}

wire::Severity severity(casework::Severity s) {
  switch (s) {
    case casework::Severity::must:
      return wire::Severity::must;
    case casework::Severity::should:
      return wire::Severity::should;
    case casework::Severity::agreed:
      return wire::Severity::agreed;
    case casework::Severity::advisory:
      return wire::Severity::advisory;
    case casework::Severity::system:
      return wire::Severity::system;
  }
  return wire::Severity::must;
}

}  // namespace

wire::Basis to_wire(projection::Basis b) { return {b.size, std::move(b.rule_set), b.at}; }

wire::Obligation to_wire(casework::Obligation o) {
  wire::Obligation out;
  out.rule = std::move(o.rule);
  out.severity = severity(o.severity);
  out.stream = std::move(o.stream);
  out.case_id = std::move(o.case_id);
  out.subject = std::move(o.subject);
  out.unit = std::move(o.unit);
  out.state = to_wire(o.state);
  out.triggered_by = o.triggered_by;
  out.created_at = o.created_at;
  out.due_at = o.due_at;
  out.warn_at = o.warn_at;
  out.warning = o.warning;
  out.settled_by = o.settled_by;
  out.settled_at = o.settled_at;
  out.legal_ref = std::move(o.legal_ref);
  return out;
}

static wire::Child to_wire(casework::ChildInCase c) {
  return {std::move(c.id), c.informed, c.offered, c.heard, c.view_recorded, c.feedback};
}

wire::Figure to_wire(casework::Figure f) {
  wire::Figure out;
  out.indicator = std::move(f.indicator);
  out.group = std::move(f.group);
  out.show = std::move(f.show);
  out.numerator = f.numerator;
  out.denominator = f.denominator;
  out.pending = f.pending;
  out.waived = f.waived;
  out.value = f.value;
  out.median = f.median;
  out.p90 = f.p90;
  out.suppressed = f.suppressed;
  return out;
}

static wire::Frozen to_wire(projection::FrozenStatistics f) {
  wire::Frozen out;
  out.position = f.position;
  out.recorded_at = f.recorded_at;
  out.unit = std::move(f.unit);
  out.municipality = std::move(f.municipality);
  out.from = f.figures.period.from;
  out.to = f.figures.period.to;
  out.at = f.figures.at;
  out.size = f.figures.size;
  out.rule_set = std::move(f.figures.rule_set);
  out.threshold = f.figures.threshold;
  for (auto& figure : f.figures.figures) out.figures.push_back(to_wire(std::move(figure)));
  return out;
}

static wire::Counted to_wire(casework::Counted c) {
  wire::Counted out;
  out.indicator = std::move(c.indicator);
  out.group = std::move(c.group);
  out.case_id = std::move(c.case_id);
  out.subject = std::move(c.subject);
  out.stream = std::move(c.stream);
  out.in_numerator = c.in_numerator;
  out.standing = std::move(c.standing);
  out.measure = c.measure;
  out.evidence = std::move(c.evidence);
  return out;
}

static wire::Rule to_wire(projection::RuleSummary r) {
  return {std::move(r.id),       std::move(r.kind),     std::move(r.severity),    std::move(r.name_en),
          std::move(r.name_sv),  std::move(r.limit),    std::move(r.legal_ref),   std::move(r.source),
          std::move(r.rule_set), std::move(r.limit_sv), std::move(r.municipality)};
}

template <class T>
static auto all(std::vector<T> from) {
  std::vector<decltype(to_wire(std::move(from[0])))> out;
  out.reserve(from.size());
  for (auto& item : from) out.push_back(to_wire(std::move(item)));
  return out;
}

projection::AsOf from_wire(const wire::AsOf& as_of) { return {as_of.at, as_of.known_at, as_of.at_least}; }

projection::ObligationFilter from_wire(const wire::ObligationsRequest& request) {
  projection::ObligationFilter out;
  out.case_id = unless_empty(request.case_id);
  out.unit = unless_empty(request.unit);
  out.rule = unless_empty(request.rule);
  for (auto s : request.states) out.states.push_back(from_wire(s));
  return out;
}

projection::IndicatorQuery from_wire(const wire::IndicatorsRequest& request) {
  projection::IndicatorQuery out;
  out.ids = request.ids;
  out.from = request.from;
  out.to = request.to;
  out.by = request.by;
  out.split = request.split;
  out.publish = request.publish;
  out.threshold = request.threshold;
  return out;
}

projection::FrozenFilter from_wire(const wire::FrozenRequest& request) {
  return {unless_empty(request.municipality), unless_empty(request.unit), request.from, request.to};
}

wire::CaseAnswer to_wire(projection::Answer<casework::Case> answer) {
  auto& c = answer.value;
  wire::CaseAnswer out;
  tell_case(std::move(c), out);
  out.children = all(std::move(c.children));
  out.obligations = all(std::move(c.obligations));
  out.basis = to_wire(std::move(answer.basis));
  return out;
}

wire::ObligationsAnswer to_wire(projection::Answer<std::vector<casework::Obligation>> answer) {
  return {all(std::move(answer.value)), to_wire(std::move(answer.basis))};
}

wire::FiguresAnswer to_wire(projection::Answer<std::vector<casework::Figure>> answer) {
  return {all(std::move(answer.value)), to_wire(std::move(answer.basis))};
}

wire::FrozenAnswer to_wire(std::vector<projection::FrozenStatistics> frozen) {
  return {all(std::move(frozen))};
}

wire::CountedAnswer to_wire(projection::Answer<std::vector<casework::Counted>> answer) {
  return {all(std::move(answer.value)), to_wire(std::move(answer.basis))};
}

wire::RulesAnswer to_wire(projection::Answer<std::vector<projection::RuleSummary>> answer) {
  return {all(std::move(answer.value)), to_wire(std::move(answer.basis))};
}

}  // namespace stafett::server
