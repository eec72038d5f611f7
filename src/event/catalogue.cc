#include "stafett/event/catalogue.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "event/reflection.h"
#include "stafett/schema/event.capnp.h"
#include "stafett/schema/forms.capnp.h"

namespace stafett::event {
namespace {

constexpr std::string_view category_names[] = {"person",   "household",    "case",      "forum", "unit",
                                               "document", "disagreement", "deviation", "rules"};

class Catalogue {
 public:
  std::vector<EventType> types;
  std::unordered_map<std::string_view, const EventType*> by_name;
  std::vector<const StructLayout*> layouts;  // by type
  std::vector<Enumerator> roles;
  std::vector<Field> personal_item_fields;
  const StructLayout* json_entry = nullptr;
  const StructLayout* personal_item = nullptr;
  EnvelopeLayout envelope;

  Catalogue() {
    roles = enumerators_of(capnp::Schema::from<schema::Role>());
    json_entry = &reflection_.json_entry();
    personal_item = reflection_.read(capnp::Schema::from<schema::PersonalItem>(), personal_item_fields);
    read_events();
    read_envelope();
  }

 private:
  StructReflection reflection_;

  void read_events() {
    auto data = capnp::Schema::from<schema::Event>().getFieldByName("data").getType().asStruct();
    types.resize(data.getUnionFields().size() - 1);
    layouts.resize(types.size());
    for (auto member : data.getUnionFields()) {
      std::uint16_t number = member.getProto().getDiscriminantValue();
      if (number == 0) continue;  // none
      EventType& type = types[number - 1];
      auto body = member.getType().asStruct();
      auto proto = body.getProto();
      type.ordinal = static_cast<std::uint16_t>(number - 1);
      type.name = body.getShortDisplayName().cStr();
      type.label = label_of(proto.getAnnotations());
      type.categories = categories_of(proto.getAnnotations());
      type.describes = describes(proto.getAnnotations());
      layouts[type.ordinal] = reflection_.read(body, type.fields);
    }
    for (const EventType& type : types) {
      by_name.emplace(type.name, &type);
    }
  }

  void read_envelope() {
    auto schema = capnp::Schema::from<schema::Event>();
    auto node = schema.getProto().getStruct();
    auto slot = [&](const char* name) { return schema.getFieldByName(name).getProto().getSlot(); };
    auto pointer = [&](const char* name) { return static_cast<std::uint16_t>(slot(name).getOffset()); };
    envelope.data_words = node.getDataWordCount();
    envelope.pointers = node.getPointerCount();
    envelope.time = slot("time").getOffset() * 8;
    envelope.time_mask = default_bits(slot("time").getDefaultValue());
    envelope.actor_role = slot("actorRole").getOffset() * 2;
    envelope.id = pointer("id");
    envelope.source = pointer("source");
    envelope.subject = pointer("subject");
    envelope.municipality = pointer("municipality");
    envelope.actor = pointer("actor");
    envelope.correlation_id = pointer("correlationId");
    envelope.causation_id = pointer("causationId");
    envelope.personal = pointer("personal");
    auto data = schema.getFieldByName("data").getType().asStruct();
    envelope.type = data.getProto().getStruct().getDiscriminantOffset() * 2;
    envelope.data =
        static_cast<std::uint16_t>(data.getFieldByName("personRegistered").getProto().getSlot().getOffset());
    envelope.known_bits.resize(envelope.data_words * 8u);
    mark_known(envelope.known_bits, envelope.time, 8);
    mark_known(envelope.known_bits, envelope.actor_role, 2);
    mark_known(envelope.known_bits, envelope.type, 2);
  }
};

const Catalogue& catalogue() {
  static const Catalogue the_catalogue;
  return the_catalogue;
}

}  // namespace

const Field* EventType::field(std::string_view field_name) const {
  auto found = std::ranges::find(fields, field_name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

std::span<const EventType> event_types() { return catalogue().types; }

const EventType* find_event_type(std::string_view name) {
  auto found = catalogue().by_name.find(name);
  return found == catalogue().by_name.end() ? nullptr : found->second;
}

std::span<const std::string_view> stream_categories() { return category_names; }
std::span<const Enumerator> roles() { return catalogue().roles; }

const EnvelopeLayout& envelope_layout() { return catalogue().envelope; }
const StructLayout& layout_of(std::uint16_t type) { return *catalogue().layouts[type]; }
const StructLayout& json_entry_layout() { return *catalogue().json_entry; }
const StructLayout& personal_item_layout() { return *catalogue().personal_item; }

}  // namespace stafett::event
