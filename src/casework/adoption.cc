#include "stafett/casework/adoption.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "stafett/core/calendar.h"

namespace stafett::casework {

Result<event::NewEvent> adoption_event(const RuleSet& set, std::string_view json, const event::EventId& id,
                                       Instant now) {
  using nlohmann::ordered_json;
  auto today = local_date(now);
  ordered_json rules = ordered_json::array();
  for (auto& rule : set.rules) {
    ordered_json row{{"ruleId", rule.id}, {"severity", std::string(to_string(rule.severity))}};
    if (!rule.limit.english.empty()) row["limit"] = rule.limit.english;
    if (auto ref = rule.legal_ref_at(today); !ref.empty()) row["legalRef"] = std::string(ref);
    rules.push_back(std::move(row));
  }
  ordered_json data{{"ruleSetId", set.id}, {"inForceFrom", format_date(set.in_force_from)}};
  if (set.in_force_to < make_date(9999, 12, 31)) data["inForceTo"] = format_date(set.in_force_to);
  if (set.municipality != "0000") data["municipality"] = set.municipality;
  if (!set.replaces.empty()) data["replaces"] = set.replaces;
  data["rules"] = std::move(rules);
  data["definition"] = std::string(json);
  ordered_json event{{"specversion", "1.0"},
                     {"id", event::format_event_id(id)},
                     {"type", "se.stafett.RuleSetAdopted"},
                     {"source", "stafett/centralAdministration"},
                     {"subject", "rules/" + set.id},
                     {"time", format_local(now)},
                     {"municipality", set.municipality},
                     {"actor", "system"},
                     {"actorrole", "system"},
                     {"data", std::move(data)}};
  return event::parse_json(event.dump());
}

Result<void> may_adopt(const RuleSet& set, const RuleBook& known) {
  auto refused = [](const std::string& place, const std::string& why) {
    return fail(ErrorCode::invalid_argument, place + ": " + why, place);
  };
  auto& sets = known.sets();
  if (!set.replaces.empty() &&
      std::none_of(sets.begin(), sets.end(), [&](auto& s) { return s.set->id == set.replaces; }))
    return refused("replaces", "there is no rule set " + set.replaces);
  for (std::size_t n = 0; n < set.indicators.size(); ++n) {
    auto& id = set.indicators[n].id;
    auto* other = known.indicator(id);
    if (other && set.municipality != "0000" && other->municipality != set.municipality)
      return refused("indicators[" + std::to_string(n) + "].id",
                     id + " is an indicator of another set; a municipality's own needs an id of its own");
  }
  return ok();
}

std::string_view adopted_definition(const event::RecordedEvent& e) {
  static const auto* type = event::find_event_type("RuleSetAdopted");
  if (e.type != type->ordinal) return {};
  auto& v = e.fields[type->field("definition")->index];
  return v.present() ? v.text() : std::string_view{};
}

}  // namespace stafett::casework
