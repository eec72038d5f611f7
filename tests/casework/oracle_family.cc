#include "casework/oracle_family.h"

#include <algorithm>

namespace stafett::oracle::detail {

std::string kind_of_unit(const std::string& unit) {
  auto kind = unit.substr(unit.rfind('/') + 1);
  return kind.substr(0, kind.find('-'));
}

std::string household_of_case(const Told& told, const std::string& case_id) {
  auto opened = told.opening(case_id);
  return opened ? told.household_of_opening(*opened) : std::string();
}

bool open_at(const Told& told, const std::string& case_id, Instant t) {
  std::optional<Instant> opened, closed;
  for (auto& e : told.events())
    if (e.case_id() == case_id && e.when <= t) {
      if (e.is("CaseOpened")) opened = e.when;
      if (e.is("CaseClosed")) closed = e.when;
    }
  return opened && (!closed || *closed < *opened);
}

bool known_open_at(const Told& told, const std::string& case_id, Instant t) {
  if (by_the_text(dispute::opened_again)) return open_at(told, case_id, t);
  auto opened = told.opening(case_id);
  auto closed = closing_after(told, case_id, opened->when);
  return opened->when <= t && (!closed || t < *closed);
}

namespace {
std::set<std::string> cases_of(const Told& told, const std::string& household) {
  std::set<std::string> out;
  for (auto& e : told.events())
    if (e.is("CaseOpened") && household_of_case(told, e.case_id()) == household) out.insert(e.case_id());
  return out;
}
}  // namespace

std::set<std::string> units_of(const Told& told, const std::string& household, Instant t) {
  std::set<std::string> out;
  for (auto& id : cases_of(told, household))
    if (known_open_at(told, id, t)) out.insert(told.unit_of(id, t));
  return out;
}

std::vector<Turn> turns(const Told& told, const std::string& household) {
  auto cases = cases_of(told, household);
  std::vector<Turn> out;
  for (auto& e : told.events()) {
    if (!cases.count(e.case_id())) continue;
    if (e.is("CaseOpened") || e.is("CaseClosed")) out.push_back({e.when, &e});
    if (!e.is("ResponsibilityAssigned") || e.text("responsibility") != "case") continue;
    for (auto t : {e.instant("from"), e.instant("until")})
      if (t && *t <= told.at) out.push_back({*t, &e});
  }
  std::stable_sort(out.begin(), out.end(), [](const Turn& a, const Turn& b) {
    return std::tie(a.when, a.event->sent->id) < std::tie(b.when, b.event->sent->id);
  });
  return out;
}

std::set<std::string> households(const Told& told) {
  std::set<std::string> out;
  for (auto& e : told.events())
    if (e.is("CaseOpened")) out.insert(household_of_case(told, e.case_id()));
  out.erase("");
  return out;
}

std::optional<Instant> closing_after(const Told& told, const std::string& case_id, Instant t) {
  std::optional<Instant> closed;
  for (auto& e : told.events()) {
    if (e.case_id() != case_id) continue;
    if (e.is("CaseClosed") && e.when >= t && (!closed || !by_the_text(dispute::opened_again)))
      closed = e.when;
    if (e.is("CaseOpened") && !by_the_text(dispute::opened_again)) closed.reset();
  }
  return closed;
}

// 8.2 no. 9: "agreement rules (R10, R19 to R24) bind the parties of an agreement in force, from its
// `validFrom`".
//
// Readings: nothing is in force before it is adopted; `validTo` is exclusive (8.1 no. 7); a document that
// replaces it, or a new version of it, ends it on its own first day.
bool bound(const Told& told, const std::set<std::string>& units, Instant t) {
  auto on = local_date(t);
  for (auto& e : told.events()) {
    if (!e.is("SteeringDocumentAdopted") || e.text("kind") != "agreement" || e.when > t) continue;
    auto until = e.date("validTo");
    if (on < *e.date("validFrom") || (until && *until <= on)) continue;
    bool replaced = false;
    for (auto& next : told.events())
      replaced = replaced || (next.is("SteeringDocumentAdopted") && next.when <= t &&
                              *next.date("validFrom") <= on && next.text("replaces") == e.text("documentId"));
    bool all = !replaced;
    for (auto& unit : units) all = all && e.lists("parties", unit);
    if (all) return true;
  }
  return false;
}

// 2.2: "A consent may have `validTo`. … A consent never covers more than its listed recipients and
// scope"; 8.1 no. 7: "Consents are linked by `consentId`; without `subjectId` the case's subject is meant".
//
// Readings: `validTo` is exclusive; refused or withdrawn after it was given, it holds no more; at the very
// instant of use counts.
bool consents(const Told& told, const std::string& giver, const std::string& scope,
              const std::set<std::string>& persons, const std::vector<std::string>& recipients, Instant t) {
  for (auto& given : told.events()) {
    if (!given.is("ConsentGiven") || given.text("giverId") != giver || given.text("scope") != scope ||
        given.when > t)
      continue;
    bool all = true;
    for (auto& recipient : recipients) all = all && given.lists("recipients", recipient);
    if (!all) continue;
    auto until = given.date("validTo");
    if (until && *until <= local_date(t)) continue;
    std::string about = told.subject_of(given.case_id());
    bool taken_back = false;
    for (auto& e : told.events()) {
      if (e.text("consentId") != given.text("consentId") || e.text("consentId").empty()) continue;
      if (e.is("ConsentRequested")) about = e.text("subjectId");
      if (e.is("ConsentDenied") && e.when >= given.when && e.when <= t) taken_back = true;
    }
    if (!taken_back && persons.count(about)) return true;
  }
  return false;
}

}  // namespace stafett::oracle::detail
