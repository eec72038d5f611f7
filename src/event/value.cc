#include "stafett/event/value.h"

#include <algorithm>

namespace stafett::event {

Value Value::of(double d) {
  Value v;
  v.kind_ = ValueKind::real;
  v.real_ = d;
  return v;
}

Value Value::of(std::string_view s) {
  Value v;
  v.kind_ = ValueKind::text;
  v.size_ = static_cast<std::uint32_t>(s.size());
  v.text_ = s.data();
  return v;
}

bool Value::operator==(const Value& other) const {
  if (kind_ != other.kind_) return false;
  switch (kind_) {
    case ValueKind::absent:
      return true;
    case ValueKind::real:
      return real_ == other.real_;
    case ValueKind::text:
      return text() == other.text();
    case ValueKind::list:
    case ValueKind::row:
      return std::ranges::equal(items(), other.items());
    case ValueKind::boolean:
    case ValueKind::number:
    case ValueKind::instant:
    case ValueKind::date:
      return number_ == other.number_;
  }
  return false;
}

}  // namespace stafett::event
