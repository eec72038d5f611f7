// The meetings of a year or a term: R33, R34, R42 (domain.md 4.2).
#include "casework/oracle.h"

namespace stafett::oracle::detail {

namespace {

bool by_term(const Event& forum) { return forum.text("kind") == "coordinatorNetwork"; }

// I31: "`minMeetingsPerYear` (2+2: 3; steering: 8), or per term (network: 3)".
//
// Reading: a forum that has set itself another number is held to that.
int meetings_required(const Event& forum) {
  auto given = forum.data->find(by_term(forum) ? "minMeetingsPerTerm" : "minMeetingsPerYear");
  if (given != forum.data->end()) return given->get<int>();
  return forum.text("kind") == "steeringGroup" ? 8 : 3;
}

}  // namespace

// 5.1: "school term (spring 1 Jan–30 Jun, autumn 1 Jul–31 Dec)".
//
// Reading: whole calendar periods, also the one in which the forum begins or ends.
std::vector<ForumPeriod> periods_of(const Told& told, const Event& forum) {
  std::vector<ForumPeriod> out;
  auto from = *forum.date("validFrom");
  auto to = forum.date("validTo");
  for (int year = int(civil(from).year()); start_of_day(make_date(year, 1, 1)) <= told.at; ++year) {
    std::vector<ForumPeriod> parts = {{make_date(year, 1, 1), make_date(year + 1, 1, 1), 0}};
    if (by_term(forum))
      parts = {{make_date(year, 1, 1), make_date(year, 7, 1), 0},
               {make_date(year, 7, 1), make_date(year + 1, 1, 1), 0}};
    for (auto& part : parts) {
      if (part.to <= from || (to && *to <= part.from)) continue;
      if (start_of_day(std::max(from, part.from)) > told.at) continue;
      part.required = meetings_required(forum);
      out.push_back(part);
    }
  }
  return out;
}

// D19: "Count as held when at least one representative of each administration side attended".
//
// Readings: the sides are the forum's parties, and a representative stands under the party's unit id; a
// network has no sides.
std::vector<Instant> meetings_held(const Told& told, const Event& forum, const ForumPeriod& period) {
  std::vector<Instant> out;
  for (auto& e : told.events()) {
    if (!e.is("MeetingHeld") || e.sent->stream != forum.sent->stream || e.day() < period.from ||
        period.to <= e.day())
      continue;
    bool all = by_term(forum) || !(*e.data)["attended"].empty();
    for (auto& party : by_term(forum) ? std::vector<std::string>{} : forum.list("parties")) {
      bool there = false;
      for (auto& who : (*e.data)["attended"]) there = there || who.value("unitId", "") == party;
      all = all && there;
    }
    if (all) out.push_back(e.when);
  }
  return out;
}

// "R33 | calendar year, 2+2 forum | ≥ 3 `MeetingHeld` | by 31 Dec"; "R34 | calendar year, steering group | ≥
// 8"; "R42 | school term, coordinator network | 3–4 meetings | per term", D20: "Required 3".
//
// Readings: for every period that has begun and in which the forum exists, from the day it exists. A meeting
// of another period helps nobody.
void forums(const Told& told, Duties& out) {
  static const std::map<std::string, const char*> rules = {
      {"twoPlusTwo", "R33"}, {"steeringGroup", "R34"}, {"coordinatorNetwork", "R42"}};
  for (auto& e : told.events()) {
    auto rule = e.is("ForumEstablished") ? rules.find(e.text("kind")) : rules.end();
    if (rule == rules.end()) continue;
    for (auto& period : periods_of(told, e)) {
      Standing s{start_of_day(std::max(*e.date("validFrom"), period.from)), start_of_day(period.to)};
      auto held = meetings_held(told, e, period);
      if (int(held.size()) >= period.required) s.done = held[std::size_t(period.required - 1)];
      add(out, told, rule->second, e, e.sent->stream.substr(e.sent->stream.find('/') + 1), s);
    }
  }
}

}  // namespace stafett::oracle::detail
