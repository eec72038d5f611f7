#include "projection/judgement_cache.h"

namespace stafett::projection {
namespace {

std::size_t heap_of(const std::string& s) { return s.capacity() > 15 ? s.capacity() + 16 : 0; }

std::size_t bytes_of(const casework::Judgement& judgement) {
  std::size_t bytes = 200 + judgement.judged.capacity() * sizeof(casework::Judged);
  for (auto& j : judgement.judged) {
    auto& o = j.obligation;
    for (auto* s : {&o.rule, &o.stream, &o.case_id, &o.subject, &o.unit, &o.legal_ref, &j.part, &j.household})
      bytes += heap_of(*s);
    bytes += sizeof(casework::Dimensions) / 4;  // several share one
    bytes += j.evidence.capacity() * sizeof(Position) + 16;
    for (auto* list : {&j.covers, &j.children}) {
      bytes += list->capacity() * sizeof(std::string);
      for (auto& s : *list) bytes += heap_of(s);
    }
    bytes += j.splits.capacity() * sizeof(j.splits[0]);
    for (auto& [name, value] : j.splits) bytes += heap_of(name) + heap_of(value);
  }
  bytes += judgement.registered.capacity() * sizeof(casework::Registered);
  for (auto& [unit, municipality] : judgement.origins) bytes += 64 + heap_of(unit) + heap_of(municipality);
  return bytes;
}

}  // namespace

JudgementCache::Entry JudgementCache::find(Id id, Instant at, const casework::RuleBook& book) const {
  std::lock_guard lock(mutex_);
  auto found = entries_.find(id);
  return found != entries_.end() && found->second.answers(at, book) ? found->second.judgement : nullptr;
}

void JudgementCache::keep(Id id, Instant at, Entry judgement, Book book) {
  auto bytes = bytes_of(*judgement);
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
