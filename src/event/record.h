#pragma once

#include <vector>

#include "stafett/core/bytes.h"
#include "stafett/core/result.h"

// The bytes of a stored record, before any event is decoded (schema/README.md, "Record").
namespace stafett::event {

inline constexpr std::uint16_t record_format = 1;

// A record's words where they can be read in place: the given bytes when they are aligned, else a copy in
// `copy`. Errors: corruption when they are no whole words.
Result<std::span<const std::uint64_t>> record_words(BytesView record, std::vector<std::uint64_t>& copy);

}  // namespace stafett::event
