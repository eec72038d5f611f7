#pragma once

#include <cstdint>
#include <vector>

#include "event/layout.h"
#include "stafett/core/bytes.h"

// Writes Cap'n Proto in canonical form: one segment, structures in preorder, no trailing zeros, no slack.
// Equal values give equal bytes, and nothing is written twice. (The library canonicalizes too, by copying a
// finished message.)
namespace stafett::event {

struct Shape {
  std::uint16_t data_words = 0, pointers = 0;
};

class WordWriter {
 public:
  // Appends n zero words; returns the index of the first.
  std::size_t add(std::size_t n);
  std::size_t size() const { return words_.size(); }

  // Scalars in a structure whose data section begins at `data`.
  void store(std::size_t data, std::size_t byte, std::uint64_t bits, std::size_t width);

  // Each makes the pointer word at `pointer` point to what it appends (or to `target`).
  void point_to_struct(std::size_t pointer, std::size_t target, Shape shape);
  void text(std::size_t pointer, std::string_view s);  // with its NUL
  void data(std::size_t pointer, BytesView bytes);
  // A structure by its layout; values by Field::index, checked before.
  void structure(std::size_t pointer, const StructLayout& layout, std::span<const Value> values);
  void rows(std::size_t pointer, const StructLayout& layout, std::span<const Value> rows);

  Bytes bytes() const;
  void clear() { words_.clear(); }

 private:
  void bytes_list(std::size_t pointer, std::string_view s, std::size_t size);
  void point_to_list(std::size_t pointer, std::size_t target, unsigned element_size, std::size_t count);
  void scalars(std::size_t data, const StructLayout& layout, std::span<const Value> values);
  void targets(std::size_t pointers, const StructLayout& layout, std::span<const Value> values);
  void list(std::size_t pointer, const FieldLayout& field, std::span<const Value> items);

  std::vector<std::uint64_t> words_;
};

}  // namespace stafett::event
