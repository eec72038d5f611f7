#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>

#include "stafett/core/instant.h"
#include "stafett/core/result.h"

namespace stafett::generate {

// What a ledger holds, counted from its records.
struct Census {
  std::uint64_t events = 0, bytes = 0, sealed = 0;
  std::map<std::string, std::uint64_t> streams;          // by category
  std::map<std::string, std::uint64_t> types;            // events by type
  std::unordered_map<std::string, std::uint32_t> cases;  // events of each, by its id
  Instant first, last;                                   // recorded
  std::uint64_t late = 0;                                // recorded more than 72 hours after they happened
  std::uint64_t open_cases = 0;
};

// Decodes every record of a stopped ledger. Errors: as of Ledger::open and decode_record.
Result<Census> census(const std::filesystem::path& folder,
                      const std::function<void(std::uint64_t)>& progress);

}  // namespace stafett::generate
