#include "stafett/event/catalogue.h"

#include <capnp/schema.h>

#include <algorithm>
#include <bit>
#include <deque>
#include <set>
#include <unordered_map>

#include "event/layout.h"
#include "stafett/core/assert.h"
#include "stafett/schema/annotations.capnp.h"
#include "stafett/schema/event.capnp.h"
#include "stafett/schema/forms.capnp.h"

namespace stafett::event {
namespace {

// Annotations have no generated names; these are their ids in schema/annotations.capnp.
constexpr std::uint64_t label_annotation = 0xd1a4c0e1f2b3a001, form_annotation = 0xd1a4c0e1f2b3a002,
                        required_annotation = 0xd1a4c0e1f2b3a003, streams_annotation = 0xd1a4c0e1f2b3a004;

constexpr std::string_view category_names[] = {"person",   "household",    "case",      "forum", "unit",
                                               "document", "disagreement", "deviation", "rules"};

using Annotations = capnp::List<capnp::schema::Annotation>::Reader;

Label label_of(Annotations annotations) {
  for (auto a : annotations)
    if (a.getId() == label_annotation) {
      auto label = a.getValue().getStruct().getAs<schema::Label>();
      return {label.getEn().cStr(), label.getSv().cStr()};
    }
  return {};
}

bool carries(Annotations annotations, std::uint64_t id) {
  for (auto a : annotations)
    if (a.getId() == id) return true;
  return false;
}

schema::Form form_mark(Annotations annotations) {
  for (auto a : annotations)
    if (a.getId() == form_annotation) return static_cast<schema::Form>(a.getValue().getEnum());
  return schema::Form::UNMARKED;
}

FieldForm form_of(schema::Form mark) {
  switch (mark) {
    case schema::Form::U8:
      return FieldForm::u8;
    case schema::Form::U16:
      return FieldForm::u16;
    case schema::Form::U32:
      return FieldForm::u32;
    case schema::Form::REAL:
      return FieldForm::real;
    case schema::Form::SHARE:
      return FieldForm::share;
    case schema::Form::ID:
      return FieldForm::id;
    case schema::Form::UNIT_ID:
      return FieldForm::unit_id;
    case schema::Form::CODE:
      return FieldForm::code;
    case schema::Form::DOCUMENT:
      return FieldForm::document;
    case schema::Form::UUID:
      return FieldForm::uuid;
    case schema::Form::MUNICIPALITY:
      return FieldForm::municipality;
    case schema::Form::INSTANT:
      return FieldForm::instant;
    case schema::Form::DATE:
      return FieldForm::date;
    case schema::Form::TEXT:
    case schema::Form::UNMARKED:
      break;
  }
  return FieldForm::text;
}

std::vector<Enumerator> enumerators_of(capnp::EnumSchema enumeration) {
  std::vector<Enumerator> out;
  for (auto e : enumeration.getEnumerants()) {
    auto proto = e.getProto();
    STAFETT_ASSERT((e.getOrdinal() == 0) == (proto.getName() == "unspecified"));
    if (e.getOrdinal() > 0) out.push_back({proto.getName().cStr(), label_of(proto.getAnnotations())});
  }
  return out;
}

// The carrier of one scalar or list item, and its width in bytes.
void take_type(capnp::Type type, Field& field, FieldLayout& layout) {
  auto scalar = [&](Carrier carrier, std::uint8_t width, bool is_signed = false) {
    layout.carrier = carrier;
    layout.width = width;
    layout.is_signed = is_signed;
  };
  switch (type.which()) {
    case capnp::schema::Type::UINT8:
      return scalar(Carrier::integer, 1);
    case capnp::schema::Type::INT16:
      return scalar(Carrier::integer, 2, true);
    case capnp::schema::Type::INT32:
      return scalar(Carrier::integer, 4, true);
    case capnp::schema::Type::INT64:
      return scalar(Carrier::integer, 8, true);
    case capnp::schema::Type::FLOAT64:
      return scalar(Carrier::real, 8);
    case capnp::schema::Type::TEXT:
      return scalar(Carrier::text, 0);
    case capnp::schema::Type::ENUM:
      if (type.asEnum() == capnp::Schema::from<schema::Flag>()) {
        field.form = FieldForm::boolean;
        return scalar(Carrier::flag, 2);
      }
      field.form = FieldForm::enumerator;
      field.enumerators = enumerators_of(type.asEnum());
      return scalar(Carrier::enumeration, 2);
    default:
      break;
  }
  STAFETT_ASSERT(!"a type of field that the schema's conventions do not know");
}

std::uint64_t default_bits(capnp::schema::Value::Reader value) {
  switch (value.which()) {
    case capnp::schema::Value::INT16:
      return static_cast<std::uint16_t>(value.getInt16());
    case capnp::schema::Value::INT32:
      return static_cast<std::uint32_t>(value.getInt32());
    case capnp::schema::Value::INT64:
      return static_cast<std::uint64_t>(value.getInt64());
    case capnp::schema::Value::FLOAT64:
      return std::bit_cast<std::uint64_t>(value.getFloat64());
    default:
      return 0;
  }
}

void mark_known(std::vector<std::uint8_t>& bits, std::uint32_t place, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) bits.at(place + i) = 0xff;
}

class Catalogue {
 public:
  std::vector<EventType> types;
  std::unordered_map<std::string_view, const EventType*> by_name;
  std::set<std::string_view, std::less<>> field_names;
  std::vector<const StructLayout*> layouts;  // by type
  std::vector<Enumerator> roles;
  std::vector<Field> json_entry_fields, personal_item_fields;
  const StructLayout* json_entry = nullptr;
  const StructLayout* personal_item = nullptr;
  EnvelopeLayout envelope;

  Catalogue() {
    roles = enumerators_of(capnp::Schema::from<schema::Role>());
    json_entry = read_struct(capnp::Schema::from<schema::JsonEntry>(), json_entry_fields);
    personal_item = read_struct(capnp::Schema::from<schema::PersonalItem>(), personal_item_fields);
    read_events();
    read_envelope();
  }

 private:
  std::deque<StructLayout> all_layouts_;  // addresses are stable

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
      for (auto a : proto.getAnnotations())
        if (a.getId() == streams_annotation)
          for (auto category : a.getValue().getList().getAs<capnp::List<schema::Category>>())
            type.categories.emplace_back(category_names[static_cast<std::size_t>(category)]);
      layouts[type.ordinal] = read_struct(body, type.fields);
    }
    for (const EventType& type : types) {
      by_name.emplace(type.name, &type);
      for (const Field& field : type.fields) field_names.insert(field.name);
    }
  }

  // Fields in the order of their numbers; `fields` must not be resized afterwards.
  const StructLayout* read_struct(capnp::StructSchema schema, std::vector<Field>& fields) {
    auto node = schema.getProto().getStruct();
    StructLayout& layout = all_layouts_.emplace_back();
    layout.data_words = node.getDataWordCount();
    layout.pointers = node.getPointerCount();
    layout.known_bits.resize(layout.data_words * 8u);
    fields.resize(schema.getFields().size());
    layout.fields.resize(fields.size());
    for (auto member : schema.getFields()) {
      std::size_t number = member.getProto().getOrdinal().getExplicit();
      fields.at(number).index = static_cast<std::uint16_t>(number);
      read_field(member, fields[number], layout.fields[number]);
      if (!layout.fields[number].pointer)
        mark_known(layout.known_bits, layout.fields[number].place, layout.fields[number].width);
      layout.has_lists |= layout.fields[number].list || layout.fields[number].carrier == Carrier::json_map;
    }
    return &layout;
  }

  void read_field(capnp::StructSchema::Field member, Field& field, FieldLayout& layout) {
    auto proto = member.getProto();
    auto slot = proto.getSlot();
    field.name = proto.getName().cStr();
    field.label = label_of(proto.getAnnotations());
    field.required = carries(proto.getAnnotations(), required_annotation);
    field.form = form_of(form_mark(proto.getAnnotations()));
    layout.field = &field;
    auto type = member.getType();
    if (type.isList()) {
      type = type.asList().getElementType();
      layout.pointer = true;
      if (type.isStruct() && type.asStruct() == capnp::Schema::from<schema::JsonEntry>()) {
        field.form = FieldForm::json_map;
        layout.carrier = Carrier::json_map;
        layout.row = json_entry;
      } else {
        field.list = layout.list = true;
        if (type.isStruct()) {
          field.form = FieldForm::row;
          layout.carrier = Carrier::row;
          layout.row = read_struct(type.asStruct(), field.members);
        } else {
          take_type(type, field, layout);
        }
      }
    } else {
      take_type(type, field, layout);
      layout.pointer = layout.carrier == Carrier::text;
    }
    layout.place = layout.pointer ? slot.getOffset() : slot.getOffset() * layout.width;
    layout.mask = layout.pointer ? 0 : default_bits(slot.getDefaultValue());
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
bool is_field_of_some_event(std::string_view name) { return catalogue().field_names.contains(name); }

}  // namespace stafett::event
