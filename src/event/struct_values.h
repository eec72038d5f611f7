#pragma once

#include <capnp/any.h>

#include <cstddef>
#include <span>

#include "event/layout.h"

// Reading a structure's fields as values, without reflection. Everything here may throw kj::Exception on
// hostile or damaged bytes: callers stand at the layer's edge and catch it.
namespace stafett::event {

// How many Value slots the structure's fields take, with all items of its lists.
std::size_t count_values(const StructLayout& layout, capnp::AnyStruct::Reader from);

// Fills slots that the caller has counted.
class ValueReader {
 public:
  // Texts are given out at their own address plus `shift`: where the caller will keep a copy of the same
  // bytes.
  ValueReader(Value* slots, std::ptrdiff_t shift) : next_(slots), shift_(shift) {}

  std::span<const Value> read(const StructLayout& layout, capnp::AnyStruct::Reader from);

  // Whether something was read that no field can hold: an enumerator that the schema does not have (its value
  // is then the empty text), a number that is not finite, a time outside the years that can be written.
  bool met_impossible() const { return impossible_; }

 private:
  Value* take(std::size_t n);
  Value scalar(const FieldLayout& field, std::uint64_t bits);
  Value enumerator(const FieldLayout& field, std::uint64_t ordinal);
  Value text(capnp::Text::Reader from) const;
  Value list(const FieldLayout& field, capnp::AnyPointer::Reader from);

  Value* next_;
  std::ptrdiff_t shift_;
  bool impossible_ = false;
};

// Whether the structure holds something that its layout has no field for.
bool has_unknown_parts(const StructLayout& layout, capnp::AnyStruct::Reader from);
bool has_unknown_parts(std::span<const std::uint8_t> known_bits, std::size_t pointers,
                       capnp::AnyStruct::Reader from);

}  // namespace stafett::event
