#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <vector>

#include "stafett/casework/dossier_index.h"
#include "stafett/casework/judge.h"
#include "stafett/core/result.h"
#include "stafett/event/recorded_event.h"

// The state that the projection folds the ledger into: which events belong together, and the rule sets
// adopted.
namespace stafett::projection {

class Fold {
 public:
  // Takes in the next event; positions must ascend without a gap. Returns the dossiers it touched. A rule set
  // in the ledger that cannot be read is `corruption`: it was checked before it was adopted.
  Result<std::vector<casework::DossierIndex::Id>> apply(const event::RecordedEvent& event);

  Position checkpoint() const { return checkpoint_; }  // events below it are folded in
  const casework::DossierIndex& dossiers() const { return dossiers_; }

  // Where statistics were frozen, ascending.
  const std::vector<Position>& frozen() const { return frozen_; }

  // Whether anything was recorded of that municipality in the positions below `known`, beside statistics of
  // it.
  bool knows(const std::string& municipality, Position known) const;

  // The rules as known when the ledger held the positions below `known`.
  std::shared_ptr<const casework::RuleBook> book(Position known) const;

 private:
  Position checkpoint_;
  casework::DossierIndex dossiers_;
  std::vector<Position> frozen_;
  std::map<std::string, Position, std::less<>> municipalities_;  // where each is met first
  std::vector<casework::AdoptedRuleSet> adopted_;
  // The book after each adoption; the first is the empty one of a ledger without rules.
  std::vector<std::shared_ptr<const casework::RuleBook>> books_{
      std::make_shared<casework::RuleBook>(std::vector<casework::AdoptedRuleSet>{})};
};

// One dossier's events, ready to be judged.
struct Dossier {
  std::vector<event::RecordedEvent> own, visiting;
  std::string home;  // DossierIndex::home
};

// What messages call it by: the stream it begins with, or its home.
std::string name_of(const Dossier& dossier);

// Judges it as of `at`.
// Errors: too_large when it ties more together than can be judged, unavailable when `stopped` is set
// meanwhile.
Result<casework::Judgement> judge_dossier(const Dossier& dossier, const casework::RuleBook& book, Instant at,
                                          const std::atomic<bool>& stopped);

// The same world, for more than a judgement: calls `use(world)`.
template <class Use>
auto with_world(const Dossier& dossier, Instant at, Use use) {
  std::vector<const event::RecordedEvent*> own, visiting;
  for (auto& e : dossier.own) own.push_back(&e);
  for (auto& e : dossier.visiting) visiting.push_back(&e);
  casework::World world(own, visiting, at, dossier.home);
  return use(static_cast<const casework::World&>(world));
}

}  // namespace stafett::projection
