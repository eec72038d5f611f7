#include <algorithm>

#include "casework/clause.h"

namespace stafett::casework {

std::string_view Rule::legal_ref_at(Date on) const {
  for (auto& ref : legal_refs)
    if (ref.from <= on && on < ref.to) return ref.text;
  return {};
}

RuleBook::RuleBook(std::vector<AdoptedRuleSet> sets) : sets_(std::move(sets)) {
  for (auto& adopted : sets_) {
    for (auto& rule : adopted.set->rules) versions_[rule.id].emplace_back(adopted.set.get(), &rule);
    for (auto& indicator : adopted.set->indicators) indicators_[indicator.id] = &indicator;
  }
  auto add = [&](const Clause& clause, const Rule* rule, const Indicator* indicator, const RuleSet& set) {
    bool alone = rule && versions_.find(rule->id)->second.size() == 1 && !set.applies_to_open &&
                 std::none_of(sets_.begin(), sets_.end(), [&](auto& s) { return s.set->replaces == set.id; });
    hearings_.push_back({&clause, rule, indicator, &set, alone});
    for (auto& split : clause.splits) splits_.insert(split.name);
  };
  for (auto& adopted : sets_)
    for (auto& rule : adopted.set->rules)
      for (auto& clause : rule.clauses) add(*clause, &rule, nullptr, *adopted.set);
  for (auto& [id, indicator] : indicators_)
    for (auto& over : indicator->tally->over) {
      if (over.own) add(*over.own, nullptr, indicator, *set_of(*indicator)->set);
      if (!over.recorded.empty()) splits_.insert("type");
    }
}

std::string Indicator::show() const { return std::string(to_string(tally->show)); }

bool RuleBook::in_force(const RuleSet& set, const Rule& rule, Date on) const {
  if (on < set.in_force_from || on >= set.in_force_to || on < rule.from || on >= rule.to) return false;
  // A set that replaces this one ends it on the day the new one comes into force.
  return std::none_of(sets_.begin(), sets_.end(), [&](auto& other) {
    return other.set.get() != &set && other.set->replaces == set.id &&
           (other.set->in_force_from <= on || other.set->applies_to_open);
  });
}

const Rule* RuleBook::rule(std::string_view id, Date on, std::string_view municipality) const {
  auto found = versions_.find(id);
  if (found == versions_.end()) return nullptr;
  const Rule* best = nullptr;
  bool best_is_local = false;
  for (auto& [set, version] : found->second) {
    bool local = set->municipality != "0000";
    if (local && set->municipality != municipality) continue;
    bool counts = in_force(*set, *version, on) || (set->applies_to_open && on < set->in_force_from &&
                                                   on >= version->from && on < version->to);
    if (!counts || (best && best_is_local && !local)) continue;
    best = version;
    best_is_local = local;
  }
  return best;
}

const Indicator* RuleBook::indicator(std::string_view id) const {
  auto found = indicators_.find(id);
  return found == indicators_.end() ? nullptr : found->second;
}

std::vector<std::string> RuleBook::indicator_ids() const {
  std::vector<std::string> ids;
  for (auto& [id, indicator] : indicators_) ids.push_back(id);
  return ids;
}

std::vector<std::string> RuleBook::rule_ids() const {
  std::vector<std::string> ids;
  for (auto& [id, versions] : versions_) ids.push_back(id);
  return ids;
}

std::vector<std::string> RuleBook::ids() const {
  auto ids = rule_ids(), indicators = indicator_ids();
  ids.insert(ids.end(), indicators.begin(), indicators.end());
  return ids;
}

const AdoptedRuleSet* RuleBook::set_of(const Rule& rule) const {
  for (auto& adopted : sets_)
    for (auto& r : adopted.set->rules)
      if (&r == &rule) return &adopted;
  return nullptr;
}

const AdoptedRuleSet* RuleBook::set_of(const Indicator& indicator) const {
  for (auto& adopted : sets_)
    for (auto& i : adopted.set->indicators)
      if (&i == &indicator) return &adopted;
  return nullptr;
}

std::string RuleBook::name() const {
  std::string out;
  std::vector<std::string_view> named;  // a set that was adopted anew is named once
  for (auto& adopted : sets_) {
    if (std::find(named.begin(), named.end(), adopted.set->id) != named.end()) continue;
    named.push_back(adopted.set->id);
    out += (out.empty() ? "" : "+") + adopted.set->id;
  }
  return out;
}

}  // namespace stafett::casework
