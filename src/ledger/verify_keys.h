#pragma once

#include <array>
#include <vector>

#include "ledger/problems.h"
#include "ledger/vault.h"
#include "stafett/crypto/keyed_hash.h"
#include "stafett/event/recorded_event.h"
#include "stafett/storage/inspection.h"

namespace stafett::ledger {

// A set of stream names, 8 bytes each: their hashes under a secret key of this run.
class NameSet {
 public:
  void add(std::uint64_t hash);
  // Sorted, each once. Nothing is added afterwards.
  const std::vector<std::uint64_t>& sorted();
  bool contains(std::uint64_t hash) const;  // after sorted()

 private:
  void compact();
  std::array<std::uint64_t, 1u << 14> recent_{};
  std::vector<std::uint64_t> hashes_;
  std::size_t compact_at_ = 1u << 16;
};

// Whether every stream with personal content has a usable key, or the mark of its erasure with a receipt.
class KeysCheck {
 public:
  // Without a vault, what is wrapped is looked at from outside only.
  KeysCheck(const storage::Inspection& store, const Vault* vault, Problems& problems);

  // Of the records, in order; on one thread.
  void record(const event::RecordOutline& record);
  // Of the keys; may run beside `record`, on another thread.
  void read_keys();
  // After both have ended. Without all records there is no saying which receipts are missing.
  void finish(bool all_records);

 private:
  std::uint64_t name(std::string_view stream) const { return hash_(as_bytes(stream)); }
  bool usable(std::string_view stream, BytesView value) const;

  const storage::Inspection& store_;
  const Vault* const vault_;
  Problems& problems_;
  const crypto::KeyedHash hash_ = crypto::KeyedHash::random();
  NameSet sealed_, receipts_, keys_, erased_;
  bool proof_ = false;
};

}  // namespace stafett::ledger
