#pragma once

#include <filesystem>

#include "simulation/disk.h"
#include "simulation/journal.h"

namespace stafett::simulation {

// One life of a process that has the ledger: it opens it, compares everything with the model, works with it
// at random, and ends, as the seed says: stopped, killed, or by a failure of power. The last one meets no
// faults, and looks at everything. Does not return: ends the process with 0 or Disk::crashed; with 1 when
// something was wrong, which the journal then says.
struct LifePlan {
  std::uint64_t seed = 0, life = 0;
  bool last = false;
  std::filesystem::path disk;  // the folder that is the disk
};
[[noreturn]] void live(const LifePlan& plan, Journal& journal);

}  // namespace stafett::simulation
