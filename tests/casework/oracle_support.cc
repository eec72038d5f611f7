// How a talk with a child is made possible: R48, R49 (domain.md 4.1).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

namespace {

bool has_disability(const Told& told, const std::string& person) {
  bool yes = false;
  for (auto& e : told.events())
    if (e.is("PersonRegistered") && e.text("personId") == person) yes = e.text("disability") == "yes";
  return yes;
}

// "R48 | `ChildHeard`/meeting with `interpreter=child` or deviation kind |
// `DeviationReported{childAsInterpreter}` | same day".
//
// Readings: the report names the case; the day counts as a whole.
void r48(const Told& told, const Event& talk, Duties& out) {
  Standing s{talk.when, end_of(talk.day())};
  s.child = talk.text("childId");
  for (auto& e : told.events())
    if (e.is("DeviationReported") && e.text("kind") == "childAsInterpreter" &&
        e.text("caseId") == talk.case_id() && e.day() >= talk.day() && !s.done)
      s.done = e.when;
  add(out, told, "R48", talk, s.child, s);
}

// "R49 | Child with disability or other language need, conversation planned | `ParticipationSupportProvided`
// | before or at conversation".
//
// Readings: the first talk with the child in the case; support given in another case of the family helps as
// well.
void r49(const Told& told, const Event& talk, Duties& out) {
  auto child = talk.text("childId");
  Standing s{talk.when, talk.when};
  s.child = child;
  for (auto& e : told.events())
    if (e.is("ParticipationSupportProvided") && e.text("childId") == child && !s.done) s.done = e.when;
  add(out, told, "R49", talk, child, s);
  if (s.done == s.due) out.back().state = "fulfilled";
}

}  // namespace

void support(const Told& told, Duties& out) {
  std::set<std::pair<std::string, std::string>> seen;
  for (auto& e : told.events()) {
    auto child = e.text("childId");
    if (!e.is("ChildHeard") || !told.is_minor(child, e.day())) continue;
    if (e.text("interpreter") == "child") r48(told, e, out);
    if (has_disability(told, child) && seen.insert({e.case_id(), child}).second) r49(told, e, out);
  }
}

}  // namespace stafett::oracle::detail
