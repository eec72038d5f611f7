#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>

#include "casework/openings.h"
#include "stafett/casework/judge.h"

namespace stafett::casework {

// What the instance may be broken down by; age and status are those at the trigger (domain.md 5.1).
Dimensions dimensions_of(const Opening& opening, const Binding& binding, std::string_view unit);

// The same for the many obligations that one event raises about one person: worked out once. For one world.
class DimensionsKnown {
 public:
  std::shared_ptr<const Dimensions> of(const Opening& opening, const Binding& binding, std::string_view unit);

 private:
  using Key = std::tuple<const Fact*, const CaseFacts*, std::string_view, Instant, std::string_view>;
  std::map<Key, std::shared_ptr<const Dimensions>> known_;
};

}  // namespace stafett::casework
