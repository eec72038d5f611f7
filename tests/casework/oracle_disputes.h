#pragma once

#include <cstdlib>
#include <string_view>

// Where the oracle, reading domain.md, and the engine part. The oracle follows the engine there unless
// STAFETT_DISPUTED names the point (or is "all"): then it judges by the text, and the comparison fails until
// one of the two has been changed. A settled point is deleted here and in the rule that asks for it.
namespace stafett::oracle::dispute {

// D18: "until the last possible 18th birthday". Of who was born in February 2004 (month known) that is 1
// March 2022, of who was born in February 2002 it is 28 February 2020. The engine takes the last day of the
// month 18 years later.
inline constexpr std::string_view born_in_february = "born_in_february";

// R02: "decision event referring to `reportId`". The engine takes a decision that names no report.
inline constexpr std::string_view r02_decision_without_report = "r02_decision_without_report";

// R03, I17: "with `preliminaryAssessmentMade=false`". The engine takes an open decision that does not say.
inline constexpr std::string_view r03_assessment_not_stated = "r03_assessment_not_stated";

// R03: "`ViolenceIndicated` on a minor in an intake case". The engine takes any case in which nothing has
// ever been decided: also a closed one, but not the second intake of a case opened again.
inline constexpr std::string_view r03_intake = "r03_intake";

// R03: the first decision settles it. In the engine a breaching decision also undoes an earlier
// `alreadyOpen`.
inline constexpr std::string_view r03_settled_once = "r03_settled_once";

// R02, R03, R16: what was done late stays `fulfilledLate`. The engine lets a later exception waive it.
inline constexpr std::string_view waived_after_done = "waived_after_done";

// R05: "`deferred` with reason and `reviewDate`". The engine takes a deferral without a reason.
inline constexpr std::string_view r05_deferral_without_reason = "r05_deferral_without_reason";

// R05, R07: a deferral or extension after the obligation was settled has no object. The engine moves `dueAt`.
inline constexpr std::string_view settled_due_moves = "settled_due_moves";

// R14: D16 "information duty stays open but shown as "blocked", not overdue" where consent to the talk was
// refused. In the engine it falls overdue.
inline constexpr std::string_view r14_blocked = "r14_blocked";

// R15: D7 "Only `ChildHeard` by a unit with the child's case (or lead unit)". The engine takes any unit's
// talk.
inline constexpr std::string_view r15_heard_by_stranger = "r15_heard_by_stranger";

// R15: "in an adult case: own talk only after R11". The engine takes it without the guardians' consent.
inline constexpr std::string_view r15_talk_without_consent = "r15_talk_without_consent";

// R15: every child that a decision affects. The engine lets only the first decision of a case raise R15.
inline constexpr std::string_view r15_later_decision = "r15_later_decision";

// R15: "adult case: before the decision", and 8.2 no. 8: what is settled at the due instant is late. The
// engine takes a talk at the very instant of the decision that raises the obligation, not of one that ends
// it.
inline constexpr std::string_view r15_at_the_decision = "r15_at_the_decision";

// R16: D10 "Letter counts as informed about decision, not as feedback talk". The engine takes the letter.
inline constexpr std::string_view r16_letter = "r16_letter";

// R16, I08: "declined by child" is an exception. The engine takes a declined talk whose `decisionTold` is
// true as given.
inline constexpr std::string_view r16_declined = "r16_declined";

// R33, I31: D19 "at least one representative of each administration side attended". The engine counts a
// meeting whose list of attendants is empty.
inline constexpr std::string_view r33_attended_by_nobody = "r33_attended_by_nobody";

// R52: "noted by a mandated unit". The engine binds landlords and associations too.
inline constexpr std::string_view r52_not_mandated = "r52_not_mandated";

// R53: "reported for one child", and 5.1: "Only under 18 … counts as child". The engine raises R53 for the
// siblings also when the person reported on is grown up.
inline constexpr std::string_view r53_report_on_adult = "r53_report_on_adult";

// R53: a child named in `childrenInHousehold` of an adult's case lives in that case's household. The engine
// finds a child's household by relations and the child's own cases only.
inline constexpr std::string_view household_by_naming = "household_by_naming";

// R13, R17: "a person with minors in household". Where an adult's case names no household, the engine does
// not look for the one its subject lives in by the recorded relations.
inline constexpr std::string_view household_of_subject = "household_of_subject";

// D18, "treat as child": the engine leaves out household members whose birth date nobody has registered (R53,
// and R17 where the case names no children), also those who are the subject of a child's case.
inline constexpr std::string_view unregistered_minor = "unregistered_minor";

// I04, I05, I06: "before conclusion". The engine counts what happens at the very instant of the conclusion,
// at which R14 and R15 call it late.
inline constexpr std::string_view at_the_conclusion = "at_the_conclusion";

// judge.h: "the answer stays the same for every `at` from the world's up to here". The engine's horizon does
// not see events it was given whose time lies ahead: registered in advance (`time`), or telling of what is to
// come, such as a `ResponsibilityAssigned` whose `from` is tomorrow.
inline constexpr std::string_view horizon_of_what_is_to_come = "horizon_of_what_is_to_come";

}  // namespace stafett::oracle::dispute

namespace stafett::oracle {

inline bool by_the_text(std::string_view point) {
  static const char* asked = std::getenv("STAFETT_DISPUTED");
  return asked && (std::string_view(asked) == "all" || std::string_view(asked) == point);
}

}  // namespace stafett::oracle
