#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "stafett/event/catalogue.h"

// Where the fields of the schema's structures lie in their encoding: worked out from the compiled schema
// once, so that reading and writing a field costs a load or a store and no reflection.
namespace stafett::event {

// How a field (or an item of a list field) is carried.
enum class Carrier : std::uint8_t { flag, enumeration, integer, real, text, row, json_map };

struct StructLayout;

struct FieldLayout {
  const Field* field = nullptr;
  Carrier carrier = Carrier::text;
  bool list = false;        // a list of `carrier`; json_map is a list by itself
  bool pointer = false;     // lies in the pointer section, else in the data section
  bool is_signed = false;   // of an integer
  std::uint8_t width = 0;   // bytes, of a scalar or of a scalar item
  std::uint32_t place = 0;  // byte of the data section, or index in the pointer section
  std::uint64_t mask = 0;   // bits of the default value, which means absent: stored bits are value ^ mask
  const StructLayout* row = nullptr;
};

struct StructLayout {
  std::uint16_t data_words = 0;
  std::uint16_t pointers = 0;
  bool has_lists = false;
  std::vector<FieldLayout> fields;       // by Field::index
  std::vector<std::uint8_t> known_bits;  // of the data section, a byte each: bits that some field occupies
};

// The places of the attributes in an `Event`, read from the schema like everything else.
struct EnvelopeLayout {
  std::uint16_t data_words = 0, pointers = 0;
  std::uint32_t time = 0, actor_role = 0, type = 0;  // bytes of the data section
  std::uint64_t time_mask = 0;
  // Indexes in the pointer section.
  std::uint16_t id = 0, source = 0, subject = 0, municipality = 0, actor = 0, correlation_id = 0,
                causation_id = 0, personal = 0, data = 0;
  std::vector<std::uint8_t> known_bits;
};

const EnvelopeLayout& envelope_layout();
const StructLayout& layout_of(std::uint16_t type);  // of the event's data
const StructLayout& json_entry_layout();            // rows of a json_map
const StructLayout& personal_item_layout();         // rows of personal content

}  // namespace stafett::event
