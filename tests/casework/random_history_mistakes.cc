// Mistakes and their corrections.
#include <set>

#include "casework/random_history_teller.h"

namespace stafett::history {

namespace {

std::string shifted(Teller& t, const json& time) {
  auto old = parse_instant(time.get<std::string>()).value();
  return format_local(t.chance(50) ? old + std::chrono::hours(t.number(-60, 60))
                                   : t.near(start_of_day(local_date(old))));
}

// What could have been wrong in that event; empty when nothing that matters.
json corrected_fields(Teller& t, const json& event) {
  auto type = event["type"].get<std::string>().substr(11);
  auto& data = event["data"];
  json fields = json::object();
  for (auto own : {"receivedAt", "assessedAt", "decidedAt", "concludedAt", "heldAt", "givenAt", "completedAt",
                   "answeredAt", "notifiedAt", "at"})
    if (type != "PlanActivityRecorded" && data.contains(own) && t.chance(40))
      fields[own] = shifted(t, data[own]);
  if (type == "ConcernReported" && t.chance(60))
    fields["violenceExposed"] = !data["violenceExposed"].get<bool>();
  if (type == "InvestigationDecided") {
    if (t.chance(40)) fields["outcome"] = t.pick({"open", "notOpen", "alreadyOpen"});
    if (t.chance(40)) fields["preliminaryAssessmentMade"] = !data.value("preliminaryAssessmentMade", true);
  }
  if (type == "PersonRegistered") {
    fields["birthDatePrecision"] = t.pick({"day", "month", "year"});
    if (t.chance(50))
      fields["birthDate"] =
          format_date(add_days(parse_date(data["birthDate"].get<std::string>()).value(), t.number(-40, 40)));
  }
  if (type == "FamilyRelationRecorded") {
    fields["validTo"] = format_date(add_days(t.base, t.number(-4, 4)));
    if (data.contains("validTo") && t.chance(40)) fields["validTo"] = nullptr;
  }
  if (type == "ResponsibilityAssigned") {
    if (t.chance(50)) fields["from"] = shifted(t, data["from"]);
    if (data.contains("until")) fields["until"] = nullptr;
  }
  if (type == "FeedbackGivenToChild")
    fields["decisionTold"] = !data["decisionTold"].get<bool>() && !data.value("declinedByChild", false);
  if (type == "MeetingHeld") fields["childRightsItem"] = !data["childRightsItem"].get<bool>();
  if (type == "ConsentGiven") fields["validTo"] = format_date(add_days(t.base, t.number(-5, 30)));
  if (type == "FollowUpRecorded") fields["childAsStartingPoint"] = !data["childAsStartingPoint"].get<bool>();
  if (type == "CoordinatedPlanAdopted")
    fields["nextFollowUp"] = format_date(add_days(t.base, t.number(-5, 60)));
  if (type == "RiskSituationNotified" && data.contains("plannedDate"))
    fields["plannedDate"] = t.chance(30) ? json() : json(format_date(add_days(t.base, t.number(-5, 40))));
  if (type == "SteeringDocumentAdopted")
    fields["validFrom"] = format_date(add_days(t.base, t.number(-20, 5)));
  if (type == "ChildViewRecorded") fields["source"] = t.pick({"child", "observation"});
  if (type == "ChildInformed") fields["adapted"] = !data["adapted"].get<bool>();
  if (type == "DecisionMade") fields["childAffected"] = t.pick({"yes", "no", "notAssessed"});
  if (type == "GuardiansInformed" && data.contains("reviewDate"))
    fields["reviewDate"] = format_date(add_days(t.base, t.number(5, 20)));
  return fields;
}

// A voided closing would leave a case opened twice with no closing in between: contradictory.
bool may_be_void(const json& event) {
  auto type = event["type"].get<std::string>().substr(11);
  return type != "CaseOpened" && type != "CaseClosed" && type != "EventCorrected";
}

}  // namespace

void tell_corrections(Teller& t) {
  auto count = t.events.size();
  std::set<std::int64_t> taken;
  for (int n = int(t.pick(std::vector<int>{0, 0, 1, 2, 3, 4})); n > 0; --n) {
    auto target = t.events[std::size_t(t.number(0, std::int64_t(count) - 1))];
    auto when =
        t.after(parse_instant(target["time"].get<std::string>()).value(), 15) + std::chrono::microseconds(1);
    while (!taken.insert(micros(when)).second)
      when += std::chrono::microseconds(1);  // which is the latest must be clear
    bool voids = may_be_void(target) && t.chance(20);
    auto fields = voids ? json::object() : corrected_fields(t, target);
    if (!voids && fields.empty()) continue;
    t.events.push_back(Teller::correction(target, when, t.uuid(), fields, voids));
    if (!t.chance(15)) continue;
    auto undone = when + std::chrono::hours(t.number(1, 100)) + std::chrono::microseconds(7);
    if (taken.insert(micros(undone)).second)
      t.events.push_back(Teller::correction(json(t.events.back()), undone, t.uuid(), json::object(), true));
  }
}

std::vector<Mistake> possible_mistakes(const Story& story, std::uint64_t seed) {
  Teller t(seed, {});
  t.base = story.base;
  std::vector<Mistake> out;
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    auto& event = story.events[i];
    if (event["type"] == "se.stafett.EventCorrected") continue;
    bool voids = may_be_void(event) && t.chance(25);
    auto fields = voids ? json::object() : corrected_fields(t, event);
    if (voids || !fields.empty()) out.push_back({i, fields, voids});
  }
  return out;
}

json Mistake::right(const json& event) const {
  auto out = event;
  for (auto& [name, value] : fields.items()) {
    if (value.is_null())
      out["data"].erase(name);
    else
      out["data"][name] = value;
  }
  return out;
}

json Mistake::correction(const json& event, Instant when) const {
  return Teller::correction(event, when, "00000000-0000-4000-8000-000000000000", fields, voids);
}

namespace {

// All ids that a story invents are a few letters and a number.
void rename(json& value, const std::string& prefix) {
  if (value.is_structured())
    for (auto& item : value) rename(item, prefix);
  if (!value.is_string()) return;
  auto text = value.get<std::string>();
  auto id = text.substr(text.find('/') + 1);
  auto digit = id.find_first_of("0123456789");
  bool ours = digit == 1 && id.find_first_not_of("0123456789", digit) == std::string::npos;
  if (ours) value = text.substr(0, text.size() - id.size()) + prefix + id;
}

}  // namespace

Story renamed(Story story, const std::string& prefix) {
  for (auto& event : story.events) rename(event, prefix);
  return story;
}

}  // namespace stafett::history
