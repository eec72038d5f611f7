#include "projection/judgement_cache.h"

namespace stafett::projection {

JudgementCache::Entry JudgementCache::find(Id id, Instant at, const casework::RuleBook& book) const {
  std::lock_guard lock(mutex_);
  auto found = entries_.find(id);
  return found != entries_.end() && found->second.answers(at, book) ? found->second.judgement : nullptr;
}

void JudgementCache::keep(Id id, Instant at, Entry judgement, Book book) {
  auto bytes = judgement->bytes + entry_bytes;
  std::lock_guard lock(mutex_);
  if (auto found = entries_.find(id); found != entries_.end()) remove(found);
  by_age_.push_back(id);
  entries_.emplace(id, Cached{at, std::move(judgement), std::move(book), bytes, std::prev(by_age_.end())});
  bytes_ += bytes;
  while (bytes_ > bytes_max_ && by_age_.size() > 1) remove(entries_.find(by_age_.front()));
}

void JudgementCache::drop(Id id) {
  std::lock_guard lock(mutex_);
  if (auto found = entries_.find(id); found != entries_.end()) remove(found);
}

void JudgementCache::clear() {
  std::lock_guard lock(mutex_);
  entries_.clear();
  by_age_.clear();
  bytes_ = 0;
}

std::unordered_map<JudgementCache::Id, JudgementCache::Entry> JudgementCache::at_hand(
    Instant at, const casework::RuleBook& book) const {
  std::lock_guard lock(mutex_);
  std::unordered_map<Id, Entry> out;
  for (auto& [id, cached] : entries_)
    if (cached.answers(at, book)) out.emplace(id, cached.judgement);
  return out;
}

void JudgementCache::remove(std::unordered_map<Id, Cached>::iterator entry) {
  bytes_ -= entry->second.bytes;
  by_age_.erase(entry->second.age);
  entries_.erase(entry);
}

}  // namespace stafett::projection
