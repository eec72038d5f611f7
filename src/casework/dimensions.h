#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>

#include "casework/keeping.h"
#include "casework/openings.h"
#include "stafett/casework/judge.h"

namespace stafett::casework {

// What instances may be broken down by; age and status are those at the trigger (domain.md 5.1). One event
// raises many obligations about one person: worked out once. For one world.
class DimensionsKnown {
 public:
  explicit DimensionsKnown(Keeping& keeping) : keeping_(keeping) {}
  const Dimensions* of(const Opening& opening, const Binding& binding, std::string_view unit);

 private:
  using Key = std::tuple<const Fact*, const CaseFacts*, std::string_view, Instant, std::string_view>;
  Keeping& keeping_;
  std::map<Key, const Dimensions*> known_;
};

}  // namespace stafett::casework
