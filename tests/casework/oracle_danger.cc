// A family about to lose its home, and a child that is missing: R28, R28b, R28c, R47 (domain.md 4.1).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

std::string household_of_risk(const Told& told, const Event& risk) {
  if (risk.sent->stream.rfind("household/", 0) == 0) return risk.sent->stream.substr(10);
  return household_of_case(told, risk.case_id());
}

// Whether the event is about the household of the risk.
bool of_household(const Told& told, const Event& risk, const Event& e) {
  auto household = household_of_risk(told, risk);
  return e.sent->stream == risk.sent->stream ||
         (!household.empty() && household_of_risk(told, e) == household);
}

std::optional<Instant> averted(const Told& told, const Event& risk) {
  for (auto& e : told.events())
    if (e.is("RiskSituationNotified") && of_household(told, risk, e) && e.text("kind") == "eviction" &&
        e.when >= risk.when && (e.text("status") == "averted" || e.text("status") == "executed"))
      return e.when;
  return {};
}

std::set<std::string> minors_at_risk(const Told& told, const Event& risk) {
  auto household = household_of_risk(told, risk);
  auto named = risk.list("childrenAffected");
  std::set<std::string> out(named.begin(), named.end());
  if (named.empty() && !household.empty()) out = told.minors(household, risk.day());
  if (named.empty() && out.empty()) out = told.children_of(risk.case_id(), risk.when);
  std::erase_if(out, [&](auto& child) { return !told.is_minor(child, risk.day()); });
  return out;
}

// "and minors in household", named or not.
bool concerns_minors(const Told& told, const Event& risk) {
  if (!minors_at_risk(told, risk).empty()) return true;
  auto household = household_of_risk(told, risk);
  for (auto& child : told.children_of(risk.case_id(), risk.when))
    if (told.is_minor(child, risk.day())) return true;
  return !household.empty() && !told.minors(household, risk.day()).empty();
}

namespace {

bool in_touch(const Event& e) {
  if (e.is("InternalCoordinationAgreed")) {
    std::set<std::string> kinds;
    for (auto& unit : e.list("units")) kinds.insert(kind_of_unit(unit));
    return kinds.count("incomeSupport") && kinds.count("ifoChild");
  }
  if (!e.is("ContactRequested") && !e.is("MutualUpdateGiven")) return false;
  auto child_unit = [](const std::string& unit) {
    return kind_of_unit(unit) == "ifoChild" || kind_of_unit(unit) == "ifoReception";
  };
  auto from = e.text("fromUnit");
  auto to = e.is("ContactRequested") ? std::vector<std::string>{e.text("toUnit")} : e.list("toUnits");
  for (auto& unit : to)
    if ((kind_of_unit(from) == "incomeSupport" && child_unit(unit)) ||
        (child_unit(from) && kind_of_unit(unit) == "incomeSupport"))
      return true;
  return false;
}

// "R28 | `RiskSituationNotified{eviction}` and minors in household | `ResponsibilityAssigned{eviction}`,
// contact income support ↔ child unit, …, child's situation assessed | responsibility 2 working days; rest
// before planned eviction date"; 8.2 no. 12: "one obligation per part: `R28` responsibility, `R28b` contact
// between income support and child unit, `R28c` each child's situation assessed (protection assessment,
// investigation decision or checklist)", no. 14: closing waives what is not yet due.
//
// Readings: the notice that opens it; the children that it names, else the minors of the household or, when
// none is known, of the case; what is done about that household; contact is asking for it, an update or a
// coordination; reception is the child unit's door; what was done before the notice does not count; without a
// planned date the rest never falls due; "before the date" is before its first moment; an eviction averted or
// executed needs no more.
void r28(const Told& told, const Event& risk, Duties& out) {
  auto minors = minors_at_risk(told, risk);
  if (!concerns_minors(told, risk)) return;
  auto closed = averted(told, risk);
  auto ended = risk.case_id().empty() ? std::nullopt : closing_after(told, risk.case_id(), risk.when);
  if (ended && (!closed || *ended < *closed)) closed = ended;
  auto planned = risk.date("plannedDate");
  std::optional<Instant> before;
  if (planned) before = start_of_day(*planned);
  auto subject = risk.case_id().empty() ? risk.sent->stream.substr(10) : told.subject_of(risk.case_id());
  Standing responsible{risk.when, end_of(add_working_days(risk.day(), 2)), {}, closed};
  Standing contact{risk.when, before, {}, closed};
  for (auto& e : told.events()) {
    if (e.when < risk.when || !of_household(told, risk, e)) continue;
    if (e.is("ResponsibilityAssigned") && e.text("responsibility") == "eviction" && !responsible.done)
      responsible.done = e.when;
    if (!contact.done && in_touch(e)) contact.done = e.when;
  }
  add(out, told, "R28", risk, subject, responsible);
  add(out, told, "R28b", risk, subject, contact);
  for (auto& child : minors) {
    Standing s{risk.when, before, {}, closed};
    s.child = child;
    for (auto& e : told.events()) {
      if (e.when < risk.when || s.done) continue;
      bool own = told.is_kind(e.case_id(), "child") && told.subject_of(e.case_id()) == child;
      if (own && (e.is("ProtectionAssessed") || e.is("InvestigationDecided"))) s.done = e.when;
      if (e.is("ChildChecklistCompleted") && e.lists("childrenFound", child)) s.done = e.when;
    }
    add(out, told, "R28c", risk, child, s);
  }
}

// "R47 | `RiskSituationNotified{missingChild, open}` | regional routine started; status updated | same day;
// daily | … status found".
//
// Readings: each open notice asks for the next status by the end of the next day; whatever the status, it has
// been updated.
void r47(const Told& told, const Event& risk, Duties& out) {
  Standing s{risk.when, end_of(add_days(risk.day(), 1))};
  s.child = told.subject_of(risk.case_id());
  for (auto& e : told.events())
    if (e.is("RiskSituationNotified") && e.text("kind") == "missingChild" &&
        e.sent->stream == risk.sent->stream &&
        (e.when > risk.when || (e.when == risk.when && e.text("status") == "found")) && !s.done)
      s.done = e.when;
  add(out, told, "R47", risk, s.child, s);
}

}  // namespace

void eviction(const Told& told, Duties& out) {
  for (auto& e : told.events())
    if (e.is("RiskSituationNotified") && e.text("kind") == "eviction" && e.text("status") == "open")
      r28(told, e, out);
}

void missing_child(const Told& told, Duties& out) {
  for (auto& e : told.events())
    if (e.is("RiskSituationNotified") && e.text("kind") == "missingChild" && e.text("status") == "open" &&
        told.is_minor(told.subject_of(e.case_id()), e.day()))
      r47(told, e, out);
}

}  // namespace stafett::oracle::detail
