#pragma once

#include <string>
#include <string_view>

namespace stafett::event {

// Where in an event one is, as a chain of stack frames: spelled out only when something is wrong there.
struct Path {
  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

  const Path* up = nullptr;
  std::string_view name;         // of the field; empty for an item of a list
  std::size_t index = no_index;  // of the item

  // "data.invited[0].role"
  std::string str() const {
    if (index != no_index) return (up ? up->str() : std::string()) + "[" + std::to_string(index) + "]";
    return up ? up->str() + "." + std::string(name) : std::string(name);
  }
};

}  // namespace stafett::event
