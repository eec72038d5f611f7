#include "casework/oracle_told.h"

#include <algorithm>

#include "casework/oracle_disputes.h"

namespace stafett::oracle {

Told::Told(const std::vector<Sent>& sent, Instant now) : at(now) {
  correct(sent);
  std::sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) {
    return std::tie(a.when, a.sent->time, a.sent->id) < std::tie(b.when, b.sent->time, b.sent->id);
  });
}

// EventCorrected (section 3, no. 60).
//
// Reading: field by field the correction with the latest `time` wins; an event that is voided once stays
// void; a correction is an event too and can itself be voided.
void Told::correct(const std::vector<Sent>& sent) {
  std::vector<const Sent*> corrections;
  for (auto& s : sent)
    if (s.type == "EventCorrected" && s.time <= at) corrections.push_back(&s);
  std::sort(corrections.begin(), corrections.end(),
            [](const Sent* a, const Sent* b) { return a->time < b->time; });
  std::set<std::string> voided;
  // The last word first: whether a correction counts is decided by later ones only.
  for (auto c = corrections.rbegin(); c != corrections.rend(); ++c)
    if (!voided.count((*c)->id) && (*c)->data.value("voids", false))
      voided.insert((*c)->data["correctsEventId"]);
  for (auto& s : sent) {
    if (s.time > at || voided.count(s.id)) continue;
    const json* data = &s.data;
    for (auto c : corrections) {
      if (c->data["correctsEventId"] != s.id || voided.count(c->id)) continue;
      if (data == &s.data) data = &corrected_.emplace_back(s.data);
      for (auto& [field, value] : c->data["correctedFields"].items()) {
        if (value.is_null())
          corrected_.back().erase(field);
        else
          corrected_.back()[field] = value;
      }
    }
    Event e{&s, data, when_of(s, *data)};
    // Reading: what is registered ahead of its own time has not happened yet.
    if (e.when <= at) events_.push_back(e);
  }
}

// "D18: Treat as child until the last possible 18th birthday". 29 February becomes 1 March in common years.
std::optional<Instant> Told::adulthood(const std::string& person) const {
  const Event* known = nullptr;
  for (auto& e : events_)
    if (e.is("PersonRegistered") && e.text("personId") == person) known = &e;
  if (!known) return {};
  auto born = civil(*known->date("birthDate"));
  auto precision = known->text("birthDatePrecision");
  int year = int(born.year()) + 18;
  unsigned month = unsigned(born.month()), day = unsigned(born.day());
  if (precision == "year") month = 12;
  if (precision != "day") day = unsigned(civil(make_date(int(born.year()), month, 31)).day());
  if (month == 2 && day == 29 && unsigned(civil(make_date(year, 2, 29)).day()) != 29) month = 3, day = 1;
  return start_of_day(make_date(year, month, day));
}

bool Told::is_minor(const std::string& person, Date on) const {
  auto adult = adulthood(person);
  return !adult || start_of_day(on) < *adult;
}

// Reading: a later record of the same relation from the same day replaces the earlier one (this is how an end
// becomes known).
std::vector<const Event*> Told::relations() const {
  std::vector<const Event*> out;
  for (auto& e : events_) {
    if (!e.is("FamilyRelationRecorded")) continue;
    std::erase_if(out, [&](const Event* old) {
      for (auto field : {"householdId", "fromPersonId", "toPersonId", "relation", "validFrom"})
        if (old->text(field) != e.text(field)) return false;
      return true;
    });
    out.push_back(&e);
  }
  return out;
}

namespace {
bool in_force(const Event& relation, Date on) {
  auto to = relation.date("validTo");  // 8.1 no. 7: exclusive
  return *relation.date("validFrom") <= on && (!to || on < *to);
}
}  // namespace

std::set<std::string> Told::guardians(const std::string& person, Date on) const {
  std::set<std::string> out;
  for (auto r : relations())
    if (r->text("toPersonId") == person && in_force(*r, on) &&
        (r->text("relation") == "guardian" || r->text("relation") == "specialGuardian"))
      out.insert(r->text("fromPersonId"));
  return out;
}

std::set<std::string> Told::members(const std::string& household, Date on) const {
  std::set<std::string> out;
  for (auto r : relations())
    if (r->text("householdId") == household && in_force(*r, on)) {
      out.insert(r->text("fromPersonId"));
      out.insert(r->text("toPersonId"));
    }
  for (auto& e : events_)
    if (e.is("CaseOpened") && e.day() <= on && household_of_opening(e) == household) {
      out.insert(e.text("subjectPersonId"));
      for (auto& child : e.list("childrenInHousehold")) out.insert(child);
    }
  return out;
}

// 3.1: "Household: members, …, all cases across units".
//
// Reading: a case whose opening names no household is one of that in which its subject lives.
std::string Told::household_of_opening(const Event& opened) const {
  auto household = opened.text("householdId");
  return household.empty() ? household_of(opened.text("subjectPersonId")) : household;
}

// Reading: whoever is a guardian or has an adult's case is no minor, even when nobody has registered the
// birth date.
std::set<std::string> Told::minors(const std::string& household, Date on) const {
  auto out = members(household, on);
  std::erase_if(out, [&](const std::string& person) { return !is_child(person, on); });
  return out;
}

bool Told::is_child(const std::string& person, Date on) const {
  if (adulthood(person)) return is_minor(person, on);
  for (auto& e : events_) {
    if (e.is("FamilyRelationRecorded") && e.text("fromPersonId") == person &&
        e.text("relation") != "sibling" && e.text("relation") != "householdMember")
      return false;
    if (e.is("CaseOpened") && e.text("caseKind") == "adult" && e.text("subjectPersonId") == person)
      return false;
  }
  return true;
}

std::string Told::household_of(const std::string& person) const {
  for (auto& e : events_)
    if (e.is("FamilyRelationRecorded") &&
        (e.text("fromPersonId") == person || e.text("toPersonId") == person))
      return e.text("householdId");
  for (auto& e : events_) {
    if (!e.is("CaseOpened") || e.text("householdId").empty()) continue;
    bool named = e.lists("childrenInHousehold", person);
    if (named || e.text("subjectPersonId") == person) return e.text("householdId");
  }
  return {};
}

const Event* Told::opening(const std::string& case_id) const {
  for (auto& e : events_)
    if (e.is("CaseOpened") && e.case_id() == case_id) return &e;
  return nullptr;
}

bool Told::is_kind(const std::string& case_id, const char* kind) const {
  auto opened = opening(case_id);
  return opened && opened->text("caseKind") == kind;
}

std::string Told::subject_of(const std::string& case_id) const {
  auto opened = opening(case_id);
  return opened ? opened->text("subjectPersonId") : std::string();
}

std::string Told::unit_of(const std::string& case_id, Instant t) const {
  auto opened = opening(case_id);
  std::string unit = opened ? opened->text("unitId") : std::string();
  std::optional<Instant> since;
  for (auto& e : events_) {
    if (!e.is("ResponsibilityAssigned") || e.case_id() != case_id || e.text("responsibility") != "case")
      continue;
    auto from = *e.instant("from");
    auto until = e.instant("until");
    if (from <= t && (!until || t < *until) && (!since || *since <= from))
      since = from, unit = e.text("unitId");
  }
  return unit;
}

// R13: "minors in household or guardianship"; D11: "Checklist decides".
//
// Reading: whom the opening or a checklist names, and the minors of the household and of the subject's
// guardianship: a checklist that overlooks a child does not make it somebody else's.
std::set<std::string> Told::children_of(const std::string& case_id, Instant t) const {
  auto opened = opening(case_id);
  if (!opened) return {};
  if (opened->text("caseKind") == "child") return {opened->text("subjectPersonId")};
  std::set<std::string> found;
  for (auto& e : events_) {
    if (e.case_id() != case_id || e.when > t) continue;
    if (e.is("CaseOpened"))
      for (auto& child : e.list("childrenInHousehold")) found.insert(child);
    if (e.is("ChildChecklistCompleted"))
      for (auto& child : e.list("childrenFound")) found.insert(child);
  }
  auto subject = opened->text("subjectPersonId");
  auto household = household_of_opening(*opened);
  if (!household.empty()) found.merge(minors(household, local_date(t)));
  for (auto r : relations())
    if (r->text("fromPersonId") == subject && in_force(*r, local_date(t)) &&
        (r->text("relation") == "guardian" || r->text("relation") == "specialGuardian"))
      found.insert(r->text("toPersonId"));
  std::erase_if(found, [&](const std::string& p) { return p == subject || !is_minor(p, local_date(t)); });
  return found;
}

}  // namespace stafett::oracle
