// Whether those who decide for a child were asked: R10, R10b, R11 (domain.md 4.1).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

namespace {

// The two sides of R10: school and social services, or income support and the rest of the social services.
int side_of(const std::string& unit) {
  auto kind = kind_of_unit(unit);
  if (kind == "school" || kind == "preschool" || kind == "studentHealth") return 1;
  return kind == "incomeSupport" ? 2 : 3;
}

bool across(const Event& e) {
  auto from = e.text("fromUnit"), to = e.text("toUnit");
  return side_of(from) != side_of(to);
}

// About whom the units talk.
//
// Reading: `childId` is "absent if anonymous"; a consultation is asked before guardians are contacted (R08),
// so it cannot wait for them.
std::vector<std::string> named_children(const Told& told, const Event& e) {
  std::vector<std::string> out;
  if (e.is("ContactRequested") && e.text("kind") != "consultation" && !e.text("childId").empty())
    out = {e.text("childId")};
  if (e.is("InformationShared")) out = e.list("subjectIds");
  std::erase_if(out, [&](auto& child) { return !told.is_minor(child, e.day()); });
  return out;
}

// "R10 | Collaboration about a named child between school and social services, or between the two Eskilstuna
// administrations | `ConsentRequested{written}` to each guardian | before sharing | … duty to report; open
// investigation; risk to child; anonymous advice | request per guardian; sharing needs given | "shared on
// consent ground without consent" = breach"; 8.2 no. 11: "at the first sharing or contact about a named child
// across the two sides, per guardian".
//
// Readings: every ground but consent is one in law, so it needs none; consent in the scopes that are about
// units that talk.
void asked(const Told& told, const Event& trigger, const std::string& child, Duties& out) {
  auto ground = trigger.text("ground");
  for (auto& guardian : told.guardians(child, trigger.day())) {
    bool asked = false;
    for (auto& e : told.events())
      asked =
          asked || (e.is("ConsentRequested") && e.text("giverId") == guardian &&
                    e.text("subjectId") == child && e.yes("written") && e.when <= trigger.when &&
                    (e.text("scope") == "contactBetweenUnits" || e.text("scope") == "informationSharing"));
    add(out, told, "R10", trigger, guardian, Standing{trigger.when, trigger.when});
    bool lawful = !ground.empty() && ground != "consent";
    out.back().state = lawful ? "waived" : asked ? "fulfilled" : "breached";
  }
}

void given(const Told& told, const Event& trigger, const std::string& child, Duties& out) {
  for (auto& guardian : told.guardians(child, trigger.day())) {
    bool given = false;
    for (auto scope : {"contactBetweenUnits", "informationSharing"})
      given = given || consents(told, guardian, scope, {child},
                                {trigger.text("fromUnit"), trigger.text("toUnit")}, trigger.when);
    add(out, told, "R10", trigger, guardian, Standing{trigger.when, trigger.when});
    out.back().state = given ? "fulfilled" : "breached";
  }
}

void collaboration(const Told& told, Duties& out) {
  std::set<std::string> seen;
  for (auto& e : told.events()) {
    if (!e.is("InformationShared") && !e.is("ContactRequested")) continue;
    if (!across(e)) continue;
    bool agreed = bound(told, {e.text("fromUnit"), e.text("toUnit")}, e.when);
    for (auto& child : named_children(told, e)) {
      bool first = seen.insert(child).second;
      if (!agreed) continue;
      if (first) asked(told, e, child, out);
      if (e.text("ground") == "consent") given(told, e, child, out);
    }
  }
}

// "R10b | Child discussed in child team / child health team | `ConsentGiven` | before meeting | … none |
// consent by all guardians"; 8.2 no. 11: "`MeetingHeld` of a child or child-health team, per `caseRefs`".
//
// Reading: a child without guardians has nobody who could have consented.
void r10b(const Told& told, const Event& meeting, Duties& out) {
  std::string kind;
  for (auto& e : told.events())
    if (e.is("ForumEstablished") && e.sent->stream == meeting.sent->stream) kind = e.text("kind");
  if (kind != "childTeam" && kind != "childHealthTeam") return;
  auto refs = meeting.list("caseRefs");
  for (auto& id : std::set<std::string>(refs.begin(), refs.end())) {
    auto child = told.subject_of(id);
    if (child.empty() || !told.is_minor(child, meeting.day())) continue;
    for (auto& guardian : told.guardians(child, meeting.day())) {
      bool all = consents(told, guardian, "teamDiscussion", {child}, {}, meeting.when);
      add(out, told, "R10b", meeting, guardian, Standing{meeting.when, meeting.when});
      out.back().state = all ? "fulfilled" : "breached";
      out.back().case_id = id;
    }
  }
}

// "R11 | `ChildHeard` in an **adult** case | `ConsentGiven{childConversationInAdultCase}` by the concerned
// parent and every other guardian | before | … all guardians at that date"; 8.2 no. 11: "one per `ChildHeard`
// and required guardian, the consent's recipients include `byUnit`".
//
// Reading: a consent about the adult of that case is one to talks with the children behind it.
void r11(const Told& told, const Event& talk, Duties& out) {
  auto child = talk.text("childId");
  for (auto& guardian : told.guardians(child, talk.day())) {
    bool given = consents(told, guardian, "childConversationInAdultCase",
                          {child, told.subject_of(talk.case_id())}, {talk.text("byUnit")}, talk.when);
    add(out, told, "R11", talk, guardian, Standing{talk.when, talk.when});
    out.back().state = given ? "fulfilled" : "breached";
  }
}

}  // namespace

void consent(const Told& told, Duties& out) {
  collaboration(told, out);
  for (auto& e : told.events()) {
    if (e.is("MeetingHeld")) r10b(told, e, out);
    if (e.is("ChildHeard") && told.is_kind(e.case_id(), "adult") && told.is_minor(e.text("childId"), e.day()))
      r11(told, e, out);
  }
}

}  // namespace stafett::oracle::detail
