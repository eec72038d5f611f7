#include "event/reflection.h"

#include <bit>

#include "stafett/core/assert.h"
#include "stafett/schema/annotations.capnp.h"
#include "stafett/schema/forms.capnp.h"

namespace stafett::event {
namespace {

// Annotations have no generated names; these are their ids in schema/annotations.capnp.
constexpr std::uint64_t label_annotation = 0xd1a4c0e1f2b3a001, form_annotation = 0xd1a4c0e1f2b3a002,
                        required_annotation = 0xd1a4c0e1f2b3a003, streams_annotation = 0xd1a4c0e1f2b3a004,
                        refers_annotation = 0xd1a4c0e1f2b3a005, loose_annotation = 0xd1a4c0e1f2b3a006,
                        describes_annotation = 0xd1a4c0e1f2b3a007,
                        identifying_annotation = 0xd1a4c0e1f2b3a008;

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

std::string category_name(schema::Category category) {
  return std::string(stream_categories()[static_cast<std::size_t>(category)]);
}

std::string category_referred_to(Annotations annotations, FieldForm form) {
  for (auto a : annotations)
    if (a.getId() == refers_annotation)
      return category_name(static_cast<schema::Category>(a.getValue().getEnum()));
  return form == FieldForm::unit_id ? category_name(schema::Category::UNIT) : "";
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

}  // namespace

Label label_of(Annotations annotations) {
  for (auto a : annotations)
    if (a.getId() == label_annotation) {
      auto label = a.getValue().getStruct().getAs<schema::Label>();
      return {label.getEn().cStr(), label.getSv().cStr()};
    }
  return {};
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

bool describes(Annotations annotations) { return carries(annotations, describes_annotation); }

std::vector<std::string> categories_of(Annotations annotations) {
  std::vector<std::string> out;
  for (auto a : annotations)
    if (a.getId() == streams_annotation)
      for (auto category : a.getValue().getList().getAs<capnp::List<schema::Category>>())
        out.push_back(category_name(category));
  return out;
}

const StructLayout& StructReflection::json_entry() {
  if (!json_entry_) json_entry_ = read(capnp::Schema::from<schema::JsonEntry>(), json_entry_fields_);
  return *json_entry_;
}

const StructLayout* StructReflection::read(capnp::StructSchema schema, std::vector<Field>& fields) {
  auto node = schema.getProto().getStruct();
  StructLayout& layout = layouts_.emplace_back();
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

void StructReflection::read_field(capnp::StructSchema::Field member, Field& field, FieldLayout& layout) {
  auto proto = member.getProto();
  auto slot = proto.getSlot();
  field.name = proto.getName().cStr();
  field.label = label_of(proto.getAnnotations());
  field.required = carries(proto.getAnnotations(), required_annotation);
  field.form = form_of(form_mark(proto.getAnnotations()));
  field.refers = category_referred_to(proto.getAnnotations(), field.form);
  field.loose = carries(proto.getAnnotations(), loose_annotation);
  field.identifying = carries(proto.getAnnotations(), identifying_annotation);
  layout.field = &field;
  auto type = member.getType();
  if (type.isList()) {
    type = type.asList().getElementType();
    layout.pointer = true;
    if (type.isStruct() && type.asStruct() == capnp::Schema::from<schema::JsonEntry>()) {
      field.form = FieldForm::json_map;
      layout.carrier = Carrier::json_map;
      layout.row = &json_entry();
    } else {
      field.list = layout.list = true;
      if (type.isStruct()) {
        field.form = FieldForm::row;
        layout.carrier = Carrier::row;
        layout.row = read(type.asStruct(), field.members);
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

}  // namespace stafett::event
