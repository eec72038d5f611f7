#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "stafett/core/instant.h"

// What a field of an event holds, decoded and ready to compare: what rules and indicators look at.
namespace stafett::event {

enum class ValueKind : std::uint8_t {
  absent,   // an optional field that was not given
  boolean,  // number is 0 or 1
  number,   // number; all integer fields
  real,     // real
  text,     // ids, short codes, short text and enumerators (by their name in domain.md)
  instant,  // number: microseconds, see instant()
  date,     // number: days, see date()
  list,     // items(): values of one kind
  row,      // items(): the members of one structure of a list, in the order of the schema
};

// A small value that points into memory owned by whoever decoded it (see RecordedEvent). Copying is cheap.
class Value {
 public:
  Value() = default;
  static Value of(bool b) { return Value(ValueKind::boolean, b ? 1 : 0); }
  static Value of(std::int64_t n) { return Value(ValueKind::number, n); }
  static Value of(double d);
  static Value of(std::string_view s);
  static Value of(Instant t) { return Value(ValueKind::instant, micros(t)); }
  static Value of(Date d) { return Value(ValueKind::date, d.days); }
  static Value list(std::span<const Value> items) { return Value(ValueKind::list, items); }
  static Value row(std::span<const Value> members) { return Value(ValueKind::row, members); }

  ValueKind kind() const { return kind_; }
  bool present() const { return kind_ != ValueKind::absent; }
  // Each accessor requires the kind it is named after; `number` also serves boolean, instant and date.
  bool boolean() const { return number_ != 0; }
  std::int64_t number() const { return number_; }
  double real() const { return real_; }
  std::string_view text() const { return {text_, size_}; }
  Instant instant() const { return instant_from_micros(number_); }
  Date date() const { return Date{static_cast<std::int32_t>(number_)}; }
  std::span<const Value> items() const { return {items_, size_}; }

  // Same kind and same content; lists item by item.
  bool operator==(const Value& other) const;

 private:
  Value(ValueKind kind, std::int64_t n) : kind_(kind), number_(n) {}
  Value(ValueKind kind, std::span<const Value> items)
      : kind_(kind), size_(static_cast<std::uint32_t>(items.size())), items_(items.data()) {}

  ValueKind kind_ = ValueKind::absent;
  std::uint32_t size_ = 0;
  union {
    std::int64_t number_ = 0;
    double real_;
    const char* text_;
    const Value* items_;
  };
};

}  // namespace stafett::event
