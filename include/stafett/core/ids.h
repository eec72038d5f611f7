#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace stafett {

// An unsigned 64-bit number that cannot be mistaken for another kind of number.
template <class Tag>
struct Ordinal {
  std::uint64_t value = 0;
  constexpr Ordinal() = default;
  constexpr explicit Ordinal(std::uint64_t v) : value(v) {}
  constexpr auto operator<=>(const Ordinal&) const = default;
  constexpr Ordinal next() const { return Ordinal(value + 1); }
};

// Place in the ledger: 0-based, gap-free, and the index of the event's leaf in the Merkle tree.
using Position = Ordinal<struct PositionTag>;
// Place in a stream: 0-based; a stream's version is that of its last event.
using Version = Ordinal<struct VersionTag>;
// Count of leaves; never an index. The tree of size n holds positions [0, n).
using TreeSize = Ordinal<struct TreeSizeTag>;

}  // namespace stafett

template <class Tag>
struct std::hash<stafett::Ordinal<Tag>> {
  std::size_t operator()(stafett::Ordinal<Tag> o) const noexcept {
    return std::hash<std::uint64_t>{}(o.value);
  }
};
