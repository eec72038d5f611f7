#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "stafett/core/bytes.h"
#include "stafett/core/ids.h"
#include "stafett/core/instant.h"
#include "stafett/event/catalogue.h"

namespace stafett::event {

using EventId = std::array<std::byte, 16>;  // the UUID's bytes in the order they are written

// "6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e01", lower case; parsing accepts either case. Errors: invalid_argument.
std::string format_event_id(const EventId& id);
Result<EventId> parse_event_id(std::string_view text);

// A stored event, decoded for reading: its place, its envelope and the fields of its data. Everything it
// shows lives in `memory`, which copies share: a RecordedEvent may outlive the record's bytes. Immutable;
// thread-safe to read. Personal content is not here: it is sealed in the record and only `unseal`ed on the
// way to a reader.
struct RecordedEvent {
  Position position;
  Version version;      // in its stream
  Instant recorded_at;  // the ledger's clock; never decreases with position
  Instant occurred_at;  // `time` as given by the appender
  EventId id{};
  std::uint16_t type = 0;                                           // ordinal into event_types()
  std::string_view stream;                                          // "case/c3-elin"
  std::string_view source;                                          // unit id
  std::string_view municipality;                                    // four digits
  std::string_view actor, actor_role, correlation_id, appended_by;  // empty when absent
  std::string_view causation_id;                                    // as given, empty when absent
  std::span<const Value> fields;  // by Field::index of event_types()[type]; absent where not given

  std::shared_ptr<const void> memory;

  const EventType& event_type() const { return event_types()[type]; }
  std::string_view category() const { return stream.substr(0, stream.find('/')); }
  std::string_view stream_id() const { return stream.substr(stream.find('/') + 1); }
};

// Decodes the bytes of a stored record. Errors: corruption when they are not a record of this release's
// format.
Result<RecordedEvent> decode_record(BytesView record);

// What a record says of itself and its place, without its data: for those who check every record. Everything
// it shows lies in the record's bytes.
struct RecordOutline {
  Position position;
  Version version;
  Instant recorded_at;
  EventId id{};
  std::uint16_t type = 0;
  std::string_view stream;
  bool sealed = false;  // it holds personal content
};

// Errors: as decode_record, as far as it looks.
Result<RecordOutline> outline_record(BytesView record);

}  // namespace stafett::event
