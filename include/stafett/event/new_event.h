#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stafett/event/recorded_event.h"

namespace stafett::event {

// data.personal: names, personal numbers and free text by name, sorted by name. The only personal content
// there is.
using Personal = std::vector<std::pair<std::string, std::string>>;

// The optimistic check of an append.
struct ExpectedVersion {
  enum class Kind : std::uint8_t { any, no_stream, exactly } kind = Kind::any;
  Version version;  // with `exactly`
};

// An event as proposed by an appender: always well-formed, because only the two functions below make one.
// Well-formed means: known type, every required field, no other field, every value of its form and bounds, a
// stream of a category that the type may be appended to (contract 3, domain.md 8.1). What depends on the
// ledger (its clock, the stream's version, whether the case exists) is checked there.
struct NewEvent {
  EventId id{};
  std::uint16_t type = 0;
  std::string stream;
  Instant occurred_at;
  ExpectedVersion expected;
  Bytes content;      // the `Event` of schema/event.capnp as one canonical segment, without personal content
  Personal personal;  // empty when there is none
};

// One line of JSON in the contract's CloudEvents form. Errors: invalid_argument naming the field.
Result<NewEvent> parse_json(std::string_view line);

// An `Event` message as it came over the wire: a hostile sender's bytes. `content` is re-encoded canonically,
// so that equal events have equal bytes. Errors: invalid_argument naming the field. (Declared in
// event/encoding.h, for the wire layer: it speaks Cap'n Proto types.)

struct Place {
  Position position;
  Version version;
  Instant recorded_at;
  std::string_view appended_by;
};

// The bytes to store: the leaf of the tree. `sealed` is the encrypted personal content, empty when there is
// none.
Bytes encode_record(const NewEvent& event, const Place& place, BytesView sealed);

// The sealed personal content inside a stored record; empty when there is none. Errors: corruption.
Result<Bytes> sealed_personal(BytesView record);

// Whether the stored record holds the same event content (all but personal) as `event`, byte for byte.
Result<bool> same_content(BytesView record, const NewEvent& event);

// Personal content as the bytes that are sealed, and back. Errors: corruption.
Bytes encode_personal(const Personal& personal);
Result<Personal> decode_personal(BytesView bytes);

// What is known of an event's personal content when it is shown.
struct PersonalView {
  std::optional<Personal> personal;  // absent when there is none or when it has been erased
  bool erased = false;
};

// One CloudEvents line (no newline) with position, streamversion, recordedat and appendedby added; `time` and
// instants in data in Europe/Stockholm, recordedat in UTC with microseconds (contract 2 and 3).
std::string to_json(const RecordedEvent& event, const PersonalView& personal);
// The same, with more attributes appended after the contract's, in order: raw JSON values by name (record,
// leafhash…).
std::string to_json(const RecordedEvent& event, const PersonalView& personal,
                    const std::vector<std::pair<std::string, std::string>>& extra);

// The line that the event may be sent with again, to another ledger: without its place. Personal content that
// has been erased is not in it, nor a word of it.
std::string to_sent_json(const RecordedEvent& event, const PersonalView& personal);

}  // namespace stafett::event
