#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "casework/path.h"

// Patterns of the rule language: {"outcome": "open", "case.kind": "child"} holds of an event when every
// condition does.
namespace stafett::casework {

// A constant of the rule set, or a path into what the obligation is about ("$trigger.reportId").
class Operand {
 public:
  static Operand constant(std::string text);  // an enumerator, id or code
  static Operand constant(Value value);       // a number, boolean, date or instant
  static Operand reference(Path path);
  void evaluate(const Fact* event, const Binding& binding, Values& out) const;
  bool has(const Value& wanted, const Fact& event, const Binding& binding) const;
  // The path, when it is a reference; else null.
  const Path* path() const { return path_ ? &*path_ : nullptr; }

 private:
  std::shared_ptr<const std::string> text_;
  Value constant_;  // may be of text_
  std::optional<Path> path_;
};

struct Condition {
  enum class Op : std::uint8_t { any_of, none_of, has_all, present, at_least, at_most, before, after };
  Path path;
  Op op = Op::any_of;
  bool or_absent = false;  // holds too when the path has no value
  bool wanted = true;      // present: true or false
  std::vector<Operand> operands;

  bool holds(const Fact& event, const Binding& binding) const;
};

struct Pattern {
  std::vector<Condition> all;
  std::vector<std::vector<Pattern>> any;  // of each group at least one holds
  std::vector<Pattern> none;

  bool holds(const Fact& event, const Binding& binding) const;
  bool empty() const { return all.empty() && any.empty() && none.empty(); }
};

// Which events a rule looks for, and where.
struct EventPattern {
  enum class In : std::uint8_t {
    in_case,    // the trigger's own stream
    household,  // that and what is about the same household
    family      // everything judged together
  };
  TypeSet types;
  Pattern where;
  In in = In::in_case;
  // Whether only events about the subject can match, by {"child"/"childId": "$subject"}: then the others need
  // not be looked at.
  bool about_subject = false;
  // Dates of the event between which it is valid, half-open: it counts only while the moment judged lies
  // there.
  std::optional<Path> valid_from, valid_to;

  bool holds(const Fact& event, const Binding& binding) const;
  // The same of an event that is known to be of one of the types.
  bool holds_of_type(const Fact& event, const Binding& binding) const;
  // And wherever it stands.
  bool counts(const Fact& event, const Binding& binding) const;
};

// A place in a rule set's JSON, for error messages: rules[3].clauses[0].when.where.outcome
using Place = std::string;

Result<Pattern> parse_pattern(const nlohmann::json& json, const Place& place, const TypeSet& types,
                              const Scope& scope);
// {"event": "ChildHeard" | [names], "where": {…}, "in": "case" | "household" | "family", "validNow": {"from",
// "to"}}
Result<EventPattern> parse_event_pattern(const nlohmann::json& json, const Place& place, const Scope& scope);
Result<TypeSet> parse_event_types(const nlohmann::json& json, const Place& place);
Result<Operand> parse_operand(const nlohmann::json& json, const Place& place, const Path* compared,
                              const Scope& scope);

// A path to values of one of `types`, or from a root ("$trigger.…").
Result<Path> path_at(const nlohmann::json& json, const Place& place, const TypeSet& types,
                     const Scope& scope);
Result<int> whole_number(const nlohmann::json& json, const Place& place);  // 0 to 100000

// Refuses members that are not among `known`, naming the first.
Result<void> only_members(const nlohmann::json& json, const Place& place,
                          std::initializer_list<std::string_view> known);
Error at_place(Error error, const Place& place);

}  // namespace stafett::casework
