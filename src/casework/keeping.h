#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace stafett::casework {

// The memory of one judgement: texts, each kept once, and lists. All of it is let go of together, and none
// before.
class Keeping {
 public:
  Keeping() = default;
  Keeping(const Keeping&) = delete;

  // A copy of a text that lies still as long as the judgement is made: where it lies tells it apart.
  std::string_view text(std::string_view s) {
    auto& recent = recent_[(reinterpret_cast<std::uintptr_t>(s.data()) >> 3 ^ s.size()) % recent_.size()];
    if (recent.from.data() != s.data() || recent.from.size() != s.size()) recent = {s, made(s)};
    return recent.kept;
  }
  // A copy of a text that was made for the occasion.
  std::string_view made(std::string_view s) {
    if (s.empty()) return {};
    auto known = texts_.find(s);
    return known != texts_.end() ? *known : *texts_.insert(copied(s)).first;
  }

  template <class T>
  std::span<const T> list(const std::vector<T>& items) {
    return {copied(items.data(), items.size()), items.size()};
  }
  template <class T>
  const T* one(const T& item) {
    return copied(&item, 1);
  }

  std::size_t bytes() const { return bytes_; }

 private:
  template <class T>
  const T* copied(const T* from, std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) return nullptr;
    bytes_ += count * sizeof(T);
    auto* to = static_cast<T*>(memory_.allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_copy_n(from, count, to);
    return to;
  }
  std::string_view copied(std::string_view s) { return {copied(s.data(), s.size()), s.size()}; }

  std::pmr::monotonic_buffer_resource memory_{2048};
  std::pmr::unordered_set<std::string_view> texts_{&memory_};
  struct Recent {
    std::string_view from, kept;
  };
  std::array<Recent, 64> recent_;
  std::size_t bytes_ = 0;
};

}  // namespace stafett::casework
