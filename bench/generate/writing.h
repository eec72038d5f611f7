#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "municipality/municipality.h"
#include "stafett/core/result.h"

namespace stafett::generate {

struct Written {
  std::uint64_t events = 0, households = 0;
  double seconds = 0;
};

// Makes a new ledger in the folder: the base rules at position 0, then so many events of the municipality,
// appended as any other through the ledger's own checks, with one sync for what is recorded on a day (or 2000
// events of it). What is recorded on a day has the day's last moment as recordedAt. Ends with a signed head.
// `progress` is told how many events are in.
Result<Written> write_ledger(const std::filesystem::path& folder, municipality::Settings settings,
                             std::uint64_t events, const std::function<void(std::uint64_t)>& progress);

}  // namespace stafett::generate
