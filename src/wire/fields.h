#pragma once

#include <capnp/message.h>
#include <capnp/serialize.h>

#include <optional>
#include <string>
#include <vector>

#include "stafett/schema/protocol.capnp.h"
#include "stafett/wire/frame.h"
#include "stafett/wire/messages.h"

// How single fields go into and come out of Cap'n Proto: absence, times, texts, lists.
namespace stafett::wire {

// A value that the schema's enumerations do not have, or bytes of the wrong size: the sender's release is
// newer, or the bytes are damaged. Thrown inside the layer, turned into an Error at its door like the
// library's own exceptions.
struct UnknownValue {
  const char* what;
};

inline std::string text(capnp::Text::Reader r) { return std::string(r.begin(), r.size()); }
inline capnp::Text::Reader text(const std::string& s) { return capnp::Text::Reader(s.c_str(), s.size()); }

inline Bytes blob(capnp::Data::Reader r) {
  auto* begin = reinterpret_cast<const std::byte*>(r.begin());
  return Bytes(begin, begin + r.size());
}
inline capnp::Data::Reader blob(BytesView b) {
  return capnp::Data::Reader(reinterpret_cast<const kj::byte*>(b.data()), b.size());
}

inline std::optional<Instant> time(std::int64_t us) {
  return us == schema::NO_TIME ? std::nullopt : std::optional(instant_from_micros(us));
}
inline std::int64_t time(const std::optional<Instant>& t) { return t ? micros(*t) : schema::NO_TIME; }

inline std::optional<Date> date(std::int32_t days) {
  return days == schema::NO_DATE ? std::nullopt : std::optional(Date{days});
}
inline std::int32_t date(const std::optional<Date>& d) { return d ? d->days : schema::NO_DATE; }

template <class Tag>
std::uint64_t ordinal(const std::optional<Ordinal<Tag>>& o) {
  return o ? o->value : schema::NONE;
}
template <class O>
std::optional<O> ordinal(std::uint64_t value) {
  return value == schema::NONE ? std::nullopt : std::optional(O(value));
}

inline std::uint64_t number(const std::optional<std::uint64_t>& n) { return n.value_or(schema::NONE); }
inline std::optional<std::uint64_t> number(std::uint64_t value) {
  return value == schema::NONE ? std::nullopt : std::optional(value);
}

inline merkle::Hash hash(capnp::Data::Reader r) {
  merkle::Hash out{};
  if (r.size() != out.size()) throw UnknownValue{"a hash that is not 32 bytes"};
  std::memcpy(out.data(), r.begin(), out.size());
  return out;
}

// Our enumerations list the schema's enumerators in its order.
inline State state(schema::State s) {
  if (s > schema::State::BREACHED) throw UnknownValue{"a state that this release does not know"};
  return static_cast<State>(s);
}
inline schema::State state(State s) { return static_cast<schema::State>(s); }
inline Severity severity(schema::Severity s) {
  if (s > schema::Severity::SYSTEM) throw UnknownValue{"a severity that this release does not know"};
  return static_cast<Severity>(s);
}
inline schema::Severity severity(Severity s) { return static_cast<schema::Severity>(s); }

inline void write(const std::optional<double>& from, schema::OptionalNumber::Builder to) {
  if (from)
    to.setNumber(*from);
  else
    to.setAbsent();
}
inline std::optional<double> read(schema::OptionalNumber::Reader from) {
  if (from.isNumber()) return from.getNumber();
  return std::nullopt;
}

inline void write(const AsOf& from, schema::AsOf::Builder to) {
  to.setAt(time(from.at));
  to.setKnownAt(time(from.known_at));
  to.setAtLeast(ordinal(from.at_least));
}
inline AsOf read(schema::AsOf::Reader from) {
  return {time(from.getAt()), time(from.getKnownAt()), ordinal<Position>(from.getAtLeast())};
}

inline void write(const std::vector<std::string>& from, capnp::List<capnp::Text>::Builder to) {
  for (unsigned i = 0; i < from.size(); ++i) to.set(i, text(from[i]));
}
inline std::vector<std::string> read(capnp::List<capnp::Text>::Reader from) {
  std::vector<std::string> out;
  out.reserve(from.size());
  for (auto t : from) out.push_back(text(t));
  return out;
}

inline void write(const Group& from, capnp::List<schema::GroupKey>::Builder to) {
  unsigned i = 0;
  for (auto& [dimension, value] : from) {
    to[i].setDimension(text(dimension));
    to[i++].setValue(text(value));
  }
}
inline Group read(capnp::List<schema::GroupKey>::Reader from) {
  Group out;
  for (auto key : from) out.emplace(text(key.getDimension()), text(key.getValue()));
  return out;
}

// The message as one frame. Errors: too_large.
Result<Bytes> to_frame(capnp::MessageBuilder& message);

// The limits for reading a frame: as much as it holds, several times over, since a reader may look at a field
// more than once, but not the far more that pointers into the same bytes could pretend.
capnp::ReaderOptions reader_options(BytesView frame);

// The frame as the library wants it. `frame` is a whole frame as FrameReader gives it, aligned to words.
inline kj::ArrayPtr<const capnp::word> words(BytesView frame) {
  return {reinterpret_cast<const capnp::word*>(frame.data()), frame.size() / sizeof(capnp::word)};
}

}  // namespace stafett::wire
