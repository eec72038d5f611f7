#include "casework/path.h"

#include <algorithm>
#include <array>

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

std::string_view as_text(const Value& v) {
  return v.kind() == event::ValueKind::text ? v.text() : std::string_view{};
}

}  // namespace

// Walks the segments and keeps track of what the path stands at: an event, a case, a person, a unit, rows or
// a value.
struct Path::Compiler {
  enum class At { event, in_case, person, unit, rows, value };
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
      at = field->form == FieldForm::row ? At::rows : At::value;
      return ok();
    }
    static const std::array<std::tuple<std::string_view, Op, At>, 8> known{{
        {"unit", Op::envelope_unit, At::unit},
        {"type", Op::envelope_type, At::value},
        {"stream", Op::envelope_stream, At::value},
        {"streamId", Op::envelope_stream_id, At::value},
        {"when", Op::envelope_when, At::value},
        {"municipality", Op::envelope_municipality, At::value},
        {"case", Op::to_case, At::in_case},
        {"child", Op::to_child, At::person},
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
    static const std::array<std::tuple<std::string_view, Op, At>, 9> known{{
        {"unitsInHousehold", Op::case_units_in_household, At::value},
        {"id", Op::case_id, At::value},
        {"kind", Op::case_kind, At::value},
        {"area", Op::case_area, At::value},
        {"subject", Op::case_subject, At::person},
        {"household", Op::case_household, At::value},
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
    static const std::array<std::tuple<std::string_view, Op, At>, 6> known{{
        {"isMinor", Op::person_is_minor, At::value},
        {"age", Op::person_age, At::value},
        {"gender", Op::person_gender, At::value},
        {"disability", Op::person_disability, At::value},
        {"guardians", Op::person_guardians, At::person},
        {"household", Op::person_household, At::value},
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

  Result<void> value_segment(std::string_view s) {
    if (field && field->form == FieldForm::unit_id && s == "kind") {
      push(Op::unit_kind);
      form = FieldForm::text;
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
      case At::unit:
        if (s != "kind") return unknown(s, "a unit");
        push(Op::unit_kind);
        form = FieldForm::text;
        at = At::value;
        return ok();
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
    } else if (s == "$case") {
      push(Op::root_case);
      at = At::in_case;
    } else if (s == "$year") {
      if (!scope.has_period)
        return fail(ErrorCode::invalid_argument, "$year: this rule has no calendar period");
      push(Op::root_period_year);
      at = At::value;
    } else {
      return fail(ErrorCode::invalid_argument,
                  "\"" + std::string(s) + "\" is not one of $trigger, $subject, $case, $match, $year");
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

void Path::evaluate(const Fact* event, const Binding& b, Values& out) const {
  const Fact* at_event = event;
  const CaseFacts* at_case = nullptr;
  Values values;
  Instant when = b.start;
  auto texts = [&](std::string_view s) {
    values.clear();
    if (!s.empty()) values.push_back(Value::of(s));
  };
  for (auto& step : steps_) {
    switch (step.op) {
      case Op::root_event:
        at_event = event;
        if (event) when = event->when;
        break;
      case Op::root_trigger:
        at_event = b.trigger;
        if (b.trigger) when = b.trigger->when;
        break;
      case Op::root_match:
        at_event = b.match;
        if (b.match) when = b.match->when;
        break;
      case Op::root_subject:
        texts(b.subject);
        break;
      case Op::root_case:
        at_case = b.in_case;
        texts(at_case ? at_case->id : std::string_view{});
        break;
      case Op::root_period_year:
        values.clear();
        if (b.period) values.push_back(Value::of(std::int64_t{b.period->year}));
        break;
      case Op::field:
        values.clear();
        if (at_event)
          for (auto& [type, index] : step.fields)
            if (type == at_event->type()) {
              auto& v = at_event->fields[index];
              if (v.kind() == event::ValueKind::list)
                values.insert(values.end(), v.items().begin(), v.items().end());
              else if (v.present())
                values.push_back(v);
            }
        break;
      case Op::member: {
        Values members;
        for (auto& row : values)
          if (row.kind() == event::ValueKind::row && row.items()[step.member].present())
            members.push_back(row.items()[step.member]);
        values = members;
        break;
      }
      case Op::envelope_unit:
        texts(at_event ? at_event->event->source : std::string_view{});
        break;
      case Op::envelope_type:
        texts(at_event ? std::string_view(at_event->event->event_type().name) : std::string_view{});
        break;
      case Op::envelope_stream:
        texts(at_event ? at_event->event->stream : std::string_view{});
        break;
      case Op::envelope_stream_id:
        texts(at_event ? at_event->event->stream_id() : std::string_view{});
        break;
      case Op::envelope_municipality:
        texts(at_event ? at_event->event->municipality : std::string_view{});
        break;
      case Op::envelope_when:
        values.clear();
        if (at_event) values.push_back(Value::of(at_event->when));
        break;
      case Op::to_case:
        at_case = at_event ? at_event->in_case : nullptr;
        texts(at_case ? at_case->id : std::string_view{});
        break;
      case Op::to_child: {
        auto child = at_event ? child_of(*at_event) : std::string_view{};
        texts(child);
        break;
      }
      case Op::case_id:
        texts(at_case ? at_case->id : std::string_view{});
        break;
      case Op::case_kind:
        texts(at_case ? at_case->kind : std::string_view{});
        break;
      case Op::case_area:
        texts(at_case ? at_case->area : std::string_view{});
        break;
      case Op::case_subject:
        texts(at_case ? at_case->subject : std::string_view{});
        break;
      case Op::case_household:
        texts(at_case ? at_case->household : std::string_view{});
        break;
      case Op::case_district:
        texts(at_case ? at_case->district : std::string_view{});
        break;
      case Op::case_unit:
        texts(at_case ? at_case->unit_at(when) : std::string_view{});
        break;
      case Op::case_units_in_household:
        values.clear();
        if (at_case)
          values.push_back(Value::of(
              static_cast<std::int64_t>(b.world->units_of_household(at_case->household, when).size())));
        break;
      case Op::case_children:
        values.clear();
        if (at_case)
          for (auto id : b.world->children_of(*at_case, when)) values.push_back(Value::of(id));
        break;
      case Op::person_is_minor:
        for (auto& v : values) v = Value::of(b.world->is_minor(as_text(v), local_date(when)));
        break;
      case Op::person_age: {
        Values ages;
        for (auto& v : values)
          if (auto* p = b.world->person(as_text(v)))
            ages.push_back(Value::of(std::int64_t{age_on(p->birth_date, local_date(when))}));
        values = ages;
        break;
      }
      case Op::person_gender:
      case Op::person_disability: {
        Values attributes;
        for (auto& v : values)
          if (auto* p = b.world->person(as_text(v)))
            if (auto a = step.op == Op::person_gender ? p->gender : p->disability; !a.empty())
              attributes.push_back(Value::of(a));
        values = attributes;
        break;
      }
      case Op::person_guardians: {
        Values guardians;
        for (auto& v : values)
          for (auto g : b.world->guardians(as_text(v), local_date(when))) guardians.push_back(Value::of(g));
        values = guardians;
        break;
      }
      case Op::person_household: {
        Values households;
        for (auto& v : values)
          if (auto h = b.world->household_of(as_text(v)); !h.empty()) households.push_back(Value::of(h));
        values = households;
        break;
      }
      case Op::unit_kind:
        for (auto& v : values) v = Value::of(unit_kind(as_text(v)));
        break;
      case Op::instant_date:
        for (auto& v : values) v = Value::of(local_date(v.instant()));
        break;
      case Op::date_year:
        for (auto& v : values) v = Value::of(std::int64_t{static_cast<int>(civil(v.date()).year())});
        break;
      case Op::link:
        at_event = values.empty() ? nullptr : b.world->introduced(step.name, as_text(values.front()));
        break;
    }
  }
  out.insert(out.end(), values.begin(), values.end());
}

}  // namespace stafett::casework
