#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "projection/fold.h"
#include "projection/judgement_cache.h"
#include "projection/reader.h"
#include "stafett/projection/casebook.h"

namespace stafett::projection {

// The longest list that one answer gives; a longer one is asked for in parts.
inline constexpr std::size_t list_max = 200'000;
Error too_long();

// What all questions to the casebook share. The follower thread folds the ledger in, alone; questions share
// the folded state for as long as they take, so that what they judge is one moment of the ledger. Appending
// waits for neither.
struct Casebook::State {
  using Id = casework::DossierIndex::Id;
  using Sharing = std::shared_lock<std::shared_mutex>;

  State(ledger::Ledger& l, const Clock& c) : ledger(l), clock(c) {}

  ledger::Ledger& ledger;
  const Clock& clock;

  // How much memory judgements at hand may take: enough for the cases that are asked about again and again.
  static constexpr std::size_t cache_bytes = 192u << 20;

  std::shared_mutex folding;  // guards fold
  Fold fold;
  JudgementCache cache{cache_bytes};

  std::mutex waiting;  // guards failure, and wakes those who wait for the checkpoint
  std::condition_variable moved;
  std::optional<Error> failure;  // the fold met damage: nothing is answered from here on
  std::atomic<std::uint64_t> checkpoint{0};
  std::atomic<bool> stopped{false};

  std::shared_ptr<void> listening;
  std::thread follower;

  // What the follower thread does until it is stopped.
  void follow();

  // What a question works with: the times it asks for, settled. The fold stands still as long as it lives.
  struct Question {
    Sharing sharing;
    Instant at;
    Position known;  // positions below it are known
    std::shared_ptr<const casework::RuleBook> book;
    bool live = false;  // judges all that is known, so the cache may answer
    Basis basis() const { return {TreeSize(known.value), book->name(), at}; }
  };

  // Waits until everything that was acknowledged when the question came is folded in.
  Result<Question> ask(const AsOf& as_of);

  Result<Dossier> read(Id id, const Question& q);
  // `dossier`: as read for this question, where it has been; else it is read when it must be judged.
  Result<std::shared_ptr<const casework::Judgement>> judgement_of(Id id, const Question& q,
                                                                  const Dossier* dossier = nullptr);

  // Hands over the judgement of every dossier, one at a time.
  template <class Each>
  Result<void> each_judgement(const Question& q, Each each) {
    for (auto id : fold.dossiers().all()) {
      STAFETT_TRY(auto judgement, judgement_of(id, q));
      STAFETT_TRY(each(*judgement));
    }
    return ok();
  }

  // The figures asked for, published or marked as the query says.
  Result<std::vector<casework::Figure>> figures(const casework::FigureQuery& asked,
                                                const IndicatorQuery& query, const Question& q);

  // The query against a question's rules. Errors as Casebook::indicators.
  static Result<casework::FigureQuery> compile(const IndicatorQuery& query, const Question& q);

 private:
  Result<void> take_in(const event::RecordedEvent& event);
  Result<void> catch_up(const AsOf& as_of);
};

}  // namespace stafett::projection
