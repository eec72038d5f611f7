#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "stafett/casework/world.h"

// Ids and other texts, as facts hold them.
namespace stafett::casework {

template <class T>
void sort_unique(std::vector<T>& v) {
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
}

inline void add_texts(std::vector<std::string_view>& out, const Value& list) {
  if (list.kind() == event::ValueKind::list)
    for (auto& item : list.items()) out.push_back(item.text());
}

inline std::string_view text_of(const Fact& f, std::string_view name) {
  auto v = field_of(f, name);
  return v.kind() == event::ValueKind::text ? v.text() : std::string_view{};
}

}  // namespace stafett::casework
