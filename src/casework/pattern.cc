#include "casework/pattern.h"

#include <algorithm>

namespace stafett::casework {
namespace {

using event::ValueKind;

// Dates and instants compare by local date when they meet; all else compares within its kind.
std::optional<std::int64_t> order_key(const Value& v, bool as_dates) {
  switch (v.kind()) {
    case ValueKind::instant:
      return as_dates ? local_date(v.instant()).days : v.number();
    case ValueKind::date:
    case ValueKind::number:
    case ValueKind::boolean:
      return v.number();
    default:
      return std::nullopt;
  }
}

template <class Compare>
bool ordered(const Values& left, const Values& right, Compare compare) {
  for (auto& l : left)
    for (auto& r : right) {
      bool mixed = (l.kind() == ValueKind::date) != (r.kind() == ValueKind::date);
      auto a = order_key(l, mixed), b = order_key(r, mixed);
      if (a && b && compare(*a, *b)) return true;
    }
  return false;
}

bool contains(const Values& values, const Value& wanted) {
  return std::find(values.begin(), values.end(), wanted) != values.end();
}

bool same_household(const Fact& event, const Binding& b) {
  auto household = b.in_case   ? b.in_case->household
                   : b.trigger ? household_of(*b.trigger)
                               : std::string_view{};
  return !household.empty() && household_of(event) == household;
}

}  // namespace

Operand Operand::constant(std::string text) {
  Operand o;
  o.text_ = std::make_shared<const std::string>(std::move(text));
  o.constant_ = Value::of(std::string_view(*o.text_));
  return o;
}

Operand Operand::constant(Value value) {
  Operand o;
  o.constant_ = value;
  return o;
}

Operand Operand::reference(Path path) {
  Operand o;
  o.path_ = std::move(path);
  return o;
}

void Operand::evaluate(const Fact* event, const Binding& binding, Values& out) const {
  if (path_)
    path_->evaluate(event, binding, out);
  else
    out.push_back(constant_);
}

bool Operand::has(const Value& wanted, const Fact& event, const Binding& binding) const {
  if (!path_) return constant_ == wanted;
  Values values;
  path_->evaluate(&event, binding, values);
  return contains(values, wanted);
}

bool Condition::holds(const Fact& event, const Binding& binding) const {
  if (auto* value = op == Op::any_of ? path.field_of(event) : nullptr) {  // most conditions
    if (!value->present()) return or_absent;
    return std::any_of(operands.begin(), operands.end(),
                       [&](auto& operand) { return operand.has(*value, event, binding); });
  }
  Values left;
  path.evaluate(&event, binding, left);
  if (op == Op::present) return left.empty() != wanted;
  if (left.empty() && or_absent) return true;
  if (op == Op::any_of && left.empty()) return false;
  Values right;
  for (auto& operand : operands) operand.evaluate(&event, binding, right);
  auto shared = [&] {
    return std::any_of(left.begin(), left.end(), [&](auto& v) { return contains(right, v); });
  };
  switch (op) {
    case Op::any_of:
      return shared();
    case Op::none_of:
      return !shared();
    case Op::has_all:
      return !right.empty() &&
             std::all_of(right.begin(), right.end(), [&](auto& v) { return contains(left, v); });
    case Op::at_least:
      return ordered(left, right, std::greater_equal<>());
    case Op::at_most:
      return ordered(left, right, std::less_equal<>());
    case Op::before:
      return ordered(left, right, std::less<>());
    case Op::after:
      return ordered(left, right, std::greater<>());
    case Op::present:
      break;
  }
  return false;
}

bool Pattern::holds(const Fact& event, const Binding& binding) const {
  auto matches = [&](const Pattern& p) { return p.holds(event, binding); };
  return std::all_of(all.begin(), all.end(), [&](auto& c) { return c.holds(event, binding); }) &&
         std::all_of(any.begin(), any.end(),
                     [&](auto& group) { return std::any_of(group.begin(), group.end(), matches); }) &&
         std::none_of(none.begin(), none.end(), matches);
}

bool EventPattern::holds(const Fact& event, const Binding& binding) const {
  return std::binary_search(types.begin(), types.end(), event.type()) && holds_of_type(event, binding);
}

bool EventPattern::holds_of_type(const Fact& event, const Binding& binding) const {
  if (in != In::family) {
    bool here = binding.in_case ? event.in_case == binding.in_case
                                : !binding.trigger || event.event->stream == binding.trigger->event->stream;
    if (!here && !(in == In::household && same_household(event, binding))) return false;
  }
  return counts(event, binding);
}

bool EventPattern::counts(const Fact& event, const Binding& binding) const {
  if (valid_from || valid_to) {
    auto today = local_date(binding.world->at());
    Values from, to;
    if (valid_from) valid_from->evaluate(&event, binding, from);
    if (valid_to) valid_to->evaluate(&event, binding, to);
    if (!from.empty() && today < from.front().date()) return false;
    if (!to.empty() && today >= to.front().date()) return false;
  }
  return where.holds(event, binding);
}

}  // namespace stafett::casework
