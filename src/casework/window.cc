#include "casework/clause.h"

namespace stafett::casework {

const Fact* Window::ended_by(const Binding& b) const {
  return b.world->first_since(b.start, event->types,
                              [&](auto& f) { return &f != b.trigger && event->holds(f, b); });
}

std::optional<Instant> Window::due(const Binding& b, const std::vector<Date>& holidays) const {
  auto day = [&] { return local_date(b.start); };
  auto end_of_day = [](Date date) { return start_of_day(add_days(date, 1)); };
  auto date_in_field = [&]() -> std::optional<Date> {
    Values values;
    field->evaluate(b.trigger, b, values);
    if (values.empty()) return std::nullopt;
    return values.front().kind() == event::ValueKind::instant ? local_date(values.front().instant())
                                                              : values.front().date();
  };
  switch (kind) {
    case Kind::open_ended:
      return std::nullopt;
    case Kind::days:
      return end_of_day(add_days(day(), n));
    case Kind::months:
      return end_of_day(add_months(day(), n));
    case Kind::working_days:
      return end_of_day(add_working_days(day(), n, holidays));
    case Kind::hours:
      return b.start + std::chrono::hours(n);
    case Kind::at_once:
    case Kind::before:
      return b.start;
    case Kind::on_date:
      return end_of_day(named_date);
    case Kind::end_of:
      if (auto date = date_in_field()) return end_of_day(*date);
      return std::nullopt;
    case Kind::start_of:
      if (auto date = date_in_field()) return start_of_day(*date);
      return std::nullopt;
    case Kind::until:
      if (auto* f = ended_by(b)) return f->when;
      return std::nullopt;
    case Kind::period_end:
      return start_of_day(add_days(b.period->end, n));
    case Kind::first_of: {
      std::optional<Instant> first;
      for (auto& part : parts)
        if (auto t = part.due(b, holidays); t && (!first || *t < *first)) first = t;
      return first;
    }
    case Kind::choice:
      return parts[condition->holds(*b.trigger, b) ? 0 : 1].due(b, holidays);
  }
  return std::nullopt;
}

}  // namespace stafett::casework
