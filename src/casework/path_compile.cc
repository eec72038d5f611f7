#include <algorithm>
#include <array>

#include "casework/path.h"

namespace stafett::casework {
namespace {

using event::Field;
using event::FieldForm;

std::uint16_t ordinal(std::string_view type) { return event::find_event_type(type)->ordinal; }

// Which event an id field leads to, for paths such as requestId.kind.
TypeSet introduced_types(std::string_view field) {
  auto set = [](std::initializer_list<std::string_view> names) {
    TypeSet out;
    for (auto n : names) out.push_back(ordinal(n));
    std::sort(out.begin(), out.end());
    return out;
  };
  if (field == "requestId") return set({"ContactRequested"});
  if (field == "handoverId") return set({"HandoverRequested"});
  if (field == "consentId") return set({"ConsentRequested", "ConsentGiven"});
  if (field == "meetingId") return set({"MeetingCalled"});
  if (field == "measureId") return set({"MeasureStatusChanged"});
  if (field == "planId") return set({"CoordinatedPlanAdopted"});
  if (field == "decisionId" || field == "concernsDecisionDraft") return set({"DecisionMade"});
  if (field == "reportId") return set({"ConcernReported"});
  if (field == "disagreementId") return set({"DisagreementRaised"});
  if (field == "deviationId") return set({"DeviationReported"});
  if (field == "activityId") return set({"PlanActivityRecorded"});
  if (field == "agreementId" || field == "documentId") return set({"SteeringDocumentAdopted"});
  return {};
}

const Field* member_of(const Field& field, std::string_view name) {
  for (auto& m : field.members)
    if (m.name == name) return &m;
  return nullptr;
}

}  // namespace

// Walks the segments and keeps track of what the path stands at: an event, a case, a person, a unit, rows or
// a value.
struct Path::Compiler {
  enum class At { event, in_case, household, person, unit, rows, value };
  Path path;
  At at = At::event;
  TypeSet types;
  const Field* field = nullptr;      // the field behind rows or a value
  FieldForm form = FieldForm::text;  // of a value
  std::vector<event::Enumerator> alternatives;

  Result<void> unknown(std::string_view segment, std::string_view of) {
    return fail(ErrorCode::invalid_argument,
                "\"" + std::string(segment) + "\" is not known of " + std::string(of));
  }
  void push(Op op) { path.steps_.push_back({op, {}, 0, {}}); }

  Result<void> event_segment(std::string_view s) {
    Step step{Op::field, {}, 0, {}};
    alternatives.clear();
    for (auto type : types)
      if (auto* f = event::event_types()[type].field(s)) {
        step.fields.emplace_back(type, f->index);
        field = f;
        // Several event types may give the field different enumerators: any of them may be meant.
        alternatives.insert(alternatives.end(), f->enumerators.begin(), f->enumerators.end());
      }
    if (!step.fields.empty()) {
      path.steps_.push_back(std::move(step));
      path.many_ = path.many_ || field->list;
      at = field->form == FieldForm::row ? At::rows : At::value;
      return ok();
    }
    static const std::array<std::tuple<std::string_view, Op, At>, 9> known{{
        {"unit", Op::envelope_unit, At::unit},
        {"type", Op::envelope_type, At::value},
        {"stream", Op::envelope_stream, At::value},
        {"streamId", Op::envelope_stream_id, At::value},
        {"when", Op::envelope_when, At::value},
        {"municipality", Op::envelope_municipality, At::value},
        {"case", Op::to_case, At::in_case},
        {"child", Op::to_child, At::person},
        {"household", Op::to_household, At::household},
    }};
    for (auto& [name, op, next] : known)
      if (name == s) {
        push(op);
        at = next;
        field = nullptr;
        form = op == Op::envelope_when ? FieldForm::instant : FieldForm::text;
        return ok();
      }
    std::string of;
    for (auto type : types) of += (of.empty() ? "" : " or ") + event::event_types()[type].name;
    return unknown(s, of);
  }

  Result<void> case_segment(std::string_view s) {
    static const std::array<std::tuple<std::string_view, Op, At>, 10> known{{
        {"householdUnits", Op::case_household_units, At::unit},
        {"unitsInHousehold", Op::case_units_in_household, At::value},
        {"id", Op::case_id, At::value},
        {"kind", Op::case_kind, At::value},
        {"area", Op::case_area, At::value},
        {"subject", Op::case_subject, At::person},
        {"household", Op::case_household, At::household},
        {"unit", Op::case_unit, At::unit},
        {"children", Op::case_children, At::person},
        {"district", Op::case_district, At::value},
    }};
    for (auto& [name, op, next] : known)
      if (name == s) {
        push(op);
        at = next;
        auto& opened = event::event_types()[ordinal("CaseOpened")];
        form = op == Op::case_units_in_household ? FieldForm::u32 : FieldForm::text;
        field = s == "kind" ? opened.field("caseKind") : s == "area" ? opened.field("area") : nullptr;
        return ok();
      }
    return unknown(s, "a case");
  }

  Result<void> person_segment(std::string_view s) {
    static const std::array<std::tuple<std::string_view, Op, At>, 8> known{{
        {"caseUnits", Op::person_case_units, At::unit},
        {"isMinor", Op::person_is_minor, At::value},
        {"age", Op::person_age, At::value},
        {"gender", Op::person_gender, At::value},
        {"disability", Op::person_disability, At::value},
        {"guardians", Op::person_guardians, At::person},
        {"wards", Op::person_wards, At::person},
        {"household", Op::person_household, At::household},
    }};
    for (auto& [name, op, next] : known)
      if (name == s) {
        push(op);
        at = next;
        auto& person = event::event_types()[ordinal("PersonRegistered")];
        form = op == Op::person_is_minor ? FieldForm::boolean
               : op == Op::person_age    ? FieldForm::u32
                                         : FieldForm::text;
        field = s == "gender" || s == "disability" ? person.field(s) : nullptr;
        return ok();
      }
    return unknown(s, "a person");
  }

  Result<void> household_segment(std::string_view s) {
    if (s != "minors") return unknown(s, "a household");
    push(Op::household_minors);
    form = FieldForm::text;
    field = nullptr;
    at = At::person;
    return ok();
  }

  Result<void> unit_segment(std::string_view s) {
    if (s != "kind" && s != "principal") return unknown(s, "a unit");
    push(s == "kind" ? Op::unit_kind : Op::unit_principal);
    form = FieldForm::text;
    at = At::value;
    return ok();
  }

  Result<void> value_segment(std::string_view s) {
    if (field && field->form == FieldForm::unit_id) {
      STAFETT_TRY(unit_segment(s));
      field = nullptr;
      return ok();
    }
    if (form == FieldForm::instant && s == "date") {
      push(Op::instant_date);
      form = FieldForm::date;
      field = nullptr;
      return ok();
    }
    if (form == FieldForm::date && s == "year") {
      push(Op::date_year);
      form = FieldForm::u32;
      field = nullptr;
      return ok();
    }
    if (field && field->form == FieldForm::id) {
      if (auto next = introduced_types(field->name); !next.empty()) {
        path.steps_.push_back({Op::link, {}, 0, field->name});
        types = std::move(next);
        at = At::event;
        return event_segment(s);
      }
      return person_segment(s);
    }
    return unknown(s, "\"" + path.text_ + "\"");
  }

  Result<void> segment(std::string_view s) {
    STAFETT_TRY(step(s));
    if (field) form = field->form;
    return ok();
  }

  Result<void> step(std::string_view s) {
    switch (at) {
      case At::event:
        return event_segment(s);
      case At::in_case:
        return case_segment(s);
      case At::person:
        return person_segment(s);
      case At::household:
        return household_segment(s);
      case At::unit:
        return unit_segment(s);
      case At::rows: {
        auto* m = member_of(*field, s);
        if (!m) return unknown(s, field->name);
        path.steps_.push_back({Op::member, {}, m->index, {}});
        field = m;
        at = At::value;
        return ok();
      }
      case At::value:
        return value_segment(s);
    }
    return ok();
  }

  Result<void> root(std::string_view s, const Scope& scope) {
    auto need = [&](const TypeSet& set, std::string_view why) -> Result<void> {
      if (set.empty()) return fail(ErrorCode::invalid_argument, std::string(s) + ": " + std::string(why));
      types = set;
      return ok();
    };
    if (s == "$trigger") {
      STAFETT_TRY(need(scope.trigger, "this rule is not triggered by an event"));
      push(Op::root_trigger);
    } else if (s == "$match") {
      STAFETT_TRY(need(scope.match, "only known inside \"unless\""));
      push(Op::root_match);
    } else if (s == "$subject") {
      push(Op::root_subject);
      at = At::person;
    } else if (s == "$child") {
      push(Op::root_child);
      at = At::person;
    } else if (s == "$case") {
      push(Op::root_case);
      at = At::in_case;
    } else if (s == "$year") {
      if (!scope.has_period)
        return fail(ErrorCode::invalid_argument, "$year: this rule has no calendar period");
      push(Op::root_period_year);
      at = At::value;
    } else if (s == "$periodBegin" || s == "$periodEnd") {
      if (!scope.has_period)
        return fail(ErrorCode::invalid_argument, std::string(s) + ": this rule has no calendar period");
      push(s == "$periodEnd" ? Op::root_period_end : Op::root_period_begin);
      form = FieldForm::date;
      at = At::value;
    } else if (s == "$event") {
      STAFETT_TRY(need(scope.event, "only known where a pattern looks at an event"));
      push(Op::root_event);
    } else if (s == "$start") {
      push(Op::root_start);
      form = FieldForm::instant;
      at = At::value;
    } else if (s == "$home") {
      push(Op::root_home);
      at = At::value;
    } else {
      return fail(ErrorCode::invalid_argument,
                  "\"" + std::string(s) +
                      "\" is not one of $trigger, $event, $subject, $child, $case, "
                      "$match, $year, $periodBegin, $periodEnd, $start, $home");
    }
    return ok();
  }
};

Result<Path> Path::compile(std::string_view text, const TypeSet& types, const Scope& scope) {
  Compiler c;
  c.path.text_ = text;
  c.types = types;
  bool first = true;
  for (std::size_t begin = 0; begin <= text.size();) {
    auto end = std::min(text.find('.', begin), text.size());
    auto segment = text.substr(begin, end - begin);
    if (first && segment.starts_with('$')) {
      STAFETT_TRY(c.root(segment, scope));
    } else {
      if (first) c.push(Op::root_event);
      STAFETT_TRY(c.segment(segment));
    }
    first = false;
    begin = end + 1;
  }
  if (c.at == Compiler::At::event || c.at == Compiler::At::rows)
    return fail(ErrorCode::invalid_argument, "\"" + std::string(text) + "\" does not name a value");
  c.path.form_ = c.form;
  if (c.field)
    c.path.enumerators_ = c.path.steps_.back().op == Op::field ? c.alternatives : c.field->enumerators;
  return std::move(c.path);
}

Result<void> Path::check_constant(std::string_view constant) const {
  if (form_ != FieldForm::enumerator) return ok();
  for (auto& e : enumerators_)
    if (e.name == constant) return ok();
  return fail(ErrorCode::invalid_argument,
              "\"" + std::string(constant) + "\" is not an enumerator of " + text_);
}

}  // namespace stafett::casework
