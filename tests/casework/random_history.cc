#include "casework/random_history.h"

#include <algorithm>
#include <map>

#include "casework/random_history_teller.h"

namespace stafett::history {

namespace {

// Days that calendars stumble over: month ends that clip, leap days, both changes of clocks, the turn of the
// year, the day a rule came into force.
const std::vector<const char*> hard_days = {
    "2019-10-31", "2020-02-28", "2020-02-29", "2019-02-28", "2019-03-31", "2019-10-27", "2020-03-29",
    "2020-10-25", "2019-12-31", "2020-01-01", "2014-09-30", "2014-10-01", "2019-05-31", "2019-06-30"};

Instant time_of(const json& event) { return parse_instant(event["time"].get<std::string>()).value(); }

bool is_opening(const json& event) { return event["type"] == "se.stafett.CaseOpened"; }

}  // namespace

Teller::Teller(std::uint64_t seed, const Wishes& w) : wishes(w), random_(seed) {
  base = chance(70) ? parse_date(pick(hard_days)).value() : Date{std::int32_t(number(17700, 18700))};
  if (chance(50)) base = add_days(base, number(-3, 3));
}

std::int64_t Teller::number(std::int64_t from, std::int64_t to) {
  return from + std::int64_t(random_() % std::uint64_t(to - from + 1));
}

Instant Teller::on(Date day) {
  auto midnight = start_of_day(day);
  switch (number(0, 9)) {
    case 0:
      return midnight;
    case 1:
      return midnight + std::chrono::seconds(1);
    case 2:
      return start_of_day(add_days(day, 1)) - std::chrono::seconds(1);
    case 3:
      return midnight + std::chrono::minutes(number(60, 240));
    default:
      return midnight + std::chrono::minutes(number(7 * 60, 18 * 60));
  }
}

Instant Teller::near(Instant limit) {
  switch (number(0, 9)) {
    case 0:
      return limit;
    case 1:
      return limit - std::chrono::microseconds(1);
    case 2:
      return limit - std::chrono::seconds(1);
    case 3:
      return limit + std::chrono::seconds(1);
    case 4:
      return limit + std::chrono::hours(number(1, 72));
    case 5:
      return limit - std::chrono::hours(1);
    default:
      return limit - std::chrono::hours(number(1, 96));
  }
}

std::string Teller::uuid() {
  static const char* hex = "0123456789abcdef";
  std::string id = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
  for (auto& c : id)
    if (c == 'x') c = hex[number(0, 15)];
  return id;
}

void Teller::tell(const char* type, const std::string& stream, const std::string& unit, Instant when,
                  json data, const char* own) {
  auto time = when;
  if (own) {
    data[own] = format_local(when);
    if (chance(12)) time = after(when, 4);
    if (chance(1)) time = when - std::chrono::hours(number(1, 30));
  }
  events.push_back({{"specversion", "1.0"},
                    {"id", uuid()},
                    {"type", std::string("se.stafett.") + type},
                    {"source", unit},
                    {"subject", stream},
                    {"time", format_local(time)},
                    {"municipality", "1814"},
                    {"actor", "s-1"},
                    {"actorrole", "childCaseworker"},
                    {"data", std::move(data)}});
}

json Teller::correction(const json& event, Instant when, const std::string& id, json fields, bool voids) {
  json data = {
      {"correctsEventId", event["id"]}, {"reason", "inputError"}, {"correctedFields", std::move(fields)}};
  if (voids) data["voids"] = true;
  json out = event;
  out["id"] = id;
  out["type"] = "se.stafett.EventCorrected";
  out["time"] = format_local(when);
  out["data"] = std::move(data);
  return out;
}

Story random_story(std::uint64_t seed, const Wishes& wishes) {
  Teller teller(seed, wishes);
  int households = wishes.households ? wishes.households : int(teller.pick(std::vector<int>{1, 1, 1, 2, 3}));
  std::vector<Household> all;
  for (int h = 1; h <= households; ++h) {
    auto household = tell_household(teller, h);
    for (auto& child : household.children)
      if (teller.chance(80 / households + 10)) tell_child_case(teller, household, child);
    while (teller.chance(50) && household.cases.size() < 5) tell_adult_case(teller, household);
    for (auto more : {tell_collaboration, tell_consents, tell_dangers, tell_measures, tell_sip})
      if (teller.chance(30)) more(teller, household);
    all.push_back(std::move(household));
  }
  if (wishes.governance) {
    if (teller.chance(15)) tell_team(teller, all);
    if (teller.chance(25)) tell_forum(teller);
    if (teller.chance(40)) tell_agreement(teller);
    for (auto more : {tell_documents, tell_quality})
      if (teller.chance(15)) more(teller);
  }
  if (wishes.corrections) tell_corrections(teller);
  Story story{std::move(teller.events), teller.base, instant_max, instant_min};
  // Nothing is told of a case before it is opened (8.1 no. 5): the ledger would refuse it.
  std::map<std::string, Instant> opened;
  for (auto& e : story.events)
    if (is_opening(e)) opened.emplace(e["subject"], time_of(e));
  for (auto& e : story.events) {
    auto found = opened.find(e["subject"]);
    if (found != opened.end() && time_of(e) < found->second) e["time"] = format_local(found->second);
  }
  // Registered roughly as it happened.
  std::stable_sort(story.events.begin(), story.events.end(), [](const json& a, const json& b) {
    return std::pair(time_of(a), !is_opening(a)) < std::pair(time_of(b), !is_opening(b));
  });
  for (auto& e : story.events) story.to = std::max(story.to, time_of(e));
  story.from = start_of_day(add_days(teller.base, -60));
  story.to += std::chrono::hours(24 * 40);
  return story;
}

}  // namespace stafett::history
