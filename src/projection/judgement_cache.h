#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "stafett/casework/dossier_index.h"
#include "stafett/casework/judge.h"

namespace stafett::projection {

// Judgements at hand: a dossier that has not changed need not be judged again. Holds about `bytes_max` bytes
// and lets go of the oldest beyond. Thread-safe.
class JudgementCache {
 public:
  using Id = casework::DossierIndex::Id;
  using Entry = std::shared_ptr<const casework::Judgement>;
  using Book = std::shared_ptr<const casework::RuleBook>;

  explicit JudgementCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // The judgement of the dossier by these rules, if one is at hand that answers for `at`; else null.
  Entry find(Id id, Instant at, const casework::RuleBook& book) const;
  void keep(Id id, Instant at, Entry judgement, Book book);
  void drop(Id id);
  void clear();
  // All that answer for `at` by these rules.
  std::unordered_map<Id, Entry> at_hand(Instant at, const casework::RuleBook& book) const;

 private:
  struct Cached {
    Instant from;
    Entry judgement;
    Book book;
    std::size_t bytes;
    std::list<Id>::iterator age;
    bool answers(Instant at, const casework::RuleBook& rules) const {
      return book.get() == &rules && from <= at && at < judgement->horizon;
    }
  };
  void remove(std::unordered_map<Id, Cached>::iterator entry);

  static constexpr std::size_t entry_bytes = sizeof(Cached) + 100;  // with its places in the two lists
  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::unordered_map<Id, Cached> entries_;
  std::list<Id> by_age_;
  std::size_t bytes_ = 0;
};

}  // namespace stafett::projection
