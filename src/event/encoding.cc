#include "stafett/event/encoding.h"

#include <capnp/message.h>

#include <algorithm>
#include <cstring>

#include "event/content.h"
#include "event/forms.h"
#include "event/json_map.h"
#include "event/struct_values.h"

namespace stafett::event {
namespace {

auto refuse(std::string field, std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message), std::move(field));
}

std::string_view view(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

std::optional<std::string_view> optional_view(bool given, capnp::Text::Reader text) {
  return given ? std::optional(view(text)) : std::nullopt;
}

Result<Envelope> envelope_of(schema::Event::Reader sent) {
  Envelope envelope;
  auto id = sent.getId();
  if (id.size() != envelope.id.size()) return refuse("id", "not the 16 bytes of a UUID");
  std::memcpy(envelope.id.data(), id.begin(), id.size());
  auto number = static_cast<std::size_t>(sent.getData().which());
  if (number == 0 || number > event_types().size())
    return refuse("type", "an event type that does not exist");
  envelope.type = &event_types()[number - 1];
  envelope.source = view(sent.getSource());
  envelope.subject = view(sent.getSubject());
  envelope.municipality = view(sent.getMunicipality());
  envelope.time = instant_from_micros(sent.getTime());
  envelope.actor = optional_view(sent.hasActor(), sent.getActor());
  envelope.correlation_id = optional_view(sent.hasCorrelationId(), sent.getCorrelationId());
  envelope.causation_id = optional_view(sent.hasCausationId(), sent.getCausationId());
  envelope.actor_role = static_cast<std::uint16_t>(sent.getActorRole());
  if (envelope.actor_role > roles().size()) return refuse("actorrole", "a role that does not exist");
  return envelope;
}

Result<Personal> personal_of(schema::Event::Reader sent) {
  Personal personal;
  auto items = sent.getPersonal();
  if (items.size() > personal_items_max) return refuse("data.personal", "more than 64 entries");
  for (auto item : items) personal.emplace_back(view(item.getName()), view(item.getValue()));
  std::ranges::sort(personal);
  return personal;
}

// Maps are spelled in one way; everything else has only one.
Result<void> respell_maps(std::span<const Field> fields, std::span<Value> values, const Path& path,
                          Scratch& scratch) {
  for (const Field& field : fields) {
    Value& value = values[field.index];
    Path at{.up = &path, .name = field.name};
    if (!value.present()) continue;
    if (field.form == FieldForm::json_map) {
      STAFETT_TRY(value, respelled_json_map(value, at, scratch));
    } else if (field.form == FieldForm::row) {
      auto rows = scratch.values(value.items().size());
      for (std::size_t i = 0; i < rows.size(); ++i) {
        auto members = value.items()[i].items();
        auto copy = scratch.values(members.size());
        std::ranges::copy(members, copy.begin());
        Path row{.up = &at, .name = {}, .index = i};
        STAFETT_TRY(respell_maps(field.members, copy, row, scratch));
        rows[i] = Value::row(copy);
      }
      value = Value::list(rows);
    }
  }
  return ok();
}

bool has_maps(std::span<const Field> fields) {
  return std::ranges::any_of(
      fields, [](const Field& f) { return f.form == FieldForm::json_map || has_maps(f.members); });
}

Result<NewEvent> checked(schema::Event::Reader sent, ExpectedVersion expected) {
  if (sent.totalSize().wordCount > event_bytes_max / sizeof(capnp::word))
    return fail(ErrorCode::too_large, "an event of more than 4 MiB", "data");
  const EnvelopeLayout& layout = envelope_layout();
  capnp::AnyStruct::Reader event = capnp::toAny(sent);
  if (has_unknown_parts(layout.known_bits, layout.pointers, event))
    return refuse({}, "an attribute that this release's events do not have");
  STAFETT_TRY(auto envelope, envelope_of(sent));
  auto pointers = event.getPointerSection();
  capnp::AnyStruct::Reader data;  // nothing given: every field is absent
  if (layout.data < pointers.size()) data = pointers[layout.data].getAs<capnp::AnyStruct>();
  const StructLayout& body = layout_of(envelope.type->ordinal);
  if (has_unknown_parts(body, data)) return refuse("data", "a field that this event does not have");
  Scratch scratch;
  Path path{.up = nullptr, .name = "data"};
  std::size_t count = count_values(body, data);
  if (count > values_max) return refuse("data", "lists of more than 10000 items");
  auto slots = scratch.values(count);
  ValueReader reader(slots.data(), 0);
  reader.read(body, data);
  auto fields = slots.first(body.fields.size());  // the reader takes these first; they are ours to write
  if (reader.met_impossible()) {
    STAFETT_TRY(check_values(envelope.type->fields, fields, path));
    return refuse("data", "a Flag that is neither absent, no nor yes");
  }
  if (has_maps(envelope.type->fields)) {
    STAFETT_TRY(respell_maps(envelope.type->fields, fields, path, scratch));
  }
  STAFETT_TRY(auto personal, personal_of(sent));
  return make_event(envelope, fields, std::move(personal), expected);
}

}  // namespace

Result<NewEvent> from_wire(schema::Event::Reader sent, ExpectedVersion expected) {
  try {
    return checked(sent, expected);
  } catch (const kj::Exception&) {
    // Its description may quote the message.
    return refuse("data", "not an Event in Cap'n Proto's encoding");
  }
}

void to_wire(const NewEvent& event, schema::Event::Builder out) {
  kj::Array<capnp::word> words = kj::heapArray<capnp::word>(event.content.size() / sizeof(capnp::word));
  std::memcpy(words.begin(), event.content.data(), event.content.size());
  kj::ArrayPtr<const capnp::word> segments[] = {words};
  capnp::SegmentArrayMessageReader message(segments,
                                           {.traversalLimitInWords = words.size() * 2, .nestingLimit = 64});
  capnp::AnyStruct::Reader from = message.getRoot<capnp::AnyStruct>();
  capnp::AnyStruct::Builder to = capnp::toAny(out);
  auto data = from.getDataSection();
  std::memcpy(to.getDataSection().begin(), data.begin(), std::min(data.size(), to.getDataSection().size()));
  auto pointers = from.getPointerSection();
  for (capnp::uint i = 0; i < pointers.size(); ++i)
    if (!pointers[i].isNull()) to.getPointerSection()[i].set(pointers[i]);
  if (event.personal.empty()) return;
  auto items = out.initPersonal(static_cast<capnp::uint>(event.personal.size()));
  for (capnp::uint i = 0; i < items.size(); ++i) {
    const auto& [name, value] = event.personal[i];
    items[i].setName({name.c_str(), name.size()});
    items[i].setValue({value.c_str(), value.size()});
  }
}

}  // namespace stafett::event
