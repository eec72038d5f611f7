#include "event/struct_values.h"

#include <kj/debug.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <memory>

#include "event/forms.h"
#include "stafett/core/assert.h"

namespace stafett::event {
namespace {

static_assert(std::endian::native == std::endian::little, "scalars are loaded as they are stored");

using Structs = capnp::List<capnp::AnyStruct>;

Structs::Reader structs(capnp::AnyPointer::Reader from) {
  auto list = from.getAs<capnp::AnyList>();
  KJ_REQUIRE(list.size() == 0 || list.getElementSize() == capnp::ElementSize::INLINE_COMPOSITE,
             "not structures");
  return list.as<Structs>();
}

// The stored bits of a scalar; zero where the writer's structure was too small to have it.
std::uint64_t load(kj::ArrayPtr<const kj::byte> data, const FieldLayout& field) {
  std::uint64_t bits = 0;
  if (field.place + field.width <= data.size()) std::memcpy(&bits, data.begin() + field.place, field.width);
  return bits;
}

std::int64_t sign_extended(std::uint64_t bits, unsigned width) {
  unsigned unused = 64 - width * 8;
  return static_cast<std::int64_t>(bits << unused) >> unused;
}

bool is_list(const FieldLayout& field) { return field.list || field.carrier == Carrier::json_map; }

std::size_t items_of(const FieldLayout& field, capnp::AnyPointer::Reader from) {
  switch (field.carrier) {
    case Carrier::text:
      return from.getAs<capnp::List<capnp::Text>>().size();
    case Carrier::enumeration:
      return from.getAs<capnp::List<std::uint16_t>>().size();
    case Carrier::integer:
      return from.getAs<capnp::List<std::uint8_t>>().size();
    case Carrier::row:
    case Carrier::json_map:
      return structs(from).size();
    case Carrier::flag:
    case Carrier::real:
      break;
  }
  return 0;
}

}  // namespace

std::size_t count_values(const StructLayout& layout, capnp::AnyStruct::Reader from) {
  std::size_t count = layout.fields.size();
  if (!layout.has_lists) return count;
  auto pointers = from.getPointerSection();
  for (const FieldLayout& field : layout.fields) {
    if (!is_list(field) || field.place >= pointers.size()) continue;
    auto pointer = pointers[field.place];
    if (pointer.isNull()) continue;
    if (!field.row) {
      count += items_of(field, pointer);
      continue;
    }
    for (auto row : structs(pointer)) count += 1 + count_values(*field.row, row);
  }
  return count;
}

std::span<const Value> ValueReader::read(const StructLayout& layout, capnp::AnyStruct::Reader from) {
  Value* values = take(layout.fields.size());
  auto data = from.getDataSection();
  auto pointers = from.getPointerSection();
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    const FieldLayout& field = layout.fields[i];
    if (!field.pointer) {
      // The default means absent, and the default is stored as zero.
      if (std::uint64_t stored = load(data, field)) values[i] = scalar(field, stored ^ field.mask);
      continue;
    }
    if (field.place >= pointers.size()) continue;
    auto pointer = pointers[field.place];
    if (pointer.isNull()) continue;
    values[i] = is_list(field) ? list(field, pointer) : text(pointer.getAs<capnp::Text>());
  }
  return {values, layout.fields.size()};
}

Value* ValueReader::take(std::size_t n) {
  Value* taken = next_;
  next_ += n;
  std::uninitialized_default_construct_n(taken, n);
  return taken;
}

Value ValueReader::scalar(const FieldLayout& field, std::uint64_t bits) {
  switch (field.carrier) {
    case Carrier::flag:
      impossible_ |= bits > 2;
      return Value::of(bits == 2);
    case Carrier::enumeration:
      return enumerator(field, bits);
    case Carrier::real: {
      auto real = std::bit_cast<double>(bits);
      impossible_ |= !std::isfinite(real);
      return Value::of(real);
    }
    default:
      break;
  }
  std::int64_t n = field.is_signed ? sign_extended(bits, field.width) : static_cast<std::int64_t>(bits);
  if (field.field->form == FieldForm::instant) {
    Instant instant = instant_from_micros(n);
    impossible_ |= !is_known_instant(instant);
    return Value::of(instant);
  }
  if (field.field->form == FieldForm::date) {
    Date date{static_cast<std::int32_t>(n)};
    impossible_ |= !is_known_date(date);
    return Value::of(date);
  }
  return Value::of(n);
}

Value ValueReader::enumerator(const FieldLayout& field, std::uint64_t ordinal) {
  const auto& known = field.field->enumerators;
  if (ordinal >= 1 && ordinal <= known.size()) return Value::of(std::string_view(known[ordinal - 1].name));
  impossible_ = true;
  return Value::of(std::string_view());
}

Value ValueReader::text(capnp::Text::Reader from) const {
  return Value::of(std::string_view(from.begin() + shift_, from.size()));
}

Value ValueReader::list(const FieldLayout& field, capnp::AnyPointer::Reader from) {
  std::size_t size = items_of(field, from);
  Value* items = take(size);
  auto fill = [&](auto&& source, auto&& value_of) {
    for (std::size_t i = 0; i < size; ++i) items[i] = value_of(source[static_cast<capnp::uint>(i)]);
  };
  switch (field.carrier) {
    case Carrier::text:
      fill(from.getAs<capnp::List<capnp::Text>>(), [&](auto t) { return text(t); });
      break;
    case Carrier::enumeration:
      fill(from.getAs<capnp::List<std::uint16_t>>(), [&](auto n) { return enumerator(field, n); });
      break;
    case Carrier::integer:
      fill(from.getAs<capnp::List<std::uint8_t>>(), [&](auto n) { return Value::of(std::int64_t{n}); });
      break;
    case Carrier::row:
    case Carrier::json_map:
      fill(structs(from), [&](auto row) { return Value::row(read(*field.row, row)); });
      break;
    case Carrier::flag:
    case Carrier::real:
      STAFETT_ASSERT(!"no list of these is in the schema");
  }
  return Value::list({items, size});
}

bool has_unknown_parts(std::span<const std::uint8_t> known_bits, std::size_t pointers,
                       capnp::AnyStruct::Reader from) {
  auto data = from.getDataSection();
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data[i] & ~(i < known_bits.size() ? known_bits[i] : 0)) return true;
  auto section = from.getPointerSection();
  for (std::size_t i = pointers; i < section.size(); ++i)
    if (!section[static_cast<capnp::uint>(i)].isNull()) return true;
  return false;
}

bool has_unknown_parts(const StructLayout& layout, capnp::AnyStruct::Reader from) {
  if (has_unknown_parts(layout.known_bits, layout.pointers, from)) return true;
  auto pointers = from.getPointerSection();
  for (const FieldLayout& field : layout.fields) {
    if (!field.row || field.place >= pointers.size() || pointers[field.place].isNull()) continue;
    for (auto row : structs(pointers[field.place]))
      if (has_unknown_parts(*field.row, row)) return true;
  }
  return false;
}

}  // namespace stafett::event
