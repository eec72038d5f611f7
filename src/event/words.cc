#include "event/words.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "stafett/core/assert.h"

namespace stafett::event {
namespace {

// Element sizes of the encoding.
constexpr unsigned one_byte = 2, two_bytes = 3, pointer_size = 6, composite = 7;

std::uint64_t ordinal_of(const Field& field, std::string_view name) {
  for (std::size_t i = 0; i < field.enumerators.size(); ++i)
    if (field.enumerators[i].name == name) return i + 1;
  STAFETT_ASSERT(!"an enumerator that was not checked");
  return 0;
}

std::uint64_t stored_bits(const FieldLayout& field, const Value& value) {
  switch (field.carrier) {
    case Carrier::flag:
      return value.boolean() ? 2 : 1;
    case Carrier::enumeration:
      return ordinal_of(*field.field, value.text());
    // Adding zero makes minus zero plain zero: they are equal.
    case Carrier::real:
      return std::bit_cast<std::uint64_t>(value.real() + 0.0) ^ field.mask;
    default:
      return static_cast<std::uint64_t>(value.number()) ^ field.mask;
  }
}

// What a structure needs without trailing zeros. A value that is present is never stored as zero.
Shape shape_of(const StructLayout& layout, std::span<const Value> values) {
  Shape shape;
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    const FieldLayout& field = layout.fields[i];
    if (!values[i].present()) continue;
    auto& need = field.pointer ? shape.pointers : shape.data_words;
    auto end = static_cast<std::uint16_t>(field.pointer ? field.place + 1 : field.place / 8 + 1);
    need = std::max(need, end);
  }
  return shape;
}

}  // namespace

std::size_t WordWriter::add(std::size_t n) {
  std::size_t first = words_.size();
  words_.resize(first + n);
  return first;
}

void WordWriter::store(std::size_t data, std::size_t byte, std::uint64_t bits, std::size_t width) {
  std::memcpy(reinterpret_cast<char*>(words_.data() + data) + byte, &bits, width);
}

void WordWriter::point_to_struct(std::size_t pointer, std::size_t target, Shape shape) {
  auto offset = static_cast<std::int64_t>(target) - static_cast<std::int64_t>(pointer) - 1;
  if (shape.data_words == 0 && shape.pointers == 0)
    offset = -1;  // an empty structure, told from a null pointer
  words_[pointer] = (static_cast<std::uint64_t>(offset) << 2 & 0xfffffffcu) |
                    std::uint64_t{shape.data_words} << 32 | std::uint64_t{shape.pointers} << 48;
}

void WordWriter::point_to_list(std::size_t pointer, std::size_t target, unsigned element_size,
                               std::size_t count) {
  words_[pointer] = 1 | std::uint64_t{target - pointer - 1} << 2 | std::uint64_t{element_size} << 32 |
                    std::uint64_t{count} << 35;
}

void WordWriter::bytes_list(std::size_t pointer, std::string_view s, std::size_t size) {
  std::size_t target = add((size + 7) / 8);
  if (!s.empty()) std::memcpy(words_.data() + target, s.data(), s.size());
  point_to_list(pointer, target, one_byte, size);
}

void WordWriter::text(std::size_t pointer, std::string_view s) { bytes_list(pointer, s, s.size() + 1); }
void WordWriter::data(std::size_t pointer, BytesView bytes) {
  bytes_list(pointer, as_chars(bytes), bytes.size());
}

void WordWriter::structure(std::size_t pointer, const StructLayout& layout, std::span<const Value> values) {
  Shape shape = shape_of(layout, values);
  std::size_t body = add(std::size_t{shape.data_words} + shape.pointers);
  point_to_struct(pointer, body, shape);
  scalars(body, layout, values);
  targets(body + shape.data_words, layout, values);
}

void WordWriter::rows(std::size_t pointer, const StructLayout& layout, std::span<const Value> rows) {
  Shape shape;  // of all rows alike
  for (const Value& row : rows) {
    Shape one = shape_of(layout, row.items());
    shape = {std::max(shape.data_words, one.data_words), std::max(shape.pointers, one.pointers)};
  }
  std::size_t row_words = std::size_t{shape.data_words} + shape.pointers;
  std::size_t tag = add(1 + row_words * rows.size());
  point_to_list(pointer, tag, composite, row_words * rows.size());
  words_[tag] = std::uint64_t{rows.size()} << 2 | std::uint64_t{shape.data_words} << 32 |
                std::uint64_t{shape.pointers} << 48;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::size_t body = tag + 1 + i * row_words;
    scalars(body, layout, rows[i].items());
    targets(body + shape.data_words, layout, rows[i].items());
  }
}

void WordWriter::scalars(std::size_t data, const StructLayout& layout, std::span<const Value> values) {
  for (std::size_t i = 0; i < layout.fields.size(); ++i)
    if (const FieldLayout& field = layout.fields[i]; !field.pointer && values[i].present())
      store(data, field.place, stored_bits(field, values[i]), field.width);
}

void WordWriter::targets(std::size_t pointers, const StructLayout& layout, std::span<const Value> values) {
  // Fields are numbered in the order of their pointers, so this is preorder.
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    const FieldLayout& field = layout.fields[i];
    if (!field.pointer || !values[i].present()) continue;
    std::size_t pointer = pointers + field.place;
    if (field.carrier == Carrier::row || field.carrier == Carrier::json_map)
      rows(pointer, *field.row, values[i].items());
    else if (field.list)
      list(pointer, field, values[i].items());
    else
      text(pointer, values[i].text());
  }
}

void WordWriter::list(std::size_t pointer, const FieldLayout& field, std::span<const Value> items) {
  if (field.carrier == Carrier::text) {
    std::size_t target = add(items.size());
    point_to_list(pointer, target, pointer_size, items.size());
    for (std::size_t i = 0; i < items.size(); ++i) text(target + i, items[i].text());
    return;
  }
  STAFETT_ASSERT(field.width == 1 || field.width == 2);
  std::size_t target = add((items.size() * field.width + 7) / 8);
  point_to_list(pointer, target, field.width == 1 ? one_byte : two_bytes, items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    store(target, i * field.width, stored_bits(field, items[i]), field.width);
}

Bytes WordWriter::bytes() const {
  Bytes out(words_.size() * 8);
  if (!out.empty()) std::memcpy(out.data(), words_.data(), out.size());
  return out;
}

}  // namespace stafett::event
