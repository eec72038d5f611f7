#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "stafett/ledger/ledger.h"

// Verification: everything that can be derived from the stored records is derived anew and compared with what
// is stored, and every problem is said with its place:
//
//   record  every position has a record that says so itself; recorded_at never decreases
//   node    the leaf's hash of every record, every inner node, and the root
//   index   exactly the ids, streams and versions of the records: no id twice, no version missing or twice
//   key     every stream with personal content has its data key, which opens with the key-encryption key, or
//   the
//           mark of its erasure; and there is a mark exactly where the ledger has a receipt
//   head    every signed head that is kept: its signature, and its root; of the newest the root of the
//   streams too
//
// It takes one pass over the records and one over the index, side by side with the hashing, and memory that
// depends on the number of streams alone (about 150 bytes each). The ledger goes on
// meanwhile: what is verified is what was there at the beginning.
namespace stafett::ledger {

struct Problem {
  std::string where;  // "record", "node", "index", "key", "head"; "folder" when it cannot be opened
  std::string what;   // names the stream, the node or the file where there is one; never personal content
  std::optional<Position> position;
};

struct Verification {
  TreeHead head;  // of what has been verified
  double events_per_s = 0;
  std::vector<Problem> problems;     // in no particular order, at most as many as asked for
  std::uint64_t problems_found = 0;  // as far as was looked
  bool good() const { return problems.empty(); }
};

struct VerifyOptions {
  std::size_t problems_max = 100;
  // Told now and then how many of how many events are done; false ends the work (unavailable).
  std::function<bool(std::uint64_t done, std::uint64_t total)> progress;
};

// A stopped ledger's folder, which is not changed and may be read-only. Damage that keeps it from being
// opened is a problem of "folder". Errors: unavailable when another process has it open; not_found;
// invalid_argument for a folder of other files; io_error.
Result<Verification> verify_folder(const std::filesystem::path& folder, const VerifyOptions& options);

}  // namespace stafett::ledger
