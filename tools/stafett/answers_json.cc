#include "stafett/answers_json.h"

#include <cmath>
#include <cstdio>

#include "stafett/core/calendar.h"

namespace stafett::tools {
namespace {

Json time(const std::optional<Instant>& t) { return t ? Json(format_local(*t)) : Json(); }
Json place(const std::optional<Position>& p) { return p ? Json(p->value) : Json(); }
Json whole(const std::optional<std::uint64_t>& n) { return n ? Json(*n) : Json(); }
Json unless_empty(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json group(const wire::Group& keys) {
  Json out = Json::object();
  for (auto& [dimension, value] : keys) out[dimension] = value;
  return out;
}

// What a case and a line of a list of cases both tell.
template <class Case>
Json case_itself(const Case& c) {
  Json out;
  out["id"] = c.case_id;
  out["kind"] = c.kind;
  out["status"] = c.status;
  out["phase"] = c.phase;
  out["area"] = unless_empty(c.area);
  out["subject"] = c.subject;
  out["unit"] = unless_empty(c.unit);
  out["household"] = unless_empty(c.household);
  out["openedAt"] = format_local(c.opened_at);
  out["closedAt"] = time(c.closed_at);
  return out;
}

}  // namespace

Json number(const std::optional<double>& value) {
  constexpr double exact_max = 9007199254740992;
  if (!value || !std::isfinite(*value)) return Json();
  if (std::trunc(*value) == *value && std::abs(*value) < exact_max)
    return Json(static_cast<std::int64_t>(*value));
  return Json(*value);
}

Json position(const wire::Basis& basis) {
  return basis.size.value == 0 ? Json() : Json(basis.size.value - 1);
}

Json to_json(const wire::Obligation& o) {
  Json out;
  out["rule"] = o.rule;
  out["severity"] = wire::to_string(o.severity);
  out["case"] = unless_empty(o.case_id);
  out["subject"] = unless_empty(o.subject);
  out["unit"] = unless_empty(o.unit);
  out["state"] = wire::to_string(o.state);
  out["triggeredBy"] = place(o.triggered_by);
  out["createdAt"] = format_local(o.created_at);
  out["dueAt"] = time(o.due_at);
  out["warnAt"] = time(o.warn_at);
  out["warning"] = o.warning;
  out["settledBy"] = place(o.settled_by);
  out["settledAt"] = time(o.settled_at);
  out["legalRef"] = unless_empty(o.legal_ref);
  return out;
}

Json to_json(const wire::CaseSummary& c) {
  auto out = case_itself(c);
  out["outcome"] = unless_empty(c.outcome);
  out["obligations"] = {
      {"open", c.open},       {"fulfilled", c.fulfilled}, {"fulfilledLate", c.fulfilled_late},
      {"overdue", c.overdue}, {"waived", c.waived},       {"breached", c.breached}};
  return out;
}

Json to_json(const wire::CaseAnswer& c) {
  auto out = case_itself(c);
  out["children"] = Json::array();
  for (auto& child : c.children) {
    Json one;
    one["id"] = child.person_id;
    one["informed"] = child.informed;
    one["offered"] = child.offered;
    one["heard"] = child.heard;
    one["viewRecorded"] = child.view_recorded;
    one["feedback"] = child.feedback;
    out["children"].push_back(std::move(one));
  }
  out["obligations"] = Json::array();
  for (auto& o : c.obligations) out["obligations"].push_back(to_json(o));
  out["ruleSet"] = c.basis.rule_set;
  out["position"] = position(c.basis);
  return out;
}

Json to_json(const wire::Figure& f, const wire::Basis& basis) {
  Json out;
  out["indicator"] = f.indicator;
  out["group"] = group(f.group);
  out["numerator"] = number(f.numerator);
  out["denominator"] = number(f.denominator);
  out["pending"] = whole(f.pending);
  out["waived"] = whole(f.waived);
  out["value"] = number(f.value);
  out["median"] = number(f.median);
  out["p90"] = number(f.p90);
  out["suppressed"] = f.suppressed;
  out["ruleSet"] = basis.rule_set;
  out["position"] = position(basis);
  out["show"] = unless_empty(f.show);
  return out;
}

Json to_json(const wire::Counted& c, const wire::Basis& basis) {
  Json out;
  out["indicator"] = c.indicator;
  out["group"] = group(c.group);
  out["case"] = unless_empty(c.case_id);
  out["subject"] = unless_empty(c.subject);
  out["stream"] = unless_empty(c.stream);
  out["inNumerator"] = c.in_numerator;
  out["standing"] = c.standing;
  out["measure"] = number(c.measure);
  out["positions"] = Json::array();
  for (auto p : c.evidence) out["positions"].push_back(p.value);
  out["ruleSet"] = basis.rule_set;
  out["position"] = position(basis);
  return out;
}

Json to_json(const wire::Rule& r, const wire::Basis& basis) {
  Json out;
  out["id"] = r.rule_id;
  out["kind"] = r.kind;
  out["severity"] = unless_empty(r.severity);
  out["nameEn"] = r.name_en;
  out["nameSv"] = r.name_sv;
  out["limit"] = unless_empty(r.limit);
  out["limitSv"] = unless_empty(r.limit_sv);
  out["municipality"] = r.municipality;
  out["legalRef"] = unless_empty(r.legal_ref);
  out["source"] = unless_empty(r.source);
  out["ruleSet"] = r.rule_set;
  out["position"] = position(basis);
  return out;
}

void print(const Json& line) {
  // Invalid UTF-8 cannot come out of the ledger; should it, the line is still JSON.
  auto text = line.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::printf("%s\n", text.c_str());
}

}  // namespace stafett::tools
