#pragma once

#include <boost/container/small_vector.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "stafett/casework/world.h"
#include "stafett/core/result.h"

// Paths of the rule language: how a rule names something about an event, its case, a person or a unit.
// schema/rules/README.md is the manual; this compiles a path against the event catalogue and evaluates it.
namespace stafett::casework {

using Values = boost::container::small_vector<Value, 4>;
using TypeSet = std::vector<std::uint16_t>;  // event types by ordinal, sorted

// A calendar period an obligation is about: [begin, end) local dates, and the number rules call it by.
struct Period {
  Date begin, end;
  int year = 0;
};

// What a rule's references mean while one obligation is judged.
struct Binding {
  const World* world = nullptr;
  const Fact* trigger = nullptr;       // null when the clock or the calendar triggers
  const CaseFacts* in_case = nullptr;  // null outside cases
  std::string_view subject;            // person of "for each", else the case's subject, else the stream's id
  std::string_view child;              // the one it is about: of `perChild`, else the trigger's
  Instant start;                       // when the obligation was created
  const Period* period = nullptr;
  bool by_clock = false;        // a date triggers it: `trigger` only says whom it is about, and may settle it
  bool after_start = false;     // only what happened after the start counts: it starts with a settlement
  const Fact* match = nullptr;  // inside `unless`: the event that matched
};

// Which event types the references of a rule stand for, while compiling.
struct Scope {
  TypeSet trigger;
  TypeSet match;
  bool has_period = false;
  TypeSet event = {};  // the events a pattern looks at, for operands about them ($event)
};

class Path {
 public:
  // `types`: the event types the path starts from when it does not begin with $. Errors: invalid_argument
  // saying which segment is not known.
  static Result<Path> compile(std::string_view text, const TypeSet& types, const Scope& scope);

  void evaluate(const Fact* event, const Binding& binding, Values& out) const;
  // The value, where the path is but a field of one value of the event; absent when that is not given. Else
  // null.
  const Value* field_of(const Fact& event) const;
  // Whether it may reach several values of one event.
  bool many() const { return many_; }

  // Checks a constant that the path is compared with: enumerators must exist.
  Result<void> check_constant(std::string_view constant) const;
  event::FieldForm form() const { return form_; }
  const std::string& text() const { return text_; }
  // Of the field it ends at, when that is an enumerator.
  const std::vector<event::Enumerator>& enumerators() const { return enumerators_; }

 private:
  enum class Op : std::uint8_t {
    root_event,
    root_trigger,
    root_subject,
    root_child,
    root_case,
    root_match,
    root_period_year,
    root_start,
    root_period_begin,
    root_period_end,
    root_home,
    field,   // of an event: index per type
    member,  // of the rows of a list
    envelope_unit,
    envelope_type,
    envelope_stream,
    envelope_stream_id,
    envelope_when,
    envelope_municipality,
    to_case,
    to_child,
    to_household,
    household_minors,
    case_id,
    case_kind,
    case_area,
    case_subject,
    case_household,
    case_unit,
    case_children,
    case_district,
    case_units_in_household,
    case_household_units,
    person_is_minor,
    person_age,
    person_gender,
    person_disability,
    person_guardians,
    person_wards,
    person_household,
    person_case_units,
    unit_kind,
    unit_principal,
    instant_date,
    date_year,
    link,  // an id to the event that introduced it
  };
  struct Step {
    Op op;
    std::vector<std::pair<std::uint16_t, std::uint16_t>> fields;  // field: (type, index)
    std::uint16_t member = 0;
    std::string name;  // link: the field that carries the id
  };
  struct Compiler;

  std::vector<Step> steps_;
  std::string text_;
  bool many_ = false;
  event::FieldForm form_ = event::FieldForm::text;
  std::vector<event::Enumerator> enumerators_;
};

}  // namespace stafett::casework
