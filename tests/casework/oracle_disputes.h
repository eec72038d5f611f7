#pragma once

#include <cstdlib>
#include <string_view>

// Where the oracle, reading domain.md, and the engine part. The oracle follows the engine there unless
// STAFETT_DISPUTED names the point (or is "all"): then it judges by the text, and the comparison fails until
// one of the two has been changed. A settled point is deleted here and in the rule that asks for it.
namespace stafett::oracle::dispute {

// R02: "decision event referring to `reportId`". The engine takes a decision in the report's own case that
// names no report: the catalogue makes `reportId` optional, and such a decision can be about nothing else.
inline constexpr std::string_view r02_decision_without_report = "r02_decision_without_report";

// R15: "in an adult case: own talk only after R11". The engine takes it without the guardians' consent: the
// talk took place (D2), R11 has a breach for each consent that is missing, and one lapse is to be seen once.
inline constexpr std::string_view r15_talk_without_consent = "r15_talk_without_consent";

// 8.2 no. 14: "`CaseClosed` waives what presupposes an open case and is not yet due". In the engine a case
// that is opened again was never closed.
inline constexpr std::string_view opened_again = "opened_again";

// I20b, I20c: "children discussed in child teams | all guardians given before", "child talk | R11 met". The
// engine counts each guardian: the language of rules cannot say yet that all of several have.
inline constexpr std::string_view i20_all_guardians = "i20_all_guardians";

// I30h: minors "at time t". In the engine those that the case had when it was opened.
inline constexpr std::string_view i30h_by_now = "i30h_by_now";

}  // namespace stafett::oracle::dispute

namespace stafett::oracle {

inline bool by_the_text(std::string_view point) {
  static const char* asked = std::getenv("STAFETT_DISPUTED");
  return asked && (std::string_view(asked) == "all" || std::string_view(asked) == point);
}

}  // namespace stafett::oracle
