// The child impact analysis behind an adult's decision: R12 (domain.md 4.1).
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

}  // namespace stafett::oracle::detail
