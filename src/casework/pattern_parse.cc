#include <nlohmann/json.hpp>

#include "casework/pattern.h"

namespace stafett::casework {
namespace {

using event::FieldForm;
using nlohmann::json;

auto malformed(const Place& place, std::string message) {
  return fail(ErrorCode::invalid_argument, place + ": " + message, place);
}

std::optional<Condition::Op> operator_named(std::string_view name) {
  using Op = Condition::Op;
  static const std::pair<std::string_view, Op> names[] = {
      {"not", Op::none_of},    {"hasAll", Op::has_all}, {"present", Op::present}, {"atLeast", Op::at_least},
      {"atMost", Op::at_most}, {"before", Op::before},  {"after", Op::after},     {"orAbsent", Op::any_of},
  };
  for (auto& [n, op] : names)
    if (n == name) return op;
  return std::nullopt;
}

Result<Condition> parse_condition(const std::string& path, const json& j, const Place& place,
                                  const TypeSet& types, const Scope& scope) {
  Condition c;
  auto compiled = Path::compile(path, types, scope);
  if (!compiled) return fail(at_place(compiled.error(), place));
  c.path = std::move(compiled.value());
  const json* operands = &j;
  if (j.is_object()) {
    if (j.size() != 1) return malformed(place, "a condition has exactly one operator");
    auto op = operator_named(j.begin().key());
    if (!op)
      return malformed(
          place,
          "\"" + j.begin().key() +
              "\" is not an operator (not, hasAll, present, atLeast, atMost, before, after, orAbsent)");
    c.op = *op;
    c.or_absent = j.begin().key() == "orAbsent";
    operands = &j.begin().value();
  }
  if (c.op == Condition::Op::present) {
    if (!operands->is_boolean()) return malformed(place, "present takes true or false");
    c.wanted = operands->get<bool>();
    return c;
  }
  if (operands->is_array() && operands->empty()) return malformed(place, "an empty list never matches");
  if (operands->is_array()) {
    for (std::size_t i = 0; i < operands->size(); ++i) {
      STAFETT_TRY(auto operand,
                  parse_operand((*operands)[i], place + "[" + std::to_string(i) + "]", &c.path, scope));
      c.operands.push_back(std::move(operand));
    }
  } else {
    STAFETT_TRY(auto operand, parse_operand(*operands, place, &c.path, scope));
    c.operands.push_back(std::move(operand));
  }
  return c;
}

}  // namespace

Error at_place(Error error, const Place& place) {
  error.message = place + ": " + error.message;
  error.field = place;
  return error;
}

Result<void> only_members(const json& j, const Place& place, std::initializer_list<std::string_view> known) {
  if (!j.is_object()) return malformed(place, "an object belongs here");
  for (auto& [key, value] : j.items())
    if (std::find(known.begin(), known.end(), key) == known.end())
      return malformed(place.empty() ? key : place + "." + key, "not a member that is known here");
  return ok();
}

Result<Operand> parse_operand(const json& j, const Place& place, const Path* compared, const Scope& scope) {
  auto wants_text = [&] {
    if (!compared) return false;
    switch (compared->form()) {
      case FieldForm::id:
      case FieldForm::unit_id:
      case FieldForm::code:
      case FieldForm::enumerator:
      case FieldForm::uuid:
        return true;
      default:
        return false;
    }
  };
  if (!j.is_string() && wants_text())
    return malformed(place, "a text belongs here: " + compared->text() + " holds texts");
  if (j.is_boolean()) return Operand::constant(Value::of(j.get<bool>()));
  if (j.is_number_integer()) return Operand::constant(Value::of(j.get<std::int64_t>()));
  if (!j.is_string()) return malformed(place, "a text, a whole number, true or false belongs here");
  auto text = j.get<std::string>();
  if (text.starts_with('$')) {
    auto path = Path::compile(text, {}, scope);
    if (!path) return fail(at_place(path.error(), place));
    return Operand::reference(std::move(path.value()));
  }
  if (compared) {
    if (auto checked = compared->check_constant(text); !checked)
      return fail(at_place(checked.error(), place));
    if (compared->form() == FieldForm::date) {
      auto date = parse_date(text);
      if (!date) return fail(at_place(date.error(), place));
      return Operand::constant(Value::of(date.value()));
    }
    if (compared->form() == FieldForm::instant) {
      auto t = parse_time_argument(text);
      if (!t) return fail(at_place(t.error(), place));
      return Operand::constant(Value::of(t.value()));
    }
    if (compared->form() == FieldForm::boolean || compared->form() == FieldForm::u32)
      return malformed(place,
                       "a text where a " +
                           std::string(compared->form() == FieldForm::u32 ? "number" : "true or false") +
                           " belongs");
  }
  return Operand::constant(std::move(text));
}

Result<Path> path_at(const json& j, const Place& place, const TypeSet& types, const Scope& scope) {
  if (!j.is_string()) return malformed(place, "a path belongs here");
  auto path = Path::compile(j.get<std::string>(), types, scope);
  if (!path) return fail(at_place(path.error(), place));
  return std::move(path.value());
}

Result<int> whole_number(const json& j, const Place& place) {
  if (!j.is_number_integer() || j.get<std::int64_t>() < 0 || j.get<std::int64_t>() > 100000)
    return malformed(place, "a whole number from 0 to 100000 belongs here");
  return j.get<int>();
}

Result<Pattern> parse_pattern(const json& j, const Place& place, const TypeSet& types, const Scope& outer) {
  auto scope = outer;
  scope.event = types;
  if (!j.is_object()) return malformed(place, "a pattern is an object from paths to conditions");
  Pattern p;
  for (auto& [key, value] : j.items()) {
    auto here = place + "." + key;
    if (key == "any") {
      if (!value.is_array() || value.empty()) return malformed(here, "a list of patterns belongs here");
      auto& group = p.any.emplace_back();
      for (std::size_t i = 0; i < value.size(); ++i) {
        STAFETT_TRY(auto one, parse_pattern(value[i], here + "[" + std::to_string(i) + "]", types, scope));
        group.push_back(std::move(one));
      }
    } else if (key == "not") {
      STAFETT_TRY(auto one, parse_pattern(value, here, types, scope));
      p.none.push_back(std::move(one));
    } else {
      STAFETT_TRY(auto condition, parse_condition(key, value, here, types, scope));
      p.all.push_back(std::move(condition));
    }
  }
  return p;
}

Result<TypeSet> parse_event_types(const json& j, const Place& place) {
  TypeSet types;
  if (j == "*") {  // any event that tells something about the world: all but corrections
    for (auto& type : event::event_types())
      if (type.name != "EventCorrected") types.push_back(type.ordinal);
    return types;
  }
  auto add = [&](const json& name, const Place& here) -> Result<void> {
    auto* type = name.is_string() ? event::find_event_type(name.get<std::string>()) : nullptr;
    if (!type) return malformed(here, name.dump() + " is not an event type");
    types.push_back(type->ordinal);
    return ok();
  };
  if (j.is_array()) {
    for (std::size_t i = 0; i < j.size(); ++i) {
      STAFETT_TRY(add(j[i], place + "[" + std::to_string(i) + "]"));
    }
  } else {
    STAFETT_TRY(add(j, place));
  }
  std::sort(types.begin(), types.end());
  return types;
}

Result<EventPattern> parse_event_pattern(const json& j, const Place& place, const Scope& scope) {
  if (!j.is_object() || !j.contains("event")) return malformed(place, "needs a member \"event\"");
  EventPattern p;
  STAFETT_TRY(auto types, parse_event_types(j["event"], place + ".event"));
  p.types = std::move(types);
  if (j.contains("where")) {
    STAFETT_TRY(auto where, parse_pattern(j["where"], place + ".where", p.types, scope));
    p.where = std::move(where);
    auto subject_only = [](const json& pattern, const char* path) {
      return pattern.value(path, json()) == "$subject";
    };
    p.about_subject = subject_only(j["where"], "child") || subject_only(j["where"], "childId");
  }
  if (j.contains("validNow")) {
    auto here = place + ".validNow";
    STAFETT_TRY(only_members(j["validNow"], here, {"from", "to"}));
    for (auto& [name, path] : {std::pair{"from", &p.valid_from}, std::pair{"to", &p.valid_to}})
      if (j["validNow"].contains(name)) {
        STAFETT_TRY(auto compiled, path_at(j["validNow"][name], here + "." + name, p.types, scope));
        if (compiled.form() != FieldForm::date)
          return malformed(here + "." + name, "a field with a date belongs here");
        *path = std::move(compiled);
      }
  }
  if (j.contains("in")) {
    if (j["in"] == "family")
      p.in = EventPattern::In::family;
    else if (j["in"] == "household")
      p.in = EventPattern::In::household;
    else if (j["in"] != "case")
      return malformed(place + ".in", "\"case\", \"household\" or \"family\" belongs here");
  }
  return p;
}

}  // namespace stafett::casework
