#include <capnp/message.h>

#include <cstring>
#include <memory>

#include "event/forms.h"
#include "event/record.h"
#include "event/struct_values.h"
#include "stafett/event/recorded_event.h"
#include "stafett/schema/record.capnp.h"

// The hot path of every rebuild: one allocation holds the record's bytes, which texts point into, and the
// values.
namespace stafett::event {
namespace {

static_assert(sizeof(Value) == 16 && alignof(Value) <= alignof(std::uint64_t));

auto damaged(std::string message) { return fail(ErrorCode::corruption, std::move(message)); }

Result<RecordedEvent> decode(std::span<const std::uint64_t> words) {
  kj::ArrayPtr<const capnp::word> segments[] = {
      {reinterpret_cast<const capnp::word*>(words.data()), words.size()}};
  // Lists are met twice, to count and to read; what is met more often points to itself and is damaged.
  capnp::SegmentArrayMessageReader message(
      segments, {.traversalLimitInWords = words.size() * 3 + 64, .nestingLimit = 16});
  auto stored = message.getRoot<schema::Record>();
  if (stored.getFormat() != record_format) return damaged("not a record of a format that this release knows");
  auto event = stored.getEvent();
  auto number = static_cast<std::size_t>(event.getData().which());
  if (number == 0 || number > event_types().size())
    return damaged("a record of an event type that does not exist");

  RecordedEvent out;
  out.type = static_cast<std::uint16_t>(number - 1);
  auto pointers = capnp::toAny(event).getPointerSection();
  capnp::AnyStruct::Reader data;
  if (std::uint16_t at = envelope_layout().data; at < pointers.size())
    data = pointers[at].getAs<capnp::AnyStruct>();
  const StructLayout& layout = layout_of(out.type);
  std::size_t values = count_values(layout, data);
  if (values > values_max) return damaged("a record with more values than an event can have");
  constexpr std::size_t value_words = sizeof(Value) / sizeof(std::uint64_t);
  auto memory = std::make_shared_for_overwrite<std::uint64_t[]>(words.size() + values * value_words);
  std::memcpy(memory.get(), words.data(), words.size_bytes());

  std::ptrdiff_t shift =
      reinterpret_cast<const char*>(memory.get()) - reinterpret_cast<const char*>(words.data());
  auto kept = [&](capnp::Text::Reader text) { return std::string_view(text.begin() + shift, text.size()); };
  auto kept_if = [&](bool given, capnp::Text::Reader text) {
    return given ? kept(text) : std::string_view();
  };
  ValueReader reader(reinterpret_cast<Value*>(memory.get() + words.size()), shift);
  out.fields = reader.read(layout, data);
  if (reader.met_impossible()) return damaged("a record with a value that its field cannot hold");

  out.position = Position(stored.getPosition());
  out.version = Version(stored.getStreamVersion());
  out.recorded_at = instant_from_micros(stored.getRecordedAt());
  out.occurred_at = instant_from_micros(event.getTime());
  if (!is_known_instant(out.recorded_at) || !is_known_instant(out.occurred_at))
    return damaged("a record with a time outside the years 1 to 9999");
  auto id = event.getId();
  if (id.size() != out.id.size()) return damaged("a record without an event id");
  std::memcpy(out.id.data(), id.begin(), id.size());
  auto role = static_cast<std::size_t>(event.getActorRole());
  if (role > roles().size()) return damaged("a record with a role that does not exist");
  if (role > 0) out.actor_role = roles()[role - 1].name;
  out.stream = kept(event.getSubject());
  if (out.stream.find('/') == std::string_view::npos) return damaged("a record without a stream");
  out.source = kept(event.getSource());
  out.municipality = kept(event.getMunicipality());
  out.actor = kept_if(event.hasActor(), event.getActor());
  out.correlation_id = kept_if(event.hasCorrelationId(), event.getCorrelationId());
  out.causation_id = kept_if(event.hasCausationId(), event.getCausationId());
  out.appended_by = kept_if(stored.hasAppendedBy(), stored.getAppendedBy());
  out.memory = std::move(memory);
  return out;
}

}  // namespace

Result<RecordedEvent> decode_record(BytesView record) {
  static thread_local std::vector<std::uint64_t> copy;
  STAFETT_TRY(auto words, record_words(record, copy));
  try {
    return decode(words);
  } catch (const kj::Exception&) {
    return damaged("a record whose structure is broken");
  }
}

Result<RecordOutline> outline_record(BytesView record) {
  static thread_local std::vector<std::uint64_t> copy;
  STAFETT_TRY(auto words, record_words(record, copy));
  try {
    kj::ArrayPtr<const capnp::word> segments[] = {
        {reinterpret_cast<const capnp::word*>(words.data()), words.size()}};
    capnp::SegmentArrayMessageReader message(
        segments, {.traversalLimitInWords = words.size() * 2 + 64, .nestingLimit = 16});
    auto stored = message.getRoot<schema::Record>();
    if (stored.getFormat() != record_format)
      return damaged("not a record of a format that this release knows");
    auto event = stored.getEvent();
    const auto number = static_cast<std::size_t>(event.getData().which());
    if (number == 0 || number > event_types().size())
      return damaged("a record of an event type that does not exist");
    RecordOutline out;
    out.position = Position(stored.getPosition());
    out.version = Version(stored.getStreamVersion());
    out.recorded_at = instant_from_micros(stored.getRecordedAt());
    if (!is_known_instant(out.recorded_at))
      return damaged("a record with a time outside the years 1 to 9999");
    const auto id = event.getId();
    if (id.size() != out.id.size()) return damaged("a record without an event id");
    std::memcpy(out.id.data(), id.begin(), id.size());
    out.type = static_cast<std::uint16_t>(number - 1);
    const auto subject = event.getSubject();
    const auto shift =
        reinterpret_cast<const char*>(record.data()) - reinterpret_cast<const char*>(words.data());
    out.stream = std::string_view(subject.begin() + shift, subject.size());
    if (out.stream.find('/') == std::string_view::npos) return damaged("a record without a stream");
    out.sealed = stored.getSealed().size() > 0;
    return out;
  } catch (const kj::Exception&) {
    return damaged("a record whose structure is broken");
  }
}

}  // namespace stafett::event
