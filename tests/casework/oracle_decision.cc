// The child impact analysis behind an adult's decision, and the meetings of a year: R12, R33 (domain.md 4.1,
// 4.2).
#include <algorithm>

#include "casework/oracle.h"

namespace stafett::oracle::detail {

// "R12 | `DecisionMade` in an adult case where a child is affected | `ChildImpactAnalysisCompleted` per
// affected child, by the deciding unit | before the decision | … | analysis `completedAt ≤ decidedAt`,
// `byUnit` = deciding unit (or joint incl. it) | breach …; if `notAssessed`: "child's situation not
// assessed""; 8.1 no. 7: "The deciding unit is the `source` of `DecisionMade`", "`concernsDecisionDraft` is
// the later `decisionId`"; D14.
void adult_decision(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (!e.is("DecisionMade") || !told.is_kind(e.case_id(), "adult") || e.text("childAffected") == "no")
      continue;
    for (auto& child : affected_children(told, e)) {
      bool analysed = false;
      for (auto& a : told.events()) {
        if (!a.is("ChildImpactAnalysisCompleted") || a.text("childId") != child || a.when > e.when ||
            a.text("concernsDecisionDraft") != e.text("decisionId"))
          continue;
        bool joint = a.yes("joint") && a.lists("participatingUnits", e.sent->source);
        analysed = analysed || a.text("byUnit") == e.sent->source || joint;
      }
      add(out, told, "R12", e, child, Standing{e.when, e.when});
      out.back().state = analysed ? "fulfilled" : "breached";
    }
  }
}

// I31: "`minMeetingsPerYear` (2+2: 3; steering: 8)".
int meetings_required(const Event& forum) {
  auto given = forum.data->find("minMeetingsPerYear");
  return given == forum.data->end() ? (forum.text("kind") == "steeringGroup" ? 8 : 3) : given->get<int>();
}

// D19: "Count as held when at least one representative of each administration side attended".
//
// Reading: the sides are the forum's parties, and a representative stands under the party's unit id.
std::vector<Instant> meetings_held(const Told& told, const Event& forum, int year) {
  std::vector<Instant> out;
  for (auto& e : told.events()) {
    if (!e.is("MeetingHeld") || e.sent->stream != forum.sent->stream || int(civil(e.day()).year()) != year)
      continue;
    bool all = !(*e.data)["attended"].empty();
    for (auto& party : forum.list("parties")) {
      bool there = false;
      for (auto& who : (*e.data)["attended"]) there = there || who.value("unitId", "") == party;
      all = all && there;
    }
    if (all) out.push_back(e.when);
  }
  return out;
}

// "R33 | calendar year, 2+2 forum | ≥ 3 `MeetingHeld` | by 31 Dec".
//
// Readings: for every year that has begun and in which the forum exists, from the day it exists; a forum that
// has set itself another number is held to that. A meeting of another year helps nobody.
void governance(const Told& told, Duties& out) {
  for (auto& e : told.events()) {
    if (!e.is("ForumEstablished") || e.text("kind") != "twoPlusTwo") continue;
    auto from = *e.date("validFrom");
    auto to = e.date("validTo");
    int last = int(civil(to ? std::min(add_days(*to, -1), local_date(told.at)) : local_date(told.at)).year());
    for (int year = int(civil(from).year()); year <= last; ++year) {
      Standing s{start_of_day(std::max(from, make_date(year, 1, 1))),
                 start_of_day(make_date(year + 1, 1, 1))};
      if (s.created > told.at) continue;
      auto held = meetings_held(told, e, year);
      if (int(held.size()) >= meetings_required(e)) s.done = held[std::size_t(meetings_required(e) - 1)];
      add(out, told, "R33", e, e.sent->stream.substr(e.sent->stream.find('/') + 1), s);
    }
  }
}

}  // namespace stafett::oracle::detail
