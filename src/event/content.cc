#include "event/content.h"

#include <algorithm>

#include "event/forms.h"
#include "event/json_map.h"
#include "event/words.h"
#include "stafett/core/utf8.h"

namespace stafett::event {
namespace {

Result<void> check_envelope(const Envelope& envelope) {
  auto text = [](FieldForm form, std::string_view value, std::string_view name) {
    return check_text(form, value, Path{.up = nullptr, .name = name});
  };
  auto optional_id = [&](std::optional<std::string_view> value, std::string_view name) {
    return value ? text(FieldForm::id, *value, name) : ok();
  };
  STAFETT_TRY(text(FieldForm::unit_id, envelope.source, "source"));
  STAFETT_TRY(check_stream(envelope.subject, *envelope.type));
  if (!is_known_instant(envelope.time))
    return fail(ErrorCode::invalid_argument, "a time outside the years 1 to 9999", "time");
  STAFETT_TRY(text(FieldForm::municipality, envelope.municipality, "municipality"));
  STAFETT_TRY(optional_id(envelope.actor, "actor"));
  STAFETT_TRY(optional_id(envelope.correlation_id, "correlationid"));
  STAFETT_TRY(optional_id(envelope.causation_id, "causationid"));
  return ok();
}

// Never repeats a name that is no name, nor any value: either might be a person's.
Result<void> check_personal(const Personal& personal) {
  auto refused = [](std::string message, const std::string& name) {
    return fail(ErrorCode::invalid_argument, std::move(message),
                name.empty() ? "data.personal" : "data.personal." + name);
  };
  if (personal.size() > personal_items_max) return refused("more than 64 entries", {});
  for (std::size_t i = 0; i < personal.size(); ++i) {
    const auto& [name, value] = personal[i];
    if (!is_member_name(name)) return refused("a name that is not 1 to 64 letters, digits, _ and -", {});
    if (i > 0 && personal[i - 1].first == name) return refused("the same name twice", name);
    if (value.size() > personal_value_bytes_max) return refused("longer than 64 KiB", name);
    if (!is_utf8(value)) return refused("not UTF-8", name);
  }
  return ok();
}

// What a correction corrects is not known here, but every name is some event's and every value might be a
// field's.
Result<void> check_correction(const EventType& type, std::span<const Value> fields) {
  if (type.name != "EventCorrected") return ok();
  const Field& field = *type.field("correctedFields");
  for (const Value& entry : fields[field.index].items()) {
    STAFETT_TRY(check_corrected_field(entry.items()[0].text(), entry.items()[1].text()));
  }
  return ok();
}

Bytes encode_content(const Envelope& envelope, std::span<const Value> fields) {
  const EnvelopeLayout& at = envelope_layout();
  static thread_local WordWriter writer;
  writer.clear();
  auto text = [&](std::size_t pointer, std::optional<std::string_view> value) {
    if (value) writer.text(pointer, *value);
  };
  // Time and type are never stored as zero, `data` is never null: the last of each decides the canonical
  // shape.
  auto last_data = std::max({at.time, at.type, envelope.actor_role ? at.actor_role : 0});
  Shape shape{static_cast<std::uint16_t>(last_data / 8 + 1), static_cast<std::uint16_t>(at.data + 1)};
  std::size_t root = writer.add(1), body = writer.add(std::size_t{shape.data_words} + shape.pointers);
  writer.point_to_struct(root, body, shape);
  writer.store(body, at.time, static_cast<std::uint64_t>(micros(envelope.time)) ^ at.time_mask, 8);
  writer.store(body, at.actor_role, envelope.actor_role, 2);
  writer.store(body, at.type, envelope.type->ordinal + 1u, 2);
  std::size_t pointers = body + shape.data_words;
  writer.data(pointers + at.id, envelope.id);
  text(pointers + at.source, envelope.source);
  text(pointers + at.subject, envelope.subject);
  text(pointers + at.municipality, envelope.municipality);
  text(pointers + at.actor, envelope.actor);
  text(pointers + at.correlation_id, envelope.correlation_id);
  text(pointers + at.causation_id, envelope.causation_id);
  writer.structure(pointers + at.data, layout_of(envelope.type->ordinal), fields);
  return writer.bytes();
}

}  // namespace

Result<NewEvent> make_event(const Envelope& envelope, std::span<const Value> fields, Personal personal,
                            ExpectedVersion expected) {
  STAFETT_TRY(check_envelope(envelope));
  Path data{.up = nullptr, .name = "data"};
  STAFETT_TRY(check_values(envelope.type->fields, fields, data));
  STAFETT_TRY(check_correction(*envelope.type, fields));
  STAFETT_TRY(check_personal(personal));
  NewEvent event{.id = envelope.id,
                 .type = envelope.type->ordinal,
                 .stream = std::string(envelope.subject),
                 .occurred_at = envelope.time,
                 .expected = expected,
                 .content = encode_content(envelope, fields),
                 .personal = std::move(personal)};
  std::size_t size = event.content.size();
  for (const auto& [name, value] : event.personal) size += name.size() + value.size();
  if (size > event_bytes_max) return fail(ErrorCode::too_large, "an event of more than 4 MiB", "data");
  return event;
}

}  // namespace stafett::event
