#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "stafett/event/recorded_event.h"

namespace stafett::event {

// One field as corrected: absent when the correction clears it.
struct CorrectedField {
  std::uint16_t index = 0;  // Field::index in the corrected event's type
  Value value;
};

// What an EventCorrected says about the fields of the event it corrects. The values live in `memory`, which
// copies share.
struct Correction {
  std::vector<CorrectedField> fields;  // in the order of their names
  std::shared_ptr<const void> memory;
};

// Reads `correctedFields` of the correction as fields of `target`, the type of the corrected event: only then
// is it known what the values must be. Errors: invalid_argument naming the field, when the target has no such
// field, when a value is not of the field's form or bounds, or when a required field would be cleared. The
// correction must be an EventCorrected.
Result<Correction> read_correction(const RecordedEvent& correction, const EventType& target);

}  // namespace stafett::event
