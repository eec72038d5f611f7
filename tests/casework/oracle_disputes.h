#pragma once

#include <cstdlib>
#include <string_view>

// Where the oracle, reading domain.md, and the engine part. The oracle follows the engine there unless
// STAFETT_DISPUTED names the point (or is "all"): then it judges by the text, and the comparison fails until
// one of the two has been changed. A settled point is deleted here and in the rule that asks for it.
namespace stafett::oracle::dispute {

// R02: "decision event referring to `reportId`". The engine takes a decision that names no report.
inline constexpr std::string_view r02_decision_without_report = "r02_decision_without_report";

// R03, I17: "with `preliminaryAssessmentMade=false`". The engine takes an open decision that does not say.
inline constexpr std::string_view r03_assessment_not_stated = "r03_assessment_not_stated";

// R03: "`ViolenceIndicated` on a minor in an intake case". The engine takes any case in which nothing has
// ever been decided: also a closed one, but not the second intake of a case opened again.
inline constexpr std::string_view r03_intake = "r03_intake";

// R14: D16 "information duty stays open but shown as "blocked", not overdue" where consent to the talk was
// refused. In the engine it falls overdue.
inline constexpr std::string_view r14_blocked = "r14_blocked";

// R15: D7 "Only `ChildHeard` by a unit with the child's case (or lead unit)". The engine takes any unit's
// talk.
inline constexpr std::string_view r15_heard_by_stranger = "r15_heard_by_stranger";

// R15: "in an adult case: own talk only after R11". The engine takes it without the guardians' consent.
inline constexpr std::string_view r15_talk_without_consent = "r15_talk_without_consent";

// R15: "adult case: before the decision", and 8.2 no. 8: what is settled at the due instant is late. The
// engine takes a talk at the very instant of the decision that raises the obligation, not of one that ends
// it.
inline constexpr std::string_view r15_at_the_decision = "r15_at_the_decision";

// I04, I05, I06: "before conclusion". The engine counts what happens at the very instant of the conclusion,
// at which R14 and R15 call it late.
inline constexpr std::string_view at_the_conclusion = "at_the_conclusion";

}  // namespace stafett::oracle::dispute

namespace stafett::oracle {

inline bool by_the_text(std::string_view point) {
  static const char* asked = std::getenv("STAFETT_DISPUTED");
  return asked && (std::string_view(asked) == "all" || std::string_view(asked) == point);
}

}  // namespace stafett::oracle
