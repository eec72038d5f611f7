#include "casework/path.h"

namespace stafett::casework {
namespace {

std::string_view as_text(const Value& v) {
  return v.kind() == event::ValueKind::text ? v.text() : std::string_view{};
}

}  // namespace

const Value* Path::field_of(const Fact& event) const {
  if (many_ || steps_.size() != 2 || steps_[0].op != Op::root_event || steps_[1].op != Op::field)
    return nullptr;
  for (auto& [type, index] : steps_[1].fields)
    if (type == event.type())
      return event.fields[index].kind() == event::ValueKind::list ? nullptr : &event.fields[index];
  return nullptr;
}

void Path::evaluate(const Fact* event, const Binding& b, Values& out) const {
  if (steps_.size() == 2 && steps_[0].op == Op::root_event && steps_[1].op == Op::field) {  // most paths
    if (!event) return;
    for (auto& [type, index] : steps_[1].fields) {
      if (type != event->type()) continue;
      auto& v = event->fields[index];
      if (v.kind() == event::ValueKind::list)
        out.insert(out.end(), v.items().begin(), v.items().end());
      else if (v.present())
        out.push_back(v);
    }
    return;
  }
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
      case Op::root_child:
        texts(b.child);
        break;
      case Op::root_case:
        at_case = b.in_case;
        texts(at_case ? at_case->id : std::string_view{});
        break;
      case Op::root_period_year:
        values.clear();
        if (b.period) values.push_back(Value::of(std::int64_t{b.period->year}));
        break;
      case Op::root_period_begin:
      case Op::root_period_end:
        values.clear();
        if (b.period)
          values.push_back(Value::of(step.op == Op::root_period_end ? b.period->end : b.period->begin));
        break;
      case Op::root_start:
        values.clear();
        values.push_back(Value::of(b.start));
        break;
      case Op::root_home:
        texts(b.world->home_id());
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
      case Op::to_household:
        texts(at_event ? household_of(*at_event) : std::string_view{});
        break;
      case Op::household_minors: {
        auto household = values.empty() ? std::string_view{} : as_text(values.front());
        values.clear();
        for (auto id : b.world->household_minors(household, local_date(when)))
          values.push_back(Value::of(id));
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
      case Op::case_household_units:
        values.clear();
        if (at_case)
          for (auto u : b.world->units_of_household(at_case->household, when)) values.push_back(Value::of(u));
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
            ages.push_back(Value::of(std::int64_t{p->age_on(local_date(when))}));
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
      case Op::person_guardians:
      case Op::person_wards: {
        Values others;
        for (auto& v : values)
          for (auto id : step.op == Op::person_wards ? b.world->wards(as_text(v), local_date(when))
                                                     : b.world->guardians(as_text(v), local_date(when)))
            others.push_back(Value::of(id));
        values = others;
        break;
      }
      case Op::person_household: {
        Values households;
        for (auto& v : values)
          if (auto h = b.world->household_of(as_text(v)); !h.empty()) households.push_back(Value::of(h));
        values = households;
        break;
      }
      case Op::person_case_units: {
        Values units;
        for (auto& v : values)
          for (auto u : b.world->case_units_of(as_text(v), when)) units.push_back(Value::of(u));
        values = units;
        break;
      }
      case Op::unit_kind:
        for (auto& v : values) v = Value::of(unit_kind(as_text(v)));
        break;
      case Op::unit_principal:
        for (auto& v : values) v = Value::of(as_text(v).substr(0, as_text(v).find('/')));
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
