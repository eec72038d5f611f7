#pragma once

#include <unordered_map>
#include <unordered_set>

#include "ledger/problems.h"
#include "stafett/crypto/keyed_hash.h"
#include "stafett/event/recorded_event.h"
#include "stafett/merkle/stream_map.h"
#include "stafett/storage/inspection.h"

namespace stafett::ledger {

// Whether the stored index holds exactly what follows from the records, without holding either in memory:
// every entry is hashed with a secret key of this run, and the sums of both sides are compared. Different
// entries with equal sums are as likely as guessing 64 random bits. As keys of the index are unique, no id
// and no version then comes twice; that the versions of each stream follow each other is seen in the index's
// order. Only when something does not fit are the entries looked up one by one.
//
// Above the index's watermark the entries are in the server's memory alone; there the records are checked
// against each other and against the index below.
class IndexCheck {
 public:
  // The ends of all streams are kept as they were at the size `streams_at`.
  IndexCheck(const storage::Inspection& store, TreeSize streams_at, Problems& problems);

  // Of the records, in order; on one thread.
  void record(const event::RecordOutline& record);
  void missing_record() { incomplete_ = true; }
  // Of the index; may run beside `record`, on another thread.
  void read_index();
  // After both have ended. The root of all streams, when everything fits.
  std::optional<merkle::Hash> finish();

 private:
  std::uint64_t entry(BytesView id, Position position) const;
  std::uint64_t entry(std::string_view stream, Version version, Position position) const;
  void record_above(const event::RecordOutline& record);
  void locate();

  const storage::Inspection& store_;
  Problems& problems_;
  const Position streams_at_;
  const Position indexed_;
  const crypto::KeyedHash hash_ = crypto::KeyedHash::random();
  std::uint64_t of_records_ = 0;
  std::uint64_t of_index_ = 0;
  bool incomplete_ = false;  // records are missing, which has been said
  bool index_unreadable_ = false;
  merkle::StreamMap streams_;
  // Above the watermark: as many events as the server holds in memory.
  std::unordered_set<event::EventId, crypto::OutsideHash> ids_above_;
  std::unordered_map<std::string, Version, crypto::OutsideHash, std::equal_to<>> versions_above_;
  std::vector<std::pair<merkle::Hash, merkle::StreamEnd>> ends_above_;
};

}  // namespace stafett::ledger
