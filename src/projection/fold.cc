#include "projection/fold.h"

#include <algorithm>

#include "stafett/casework/adoption.h"
#include "stafett/casework/frozen_figures.h"
#include "stafett/core/assert.h"

namespace stafett::projection {

Result<std::vector<casework::DossierIndex::Id>> Fold::apply(const event::RecordedEvent& e) {
  STAFETT_ASSERT(e.position == checkpoint_);
  if (auto definition = casework::adopted_definition(e); !definition.empty()) {
    auto known = books_.back()->ids();
    auto set = casework::RuleSet::parse(definition, known);
    if (!set)
      return fail(ErrorCode::corruption, "the rule set adopted at position " +
                                             std::to_string(e.position.value) +
                                             " cannot be read: " + set.error().message);
    adopted_.push_back(
        {std::make_shared<casework::RuleSet>(std::move(set.value())), e.position, e.recorded_at});
    books_.push_back(std::make_shared<casework::RuleBook>(adopted_));
  }
  if (casework::is_frozen_figures(e))
    frozen_.push_back(e.position);
  else if (!municipalities_.contains(e.municipality))
    municipalities_.emplace(e.municipality, e.position);
  auto touched = dossiers_.add(e);
  checkpoint_ = checkpoint_.next();
  return touched;
}

bool Fold::knows(const std::string& municipality, Position known) const {
  auto met = municipalities_.find(municipality);
  return met != municipalities_.end() && met->second < known;
}

std::shared_ptr<const casework::RuleBook> Fold::book(Position known) const {
  auto count =
      std::count_if(adopted_.begin(), adopted_.end(), [&](auto& set) { return set.position < known; });
  return books_[static_cast<std::size_t>(count)];
}

std::string name_of(const Dossier& dossier) {
  return dossier.own.empty() ? dossier.home : std::string(dossier.own.front().stream);
}

Result<casework::Judgement> judge_dossier(const Dossier& dossier, const casework::RuleBook& book, Instant at,
                                          const std::atomic<bool>& stopped) {
  casework::Effort effort;
  effort.stopped = &stopped;
  auto judgement = with_world(
      dossier, at, [&](const casework::World& world) { return casework::judge(world, book, effort); });
  if (!judgement.given_up) return judgement;
  if (stopped) return fail(ErrorCode::unavailable, "the server is stopping");
  return fail(ErrorCode::too_large, "the dossier of " + name_of(dossier) +
                                        " ties too much together to be judged: over " +
                                        std::to_string(effort.judged_max) + " obligations");
}

}  // namespace stafett::projection
