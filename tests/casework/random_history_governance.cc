// Agreements, forums, plans and quality work: what binds or concerns everybody.
#include <algorithm>

#include "casework/random_history_teller.h"

namespace stafett::history {

namespace {

Instant end_of(Date day) { return start_of_day(add_days(day, 1)); }

void adopt(Teller& t, json data, Instant when) {
  auto stream = "document/" + data["documentId"].get<std::string>();
  data["version"] = 1;
  data["adoptedBy"] = "board";
  t.tell("SteeringDocumentAdopted", stream, "bergby/board", when, std::move(data));
}

}  // namespace

void tell_agreement(Teller& t) {
  std::vector<std::string> units = {"bergby/incomeSupport", "bergby/ifoChild", "bergby/ifoReception",
                                    "bergby/ifoAdult",      "bergby/school",   "bergby/relationshipViolence"};
  for (int n = int(t.number(1, 2)); n > 0; --n) {
    auto since = add_days(t.base, t.chance(50) ? t.number(-200, -20) : t.number(-10, 20));
    json data = {{"documentId", t.new_id("l")},
                 {"kind", t.chance(90) ? "agreement" : "guideline"},
                 {"parties", t.some(units, 80)},
                 {"validFrom", format_date(since)}};
    if (t.chance(35)) data["validTo"] = format_date(add_days(t.base, t.number(-10, 60)));
    adopt(t, data, t.on(add_days(since, t.number(-10, 2))));
  }
}

// A forum of a few organisations and its meetings around the turn of a year or a term.
void tell_forum(Teller& t) {
  auto stream = "forum/" + t.new_id("f");
  auto since = add_days(t.base, t.number(-500, 30));
  auto kind = t.pick({"twoPlusTwo", "twoPlusTwo", "steeringGroup", "coordinatorNetwork", "managerNetwork"});
  json data = {{"forumId", stream.substr(6)},
               {"kind", kind},
               {"purpose", "follow-up"},
               {"parties", {"bergby/board", "bergby/management"}},
               {"validFrom", format_date(since)}};
  if (t.chance(30)) data["minMeetingsPerYear"] = t.number(1, 4);
  if (kind == "coordinatorNetwork" && t.chance(40)) data["minMeetingsPerTerm"] = t.number(1, 4);
  if (t.chance(20)) data["validTo"] = format_date(add_days(since, t.number(1, 500)));
  if (t.chance(30)) data["childRightsStanding"] = t.chance(70);
  if (t.chance(40)) data["orgLevel"] = t.pick({"political", "administration", "unit", "staff"});
  if (t.chance(40)) {
    auto youngest = t.number(0, 15);
    data["ageBandFrom"] = youngest;
    data["ageBandTo"] = t.number(youngest, 20);
  }
  t.tell("ForumEstablished", stream, "bergby/board", t.on(add_days(since, -1)), data);
  int year = int(civil(t.base).year());
  for (int n = int(t.number(1, kind == "steeringGroup" ? 10 : 6)); n > 0; --n) {
    json attended = {{{"role", "boardChair"}, {"unitId", "bergby/board"}}};
    if (t.chance(80)) attended.push_back({{"role", "headOfAdministration"}, {"unitId", "bergby/management"}});
    if (t.chance(20)) attended.push_back({{"role", "police"}, {"personId", "x"}});
    if (t.chance(5)) attended = json::array();
    auto turn = t.chance(60) ? make_date(year + int(t.number(0, 1)), 1, 1) : make_date(year, 7, 1);
    auto held = t.chance(60) ? t.on(add_days(t.base, t.number(-100, 100))) : t.near(start_of_day(turn));
    auto id = t.new_id("m");
    if (t.chance(30))
      t.tell("MeetingCalled", stream, "bergby/board", held - std::chrono::hours(t.number(1, 300)),
             {{"meetingId", id},
              {"kind", "forum"},
              {"plannedAt", format_local(held)},
              {"purpose", "follow-up"},
              {"invited", attended}});
    t.tell("MeetingHeld", stream, "bergby/board", held,
           {{"meetingId", id}, {"attended", attended}, {"childRightsItem", t.chance(50)}}, "heldAt");
  }
}

// A team that talks about named children, each of which needs its guardians' consent.
void tell_team(Teller& t, const std::vector<Household>& households) {
  auto stream = "forum/" + t.new_id("f");
  const std::vector<std::string> parties = {"bergby/ifoChild", "bergby/school"};
  t.tell("ForumEstablished", stream, "bergby/ifoChild", t.on(add_days(t.base, -40)),
         {{"forumId", stream.substr(6)},
          {"kind", t.pick({"childTeam", "childHealthTeam", "lefa"})},
          {"purpose", "early help"},
          {"parties", parties},
          {"validFrom", format_date(add_days(t.base, -40))}});
  for (int n = int(t.number(1, 2)); n > 0; --n) {
    auto held = t.on(add_days(t.base, t.number(0, 30)));
    std::vector<std::string> about;
    for (auto& household : households)
      for (auto& c : household.cases) {
        if (c.adult || !t.chance(60)) continue;
        about.push_back(c.id);
        for (auto& child : household.children) {
          if (child.id != c.subject) continue;
          for (auto& guardian : child.guardians) {
            if (t.chance(15)) continue;
            auto id = t.new_id("q");
            auto given = t.chance(75) ? held - std::chrono::hours(t.number(1, 100)) : t.near(held);
            json data = {{"consentId", id},
                         {"giverId", guardian},
                         {"scope", t.chance(90) ? "teamDiscussion" : "sip"},
                         {"recipients", t.chance(80) ? parties : t.some(parties, 50)},
                         {"written", true}};
            if (t.chance(25)) data["validTo"] = format_date(add_days(local_date(held), t.number(-2, 3)));
            t.tell("ConsentGiven", c.stream(), c.unit, given, data);
            if (t.chance(20))
              t.tell("ConsentDenied", c.stream(), c.unit, t.chance(50) ? t.after(given, 3) : t.near(held),
                     {{"consentId", id}, {"giverId", guardian}, {"kind", t.pick({"withdrawn", "refused"})}});
          }
        }
      }
    json data = {{"meetingId", t.new_id("m")},
                 {"attended", {{{"role", "schoolStaff"}, {"unitId", "bergby/school"}}}},
                 {"childRightsItem", true}};
    if (!about.empty()) data["caseRefs"] = about;
    t.tell("MeetingHeld", stream, "bergby/ifoChild", held, data, "heldAt");
  }
}

// The plan of a few years, its yearly plans and their activities; what a coordinator is to bring about.
void tell_documents(Teller& t) {
  int year = int(civil(t.base).year());
  auto since =
      t.chance(60) ? make_date(year - int(t.number(0, 2)), 1, 1) : add_days(t.base, t.number(-300, 0));
  auto until =
      t.chance(60) ? make_date(year + int(t.number(-1, 1)), 12, 31) : add_days(t.base, t.number(-30, 60));
  auto plan = t.new_id("l");
  json data = {{"documentId", plan}, {"kind", "collaborationPlan"}, {"validFrom", format_date(since)}};
  if (t.chance(80) && since < until) data["validTo"] = format_date(until);
  adopt(t, data, t.on(add_days(since, t.number(-30, 5))));
  for (int y = year - 1; y <= year + 1; ++y)
    if (t.chance(60))
      adopt(t,
            {{"documentId", t.new_id("l")},
             {"kind", "activityPlan"},
             {"validFrom", format_date(make_date(y, 1, 1))}},
            t.near(t.chance(50) ? start_of_day(make_date(y, 2, 1)) : start_of_day(make_date(y, 1, 1))));
  if (t.chance(50)) {
    json next = {{"documentId", t.new_id("l")},
                 {"kind", t.chance(85) ? "collaborationPlan" : "actionPlan"},
                 {"validFrom", format_date(add_days(until, t.number(-1, 2)))}};
    if (t.chance(70)) next["replaces"] = plan;
    adopt(t, next, t.near(end_of(until)));
  }
  for (int n = int(t.number(0, 3)); n > 0; --n) {
    auto id = t.new_id("w");
    auto day = add_days(t.base, t.number(-200, 0));
    bool due = t.chance(60), given_up = t.chance(40);
    for (auto phase : {"planned", "done", "followedUp", "analysed", "acted", "dropped"}) {
      bool ends = phase == std::string("planned") || phase == std::string("dropped");
      if (given_up ? !ends : t.chance(ends ? 40 : 30)) continue;
      json activity = {{"activityId", id}, {"planId", plan}, {"phase", phase}, {"at", format_date(day)}};
      auto limit = add_days(day, due && phase == std::string("planned") ? t.number(0, 40) : 90);
      if (due) activity["dueDate"] = format_date(limit);
      t.tell("PlanActivityRecorded", "document/" + plan, "bergby/board", t.on(day), activity);
      day = t.chance(50) ? add_days(limit, t.number(-1, 1)) : add_days(day, t.number(0, 90));
    }
  }
  if (t.chance(50)) {
    auto from = add_days(t.base, t.number(-200, 0));
    json role = {{"role", t.chance(80) ? "childRightsCoordinator" : "childRightsRepresentative"},
                 {"unitId", "bergby/management"},
                 {"validFrom", format_date(from)}};
    t.tell("RoleAppointed", "unit/bergby/management", "bergby/management",
           t.on(add_days(from, t.number(-5, 0))), role);
    if (t.chance(65)) {
      json local = {
          {"documentId", t.new_id("l")}, {"kind", "implementationPlan"}, {"validFrom", format_date(from)}};
      if (t.chance(60)) local["parties"] = {t.chance(75) ? "bergby/management" : "bergby/school"};
      auto when =
          t.chance(70) ? t.near(end_of(add_months(from, 6))) : t.on(add_days(from, t.number(-10, 10)));
      auto stream = "document/" + local["documentId"].get<std::string>();
      local["version"] = 1;
      local["adoptedBy"] = "board";
      t.tell("SteeringDocumentAdopted", stream, t.chance(70) ? "bergby/management" : "bergby/school", when,
             local);
    }
  }
}

// Self-checks, trainings, surveys, outreach and deviations.
void tell_quality(Teller& t) {
  const std::string unit = "bergby/ifoAdult", stream = "unit/" + unit;
  for (int n = int(t.number(0, 3)); n > 0; --n) {
    auto sent = t.on(add_days(t.base, t.number(-100, 20)));
    auto answered = t.after(sent, 30);
    json data = {{"instrument", t.pick({"viewpoint", "childQuestionnaire"})}, {"sentAt", format_local(sent)}};
    if (t.chance(60)) data["answeredAt"] = format_local(answered);
    if (t.chance(60)) data["usedInConversation"] = t.chance(60);
    t.tell("SurveyAnswered", stream, unit, answered, data);
    auto from = add_days(t.base, t.number(-100, 20));
    t.tell("OutreachRecorded", stream, unit, t.on(from),
           {{"kind", t.pick({"fieldWork", "adviceSupport"})},
            {"periodFrom", format_date(add_days(from, -7))},
            {"periodTo", format_date(from)},
            {"contacts", t.number(0, 40)}});
  }
  auto checked = t.on(add_days(t.base, t.number(-400, 0)));
  for (int n = int(t.number(0, 3)); n > 0; --n) {
    json data = {{"kind", t.chance(85) ? "checklist" : "mapping"}, {"period", "2019"}};
    auto limit = end_of(add_months(local_date(checked), 12));
    if (t.chance(50)) {
      auto next = add_days(local_date(checked), t.number(20, 300));
      data["nextDue"] = format_date(next);
      limit = end_of(next);
    }
    t.tell("SelfCheckCompleted", stream, unit, checked, data);
    checked = t.near(limit);
  }
  for (int n = int(t.number(0, 2)); n > 0; --n) {
    auto day = add_days(t.base, t.number(-100, 20));
    json data = {{"topic", "childRights"},
                 {"kind", t.chance(70) ? "induction" : "lecture"},
                 {"heldOn", format_date(day)},
                 {"participants", t.number(1, 30)}};
    if (t.chance(70)) data["childRightsModule"] = t.chance(60);
    t.tell("TrainingHeld", stream, unit, t.on(add_days(day, t.number(0, 3))), data);
  }
  for (int n = int(t.number(0, 2)); n > 0; --n) {
    auto id = t.new_id("v");
    auto reported = t.on(add_days(t.base, t.number(-80, 10)));
    t.tell("DeviationReported", "deviation/" + id, unit, reported,
           {{"deviationId", id},
            {"kind", t.pick({"collaborationObstacle", "agreementBreach", "premises"})},
            {"units", {unit}},
            {"occurredOn", format_date(add_days(local_date(reported), t.number(-9, 0)))}});
    if (t.chance(70))
      t.tell("DeviationResolved", "deviation/" + id, unit,
             t.chance(70) ? t.near(end_of(add_days(local_date(reported), 60))) : t.after(reported, 50),
             {{"deviationId", id}, {"action", "training"}}, "at");
  }
}

}  // namespace stafett::history
