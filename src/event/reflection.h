#pragma once

#include <capnp/schema.h>

#include <deque>

#include "event/layout.h"

// Fields, labels and layouts out of the compiled schema. Runs once, when the catalogue is first asked.
namespace stafett::event {

using Annotations = capnp::List<capnp::schema::Annotation>::Reader;

Label label_of(Annotations annotations);
bool describes(Annotations annotations);
std::vector<std::string> categories_of(Annotations annotations);
std::vector<Enumerator> enumerators_of(capnp::EnumSchema enumeration);
std::uint64_t default_bits(capnp::schema::Value::Reader value);
void mark_known(std::vector<std::uint8_t>& bits, std::uint32_t place, std::size_t width);

// Owns the layouts it makes; their addresses are stable, and so must be those of the fields they point to.
class StructReflection {
 public:
  // Fields in the order of their numbers; `fields` must not be resized afterwards.
  const StructLayout* read(capnp::StructSchema schema, std::vector<Field>& fields);

  const StructLayout& json_entry();  // rows of every map

 private:
  void read_field(capnp::StructSchema::Field member, Field& field, FieldLayout& layout);

  std::deque<StructLayout> layouts_;
  std::vector<Field> json_entry_fields_;
  const StructLayout* json_entry_ = nullptr;
};

}  // namespace stafett::event
