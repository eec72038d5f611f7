#pragma once

#include <map>
#include <string>

#include "stafett/command.h"

// Answers of the read model in a person's words.
namespace stafett::tools {

std::string in_words(const Globals& globals, wire::State state);
std::string in_words(const Globals& globals, wire::Severity severity);

// When something is due, as a person says it: the last day on which it is in time, or the moment.
std::string due(const wire::Obligation& obligation);

// The same by the name that the protocol gives it; "" stays "".
std::string severity_in_words(const Globals& globals, const std::string& name);

// "kind: child", … for a group of an indicator; empty without one. In English as the names are in JSON.
std::string in_words(const Globals& globals, const wire::Group& group);

// Why an append was refused: in English the code, in Swedish its meaning.
std::string in_words(const Globals& globals, ErrorCode code);

// How an instance stands: "counted", "pending", "waived".
std::string standing_in_words(const Globals& globals, const std::string& standing);

// The line that says what an answer rests on: the moment, the rules, how many events.
void print_basis(const Globals& globals, const wire::Basis& basis);

// The kind, status or phase of a case: "child", "open", "intake"…
std::string case_word(const Globals& globals, const std::string& name);

// What became of a case: the outcome of its investigation, or why it was closed; "" stays "".
std::string outcome_in_words(const Globals& globals, const std::string& name);

// The names of rules and indicators by id, in the user's language. An id without a name is its own.
class RuleNames {
 public:
  static Result<RuleNames> of(const Globals& globals, client::Connection& connection,
                              const wire::AsOf& as_of);
  // Also what a rule set that is not adopted calls those that are not known yet: its JSON text, which the
  // server has found well-formed.
  void add_those_of(const Globals& globals, const std::string& definition);
  std::string of(const std::string& id) const;

 private:
  std::map<std::string, std::string> names_;
};

}  // namespace stafett::tools
