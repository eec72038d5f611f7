// A family that several units know: coordination, updates, contacts, consent to them, disagreements.
#include <algorithm>

#include "casework/random_history_teller.h"

namespace stafett::history {

namespace {

const std::vector<std::string> sides = {"bergby/incomeSupport", "bergby/ifoChild", "bergby/ifoReception",
                                        "bergby/relationshipViolence", "bergby/school"};

Instant end_of(Date day) { return start_of_day(add_days(day, 1)); }

void coordinate(Teller& t, const KnownCase& c) {
  json data = {{"units", t.some(sides, 50)}, {"joint", t.chance(60)}};
  if (t.chance(75)) data["leadForChildConversation"] = t.pick(sides);
  if (t.chance(75)) data["responsibleForChildInformation"] = t.pick(sides);
  auto limit = end_of(add_days(local_date(c.opened), 14));
  t.tell("InternalCoordinationAgreed", c.stream(), c.unit,
         t.chance(50) ? t.after(c.opened, 14) : t.near(limit), data);
}

// Back and forth around every thirtieth day.
void update(Teller& t, const KnownCase& c) {
  auto last = c.opened;
  for (int n = int(t.number(1, 4)); n > 0; --n) {
    auto limit = end_of(add_days(local_date(last), 30));
    std::string one = "bergby/incomeSupport", other = "bergby/ifoChild";
    for (bool back : {false, true}) {
      if (t.chance(15)) continue;
      last = t.chance(60) ? t.near(limit) : t.after(last, 30);
      std::vector<std::string> to = {back ? one : other};
      if (t.chance(20)) to.push_back("bergby/school");
      t.tell("MutualUpdateGiven", c.stream(), back ? other : one, last,
             {{"fromUnit", back ? other : one}, {"toUnits", to}, {"sharedCaseIds", {c.id}}});
    }
  }
}

void ask(Teller& t, const KnownCase& c, const std::string& child) {
  auto id = t.new_id("p");
  auto asked = t.after(c.opened, 20);
  bool urgent = t.chance(30);
  auto from = t.chance(70) ? c.unit : t.pick(sides);
  json data = {{"requestId", id},
               {"fromUnit", from},
               {"toUnit", t.pick(sides)},
               {"kind", t.pick({"contact", "contact", "advice", "consultation", "existingContactCheck"})}};
  if (urgent || t.chance(30)) data["urgent"] = urgent;
  if (t.chance(70)) data["childId"] = child;
  t.tell("ContactRequested", c.stream(), from, asked, data);
  auto limit = urgent ? asked + std::chrono::hours(2) : end_of(add_working_days(local_date(asked), 2));
  if (t.chance(75))
    t.tell("ContactAnswered", c.stream(), data["toUnit"].get<std::string>(),
           t.chance(50) ? t.after(asked, 2) : t.near(limit),
           {{"requestId", t.chance(95) ? id : "p0"}, {"byUnit", data["toUnit"]}}, "answeredAt");
}

void disagree(Teller& t, const KnownCase& c, const std::string& child) {
  auto id = t.new_id("u"), stream = "disagreement/" + id;
  auto raised = t.after(c.opened, 20);
  json data = {{"disagreementId", id},
               {"units", {t.pick(sides), t.pick(sides)}},
               {"topic", t.pick({"responsibility", "cost", "secrecy"})},
               {"caseIds", {c.id}}};
  if (t.chance(50)) data["childrenAffected"] = {child};
  t.tell("DisagreementRaised", stream, c.unit, raised, data);
  auto limit = end_of(add_working_days(local_date(raised), 5));
  for (int n = int(t.number(0, 2)); n > 0; --n) {
    auto lifted = t.chance(60) ? t.after(raised, 7) : t.near(limit);
    t.tell("DisagreementEscalated", stream, c.unit, lifted,
           {{"disagreementId", id}, {"toLevel", t.pick({"unitManager", "headOfAdministration"})}});
    limit = end_of(add_working_days(local_date(lifted), 5));
  }
  if (t.chance(70))
    t.tell("DisagreementResolved", stream, c.unit, t.chance(40) ? t.after(raised, 12) : t.near(limit),
           {{"disagreementId", id}, {"outcome", "agreed"}, {"level", "unitManager"}});
}

// Somebody counts on the family's consent, or on the law, and tells another unit.
void share(Teller& t, const Household& household, const KnownCase& c, const Child& child) {
  auto shared = t.after(c.opened, 20);
  std::string consent;
  for (auto& guardian : child.guardians) {
    if (t.chance(25)) continue;
    consent = t.new_id("q");
    auto asked = t.chance(70) ? shared - std::chrono::hours(t.number(1, 200)) : t.near(shared);
    auto scope = t.chance(80) ? std::string("contactBetweenUnits") : t.pick({"informationSharing", "sip"});
    json data = {{"consentId", consent},
                 {"giverId", guardian},
                 {"scope", scope},
                 {"recipients", sides},
                 {"written", t.chance(85)}};
    auto given = data;
    data["subjectId"] = t.chance(85) ? child.id : household.adults.front();
    t.tell("ConsentRequested", c.stream(), c.unit, asked, data);
    if (t.chance(30)) given["validTo"] = format_date(add_days(local_date(shared), t.number(-2, 3)));
    if (t.chance(70)) t.tell("ConsentGiven", c.stream(), c.unit, t.after(asked, 2), given);
    if (t.chance(25))
      t.tell("ConsentDenied", c.stream(), c.unit, t.chance(50) ? t.after(asked, 4) : t.near(shared),
             {{"consentId", consent}, {"giverId", guardian}, {"kind", t.pick({"refused", "withdrawn"})}});
  }
  json data = {{"fromUnit", c.unit},
               {"toUnit", t.pick(sides)},
               {"subjectIds", {t.chance(85) ? child.id : household.adults.front()}},
               {"ground", t.pick({"consent", "consent", "consent", "dutyToReport", "openInvestigation",
                                  "crimeSuspicion", "anonymousAdvice", "otherLaw"})}};
  if (!consent.empty() && t.chance(50)) data["consentId"] = consent;
  t.tell("InformationShared", c.stream(), c.unit, shared, data);
  if (t.chance(30)) {
    json refused = {{"byUnit", t.pick(sides)}, {"againstUnit", c.unit}, {"consentAsked", t.chance(50)}};
    if (t.chance(50)) refused["alternativeOffered"] = t.pick({"anonymousAdvice", "jointMeeting", "none"});
    t.tell("SecrecyInvoked", c.stream(), c.unit, t.after(c.opened, 20), refused);
  }
}

}  // namespace

void tell_collaboration(Teller& t, const Household& household) {
  for (auto& c : household.cases) {
    if (t.chance(50)) coordinate(t, c);
    if (t.chance(60)) update(t, c);
    auto child = t.pick(household.children).id;
    for (int n = int(t.number(0, 2)); n > 0; --n) ask(t, c, child);
    if (t.chance(25)) disagree(t, c, child);
    if (t.chance(40)) {
      auto called = t.after(c.opened, 20);
      auto id = t.new_id("m");
      t.tell("MeetingCalled", c.stream(), c.unit, called,
             {{"meetingId", id},
              {"kind", t.pick({"case", "jointInitial", "caseConference"})},
              {"plannedAt", format_local(t.after(called, 10))},
              {"purpose", "planning"},
              {"invited", {{{"role", "guardian"}, {"personId", household.adults.front()}}}}});
      if (t.chance(70))
        t.tell("MeetingHeld", c.stream(), c.unit, t.after(called, 12),
               {{"meetingId", id},
                {"attended", {{{"role", "adultCaseworker"}, {"unitId", c.unit}}}},
                {"childRightsItem", t.chance(50)}},
               "heldAt");
    }
  }
}

void tell_consents(Teller& t, const Household& household) {
  for (auto& c : household.cases)
    for (auto& child : household.children)
      if (t.chance(50)) share(t, household, c, child);
}

}  // namespace stafett::history
