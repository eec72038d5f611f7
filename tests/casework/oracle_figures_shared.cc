// Indicators about how units work together: I22 to I28 (domain.md 5.2).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

namespace {

// "I23 | household | households with open cases in ≥ 2 units and a minor | `InternalCoordinationAgreed` by
// due; joint share | trigger", of R18 and with its exception.
Count i23(const Told& told, const Period& period, bool joint) {
  Count c{0, 0.0};
  for (auto& household : households(told))
    for (auto& spell : shared_spells(told, household)) {
      if (!period.has(spell.from) || told.minors(household, local_date(spell.from)).empty()) continue;
      Standing s{spell.from, end_of(add_days(local_date(spell.from), 14)),
                 coordinated(told, household, spell.from, joint), spell.to};
      if (auto refused = secrecy(told, household, spell.from);
          refused && (!s.excused || *refused < *s.excused))
        s.excused = refused;
      count_duty({"", "", "", state_of(told, s), s.due, s.created, ""}, c);
    }
  return c;
}

// "I27 | disagreement | raised in period | median and p90 days to resolution; open count by age; share
// escalated", of those that the agreement has a procedure for (R24).
void i27(const Told& told, const Duties& duties, const Period& period, Counts& out) {
  Count days{0, 0.0}, escalated{0, 0.0}, open;
  for (auto& d : duties) {
    if (d.rule != "R24") continue;
    if (d.state == "open" || d.state == "overdue") open.numerator += 1;
    if (!period.has(d.created)) continue;
    days.pending += d.state == "open";
    days.numerator += d.state == "fulfilled" || d.state == "fulfilledLate";
    *days.denominator += d.state != "open";
    bool lifted = false;
    std::string stream;
    for (auto& e : told.events())
      if (e.sent->id == d.trigger) stream = e.sent->stream;
    for (auto& e : told.events())
      lifted = lifted || (e.is("DisagreementEscalated") && e.sent->stream == stream && e.when >= d.created);
    *escalated.denominator += 1;
    escalated.numerator += lifted;
  }
  out["I27"] = days;
  out["I27-escalated"] = escalated;
  out["I27-open"] = open;
}

}  // namespace

void collaboration_counted(const Told& told, const Duties& duties, const Period& period, Counts& out) {
  Count nothing{0, 0.0};
  for (auto id : {"I22", "I22b"}) out[id] = nothing;
  i27(told, duties, period, out);
  for (auto& e : told.events()) {
    if (!period.has(e.when) || !(e.is("MeetingHeld") || e.is("MeetingCalled")) ||
        !has_child_rights_item(told, e))
      continue;
    // "I22 | meeting | meetings held in scope | `childRightsItem=true`"; "I22b | meeting call | meetings
    // called in scope | purpose present".
    //
    // Reading: to cancel a meeting is not to call one.
    if (e.is("MeetingCalled") && e.yes("cancelled")) continue;
    auto& c = out[e.is("MeetingHeld") ? "I22" : "I22b"];
    *c.denominator += 1;
    c.numerator += e.is("MeetingHeld") ? e.yes("childRightsItem") : !e.text("purpose").empty();
  }
  out["I23"] = i23(told, period, false);
  out["I23-joint"] = i23(told, period, true);
  // "I24 | guardian × investigation | guardians of investigations opened | informed ≤ 7 days; deferred and
  // reviewed on time"; 8.3 no. 19.
  out["I24"] = over(duties, "R05", period);
  // "I25 | contact request | requests in period, due passed | answered by due", of the agreement's R22.
  out["I25"] = over(duties, "R22", period);
  // "I26 | R23 obligation (each update starts the next 30 days) | R23 obligations due in period".
  Count i26{0, 0.0};
  for (auto& d : duties)
    if (d.rule == "R23" && period.has(*d.due - std::chrono::microseconds(1))) count_duty(d, i26);
  out["I26"] = i26;
  // "I28 | SIP meeting call | child SIP calls where a guardian has an open adult case (and reverse) | the
  // other caseworker invited or informed".
  out["I28"] = over(duties, "R29", period);
}

}  // namespace stafett::oracle::detail
