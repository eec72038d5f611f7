#include "stafett/casework/frozen_figures.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "stafett/core/assert.h"

namespace stafett::casework {
namespace {

using event::Value;
using nlohmann::ordered_json;

constexpr std::size_t lines_max = 10'000;  // of a list in an event

const event::EventType& type() {
  static const auto& type = *event::find_event_type("StatisticsFrozen");
  return type;
}

ordered_json to_json(const Figure& f) {
  ordered_json out{{"indicator", f.indicator}, {"group", ordered_json::object()}};
  for (auto& [dimension, value] : f.group) out["group"][dimension] = value;
  auto put = [&](const char* name, auto& value) {
    if (value) out[name] = *value;
  };
  put("numerator", f.numerator);
  put("denominator", f.denominator);
  put("pending", f.pending);
  put("waived", f.waived);
  put("value", f.value);
  put("median", f.median);
  put("p90", f.p90);
  out["suppressed"] = f.suppressed;
  out["show"] = f.show;
  return out;
}

// The members of a line by their names in the schema.
class Row {
 public:
  explicit Row(const Value& row) : members_(row.items()) {}

  const Value& operator[](std::string_view name) const {
    for (auto& field : type().field("figures")->members)
      if (field.name == name) return members_[field.index];
    STAFETT_ASSERT(false);
    return members_.front();
  }
  std::optional<double> real(std::string_view name) const {
    auto& v = (*this)[name];
    return v.present() ? std::optional(v.real()) : std::nullopt;
  }
  std::optional<std::uint64_t> count(std::string_view name) const {
    auto& v = (*this)[name];
    return v.present() ? std::optional(static_cast<std::uint64_t>(v.number())) : std::nullopt;
  }

 private:
  std::span<const Value> members_;
};

Figure figure(const Value& value) {
  Row row(value);
  Figure f;
  f.indicator = row["indicator"].text();
  // A dimension's value is kept as JSON text.
  for (auto& entry : row["group"].items()) {
    auto text = nlohmann::json::parse(entry.items()[1].text(), nullptr, false);
    f.group.emplace(entry.items()[0].text(), text.is_string() ? text.get<std::string>() : std::string());
  }
  f.numerator = row.real("numerator");
  f.denominator = row.real("denominator");
  f.pending = row.count("pending");
  f.waived = row.count("waived");
  f.value = row.real("value");
  f.median = row.real("median");
  f.p90 = row.real("p90");
  f.suppressed = row["suppressed"].boolean();
  f.show = row["show"].text();
  return f;
}

}  // namespace

Result<event::NewEvent> freezing_event(const FrozenFigures& frozen, const std::string& unit,
                                       const std::string& municipality, const event::EventId& id,
                                       Instant now) {
  if (frozen.figures.size() > lines_max)
    return fail(ErrorCode::too_large, "more than " + std::to_string(lines_max) +
                                          " lines to freeze: take fewer indicators or dimensions");
  ordered_json data{{"periodFrom", format_date(frozen.period.from)},
                    {"periodTo", format_date(frozen.period.to)},
                    {"judgedAt", format_local(frozen.at)},
                    {"size", std::to_string(frozen.size.value)},
                    {"ruleSet", frozen.rule_set},
                    {"threshold", frozen.threshold},
                    {"figures", ordered_json::array()}};
  for (auto& f : frozen.figures) data["figures"].push_back(to_json(f));
  ordered_json event{{"specversion", "1.0"},
                     {"id", event::format_event_id(id)},
                     {"type", "se.stafett.StatisticsFrozen"},
                     {"source", unit},
                     {"subject", "unit/" + unit},
                     {"time", format_local(now)},
                     {"municipality", municipality},
                     {"actor", "system"},
                     {"actorrole", "system"},
                     {"data", std::move(data)}};
  return event::parse_json(event.dump());
}

bool is_frozen_figures(const event::RecordedEvent& e) { return e.type == type().ordinal; }

FrozenFigures frozen_figures(const event::RecordedEvent& e) {
  STAFETT_ASSERT(is_frozen_figures(e));
  auto field = [&](const char* name) -> const Value& { return e.fields[type().field(name)->index]; };
  FrozenFigures out;
  out.period = {field("periodFrom").date(), field("periodTo").date()};
  out.at = field("judgedAt").instant();
  // Whoever appends the event by other means may have written what is no number.
  auto size = field("size").text();
  std::from_chars(size.data(), size.data() + size.size(), out.size.value);
  out.rule_set = field("ruleSet").text();
  out.threshold = static_cast<std::uint32_t>(field("threshold").number());
  for (auto& line : field("figures").items()) out.figures.push_back(figure(line));
  return out;
}

}  // namespace stafett::casework
