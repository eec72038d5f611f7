#pragma once

#include <boost/container/small_vector.hpp>
#include <string_view>
#include <unordered_map>

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
  struct Known {
    const CaseFacts* in_case;
    std::string_view subject, unit;
    Instant start;
    const Dimensions* dimensions;
  };
  Keeping& keeping_;
  std::unordered_map<const Fact*, boost::container::small_vector<Known, 2>> known_;  // by trigger
};

}  // namespace stafett::casework
