// Indicators about reports, decisions and talks: I13, I14b, I14c, I15, I20b, I20c, I21 (domain.md 5.2).
#include "casework/oracle_family.h"

namespace stafett::oracle::detail {

namespace {

// "I13b | adult decision | adult decisions, subject has minors | `childAffected=notAssessed` | completion".
void i13b(const Told& told, const Event& decision, Count& c) {
  if (told.children_of(decision.case_id(), decision.when).empty()) return;
  *c.denominator += 1;
  c.numerator += decision.text("childAffected") == "notAssessed";
}

// "I14b | same | decisions where household has open cases in ≥ 2 units | CIA with `joint=true`", same as I14:
// "decision × affected child | … `childAffected=yes` or `notAssessed` … CIA for that child, that draft, …
// before the decision".
//
// Reading: whoever took part (D14 is about R12).
void i14b(const Told& told, const Event& decision, Count& c) {
  auto household = household_of_case(told, decision.case_id());
  if (decision.text("childAffected") == "no" || household.empty() ||
      units_of(told, household, decision.when).size() < 2)
    return;
  for (auto& child : affected_children(told, decision)) {
    bool joint = false;
    for (auto& a : told.events())
      joint = joint ||
              (a.is("ChildImpactAnalysisCompleted") && a.yes("joint") && a.text("childId") == child &&
               a.text("concernsDecisionDraft") == decision.text("decisionId") && a.when <= decision.when);
    *c.denominator += 1;
    c.numerator += joint;
  }
}

// "I20b | child × team meeting | children discussed in child teams | all guardians given before"; "I20c |
// child talk | `ChildHeard` in adult cases | R11 met".
//
// Reading: a child without guardians has nobody who could have consented, and is not counted.
Count of_all_guardians(const Duties& duties, const char* rule, const Period& period) {
  std::map<std::pair<std::string, std::string>, bool> all;
  for (auto& d : duties) {
    if (d.rule != rule || !period.has(d.created)) continue;
    auto whose = by_the_text(dispute::i20_all_guardians) ? d.case_id : d.case_id + '\n' + d.subject;
    auto& met = all.try_emplace({d.trigger, whose}, true).first->second;
    met = met && d.state == "fulfilled";
  }
  Count c{0, 0.0};
  for (auto& [talk, met] : all) *c.denominator += 1, c.numerator += met;
  return c;
}

}  // namespace

void decisions_counted(const Told& told, const Duties& duties, const Period& period, Counts& out) {
  out["I13"] = over(duties, "R13", period);
  Count nothing{0, 0.0};
  for (auto id : {"I13b", "I14b", "I14c", "I15", "I21"}) out[id] = nothing;
  for (auto& e : told.events()) {
    if (!period.has(e.when)) continue;
    if (e.is("DecisionMade") && told.is_kind(e.case_id(), "adult")) {
      i13b(told, e, out["I13b"]);
      i14b(told, e, out["I14b"]);
    }
    bool minor = told.is_minor(e.text("childId"), e.day());
    // "I14c | CIA | CIAs completed | `childView=included`".
    if (e.is("ChildImpactAnalysisCompleted") && minor) {
      *out["I14c"].denominator += 1;
      out["I14c"].numerator += e.text("childView") == "included";
    }
    // "I15 | child × report | reports in period | violence exposed or witnessed".
    if (e.is("ConcernReported") && minor) {
      *out["I15"].denominator += 1;
      out["I15"].numerator += e.yes("violenceExposed") || e.yes("violenceWitnessed");
    }
    // "I21 | secrecy event | `SecrecyInvoked` in period | `consentAsked=false` and no alternative offered".
    if (e.is("SecrecyInvoked")) {
      auto offered = e.text("alternativeOffered");
      *out["I21"].denominator += 1;
      out["I21"].numerator += e.no("consentAsked") && (offered.empty() || offered == "none");
    }
  }
  out["I20b"] = of_all_guardians(duties, "R10b", period);
  out["I20c"] = of_all_guardians(duties, "R11", period);
}

}  // namespace stafett::oracle::detail
