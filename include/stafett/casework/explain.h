#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "stafett/casework/judge.h"

// Why an obligation, or a figure, is what it is, in plain words of both languages. Made of the judgement
// itself: the judge tells what it came upon, and this puts it in words. Pure and deterministic: the same
// world and rules give the same words. No personal content.
namespace stafett::casework {

// One thing that led to the answer, and the events that it speaks of, ascending. Kinds, in the order they
// come: of an obligation "rule", "law", "trigger", "subject", "condition", "due", "warning", "exception",
// "requirement", "nearMiss", "correction", "state", "missing"; of a figure "indicator", "counts", "period",
// "group", "numerator", "figure", "suppressed", "recorded", "more"; of an instance behind it "counted",
// "state"; of there being no obligation "rule", "trigger", "nearMiss", "state".
struct Step {
  std::string kind;
  event::Label text;
  std::vector<Position> positions;
};

// That a rule gave a case, or another stream, no obligation.
struct NoObligation {
  std::string rule, case_id, stream;
};

// Of an obligation, of a figure, or of why there is no obligation.
struct Explanation {
  std::variant<Obligation, Figure, NoObligation> of;
  std::vector<Step> steps;
};

// Which obligations of a dossier; what is empty does not choose.
struct ObligationChoice {
  std::string case_id, stream;
  std::string rule;  // or an indicator, for what its own clauses ask
  std::string subject;
  std::optional<Position> triggered_by;
};

// Ordered by rule, creation and subject. When a rule is named and there is none, neither of another subject
// or trigger, the one explanation is of why not; empty when there is no such case, stream or rule either.
std::vector<Explanation> explain(const World& world, const RuleBook& book, const ObligationChoice& choice);

// What the indicator is and how the figure comes about. `query` asked for the figure.
Explanation explain_figure(const Figure& figure, const FigureQuery& query, const Indicator& indicator,
                           const RuleBook& book);

// The instances behind the figure of that group in one dossier: why each counts or does not. `judgement` is
// of the same world and rules. Ordered by case, subject and trigger.
std::vector<Explanation> explain_instances(const World& world, const RuleBook& book,
                                           const Judgement& judgement, const FigureQuery& query,
                                           const Indicator& indicator,
                                           const std::map<std::string, std::string>& group);

// The recorded events behind the figure of that group in one dossier, a step each, by position; not more than
// so many. Empty when the indicator counts obligations.
std::vector<Step> explain_recorded(const Judgement& judgement, const FigureQuery& query,
                                   const Indicator& indicator,
                                   const std::map<std::string, std::string>& group, std::size_t at_most);

}  // namespace stafett::casework
