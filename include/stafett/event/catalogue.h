#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stafett/event/value.h"

// The event types of domain.md section 3 as the product knows them, read from the compiled Cap'n Proto schema
// (schema/): names, fields, enumerators, labels. The one place that answers "which events and fields exist?".
// Immutable after first use; thread-safe.
namespace stafett::event {

enum class Language : std::uint8_t { english, swedish };

struct Label {
  std::string english;
  std::string swedish;
  const std::string& in(Language l) const { return l == Language::swedish ? swedish : english; }
};

// What the text of a field may be (contract 2, domain.md 8.1).
enum class FieldForm : std::uint8_t {
  boolean,
  u8,
  u16,
  u32,
  real,          // any finite number: score values
  share,         // a real from 0 to 1: responseRate
  id,            // 1 to 128 of letters, digits and . _ - :
  unit_id,       // an id that may also contain /
  code,          // 1 to 64 of letters, digits and - _ . : / blank
  text,          // short text without personal data (purpose, targets): 1 to 1000 bytes of UTF-8
  document,      // JSON text of up to 2 MiB, as one string: the definition of a rule set
  uuid,          // an event id, either case, kept as given
  municipality,  // four digits
  enumerator,
  instant,
  date,
  row,       // a structure: only inside lists
  json_map,  // an object whose names the schema does not fix (correctedFields, parameters): a Value list of
             // rows {name, JSON text}, sorted by name
};

struct Enumerator {
  std::string name;  // as in domain.md
  Label label;
};

struct Field {
  std::string name;         // as in domain.md
  std::uint16_t index = 0;  // place in RecordedEvent::fields, and in a row's items
  FieldForm form = FieldForm::text;
  bool list = false;  // a list of `form`
  bool required = false;
  // The category of the streams whose ids the field holds; empty when it holds none.
  std::string refers;
  bool loose = false;        // the reference does not make events be judged together
  bool identifying = false;  // tells who somebody is: a birth date, a name of staff
  Label label;
  std::vector<Enumerator> enumerators;  // when form is enumerator
  std::vector<Field> members;           // when form is row
};

struct EventType {
  std::uint16_t ordinal = 0;  // number in the catalogue minus one: PersonRegistered is 0
  std::string name;           // "ChildHeard"
  Label label;
  std::vector<std::string> categories;  // stream categories it may be appended to
  bool describes = false;               // its fields say what the subject of its stream is like from then on
  std::vector<Field> fields;

  const Field* field(std::string_view field_name) const;  // null when there is none
};

// All types, ordered by ordinal.
std::span<const EventType> event_types();
const EventType* find_event_type(std::string_view name);  // "ChildHeard"; null when there is none

// The stream categories: person, household, case, forum, unit, document, disagreement, deviation, rules.
std::span<const std::string_view> stream_categories();
// The roles of domain.md 8.1 no. 3, with labels.
std::span<const Enumerator> roles();

}  // namespace stafett::event
