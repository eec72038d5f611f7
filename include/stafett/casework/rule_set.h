#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "stafett/casework/answers.h"
#include "stafett/core/result.h"
#include "stafett/event/catalogue.h"

// Rules and indicators are data (house.md 1.8): a JSON file, described in schema/rules/README.md, checked and
// compiled here into tables. A rule set is immutable once compiled; sharing it between threads is safe.
namespace stafett::casework {

struct Clause;  // one trigger → obligation of a rule, compiled (internal)
struct Tally;   // what an indicator counts, compiled (internal)

struct LegalReference {
  std::string act, section;
  Date from, to;          // half-open; the whole of time when not given
  bool verified = false;  // whether a lawyer has checked it
  std::string text;       // both, as it is cited
};

struct Rule {
  std::string id;  // stable across acts and versions: "R02"
  Severity severity = Severity::must;
  event::Label name;
  event::Label overdue;  // what a follow-up list says when it is not met
  event::Label limit;    // in words, for people: "14 days"; empty when there is none
  std::string source;    // where the demand comes from (domain.md)
  std::vector<LegalReference> legal_refs;
  Date from, to;  // in force for triggers on these local dates, half-open
  std::vector<std::shared_ptr<const Clause>> clauses;

  std::string_view legal_ref_at(Date on) const;  // as cited; empty when there is none
};

struct Indicator {
  std::string id;  // "I04"
  event::Label name;
  event::Label unit_of_count;  // "child × investigation"
  std::string basis;           // "trigger", "completion", "calendar" or "as-of"
  std::string source;
  std::uint32_t smallest = 0;  // denominators below it are not published, whatever the threshold (surveys)
  std::vector<std::string>
      part_of;  // indicators whose numerator holds all of this one's, of the same denominator
  std::shared_ptr<const Tally> tally;
  std::string municipality;  // of its set: a municipality's own indicator counts only there

  std::string show() const;  // how it is shown: "share", "count", "days"… (schema/rules/README.md)
  bool counts_in(std::string_view code) const { return municipality == "0000" || municipality == code; }
};

class RuleSet {
 public:
  // Parses and checks the JSON of a rule set. Errors: invalid_argument whose message begins with the place,
  // such as rules[3].clauses[0].when.where.outcome, which `field` repeats. `known_rules`: ids that exist
  // already, which indicators of this set may count over.
  static Result<RuleSet> parse(std::string_view json, const std::vector<std::string>& known_rules = {});

  std::string id;  // "base"
  Date in_force_from, in_force_to;
  std::string municipality;      // four digits; "0000": everywhere
  std::string replaces;          // id of the set it takes the place of; empty when none
  bool applies_to_open = false;  // whether it also re-dates obligations triggered before it was in force
  event::Label name;
  std::vector<Date> holidays;  // days that are not working days; sorted
  std::vector<Rule> rules;
  std::vector<Indicator> indicators;
};

// An adopted rule set, by the event that adopted it.
struct AdoptedRuleSet {
  std::shared_ptr<const RuleSet> set;
  Position position;
  Instant recorded_at;
};

// A clause to judge: of that rule, or of an indicator when there is none, as defined in that set.
struct Hearing {
  const Clause* clause;
  const Rule* rule;
  const Indicator* indicator;
  const RuleSet* set;
  bool alone = false;  // a rule of which there is one version, in a set that none replaces
};

// The rules in force as the ledger knew them: which version of a rule judges a trigger.
class RuleBook {
 public:
  explicit RuleBook(std::vector<AdoptedRuleSet> sets);  // in the order of adoption

  // The version of the rule for a trigger on that date in that municipality, and the set it comes from; null
  // when none is in force. The last adopted set in force there and then wins; a set of the municipality wins
  // over 0000.
  const Rule* rule(std::string_view id, Date on, std::string_view municipality) const;
  const Indicator* indicator(std::string_view id) const;  // the last adopted
  std::vector<std::string> indicator_ids() const;         // sorted
  std::vector<std::string> rule_ids() const;              // sorted
  std::vector<std::string> ids() const;                   // of rules, then of indicators
  const std::vector<AdoptedRuleSet>& sets() const { return sets_; }
  // All that is to be judged: the clauses of every version of every rule, then those of the indicators.
  const std::vector<Hearing>& hearings() const { return hearings_; }
  // Whether indicators can be broken down by that dimension of their own (README of the rules, "split").
  bool has_split(std::string_view name) const { return splits_.contains(name); }
  const AdoptedRuleSet* set_of(const Rule& rule) const;
  const AdoptedRuleSet* set_of(const Indicator& indicator) const;
  // Ids of all sets, joined by '+': what answers name as their rule set.
  std::string name() const;

 private:
  bool in_force(const RuleSet& set, const Rule& rule, Date on) const;
  std::vector<AdoptedRuleSet> sets_;
  std::map<std::string, std::vector<std::pair<const RuleSet*, const Rule*>>, std::less<>> versions_;
  std::map<std::string, const Indicator*, std::less<>> indicators_;
  std::vector<Hearing> hearings_;
  std::set<std::string, std::less<>> splits_;
};

}  // namespace stafett::casework
