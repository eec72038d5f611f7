#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "stafett/crypto/keyed_hash.h"

namespace stafett::ledger {

// Remembers a value for each of the streams used most recently: at least the last `capacity` of them, at most
// twice as many. Two generations, of which the older is dropped as a whole, do this without a list to
// maintain. Not thread-safe.
template <class Value>
class Recent {
 public:
  explicit Recent(std::size_t capacity) : capacity_(capacity) {}

  // Null when not remembered. Valid until the next call.
  Value* find(std::string_view stream) {
    if (const auto found = young_.find(stream); found != young_.end()) return &found->second;
    const auto found = old_.find(stream);
    if (found == old_.end()) return nullptr;
    return &put(std::string(stream), std::move(old_.extract(found).mapped()));
  }

  Value& put(std::string stream, Value value) {
    if (young_.size() >= capacity_) {
      old_ = std::move(young_);
      young_.clear();
    }
    return young_.insert_or_assign(std::move(stream), std::move(value)).first->second;
  }

  void forget(std::string_view stream) {
    for (auto* generation : {&young_, &old_})
      if (const auto found = generation->find(stream); found != generation->end()) generation->erase(found);
  }

  std::size_t size() const { return young_.size() + old_.size(); }

 private:
  using Generation = std::unordered_map<std::string, Value, crypto::OutsideHash, std::equal_to<>>;

  std::size_t capacity_;
  Generation young_, old_;
};

}  // namespace stafett::ledger
