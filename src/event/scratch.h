#pragma once

#include <deque>
#include <string>
#include <vector>

#include "stafett/event/value.h"

namespace stafett::event {

// Memory for values that are being taken in; addresses are stable.
class Scratch {
 public:
  std::span<Value> values(std::size_t n) { return values_.emplace_back(n); }
  std::string_view text(std::string s) { return texts_.emplace_back(std::move(s)); }

 private:
  std::deque<std::vector<Value>> values_;
  std::deque<std::string> texts_;
};

}  // namespace stafett::event
