#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "ledger/recent.h"
#include "stafett/core/ids.h"
#include "stafett/core/result.h"
#include "stafett/crypto/key.h"
#include "stafett/storage/store.h"

namespace stafett::ledger {

// Personal content is sealed under a key of its stream, so that destroying that key erases it everywhere,
// backups included, while every record and every proof stays as it is: the leaf covers the ciphertext.
//
// A stream's data key is 32 random bytes, made when it is first needed. In the store it lies wrapped under
// the key-encryption key, which lies in a file outside the store: keys/kek.
//
// Every sealing takes a new random nonce of 96 bits, which stands before the ciphertext. A nonce derived from
// the position would be unique only as long as no position is ever given twice; but one is, when a write
// fails after the sealing and when an older backup is restored, and with AES-GCM a nonce used twice gives
// both texts away. Two random ones would be expected to meet after some 2^48 sealings under one key; a stream
// has a few thousand. The associated data bind a sealed text to its stream and position, and a wrapped key to
// its stream.
//
// Erasing a stream's personal content is destroying its data key. Of that there are copies in old tables and
// logs of the store and in backups, all wrapped under the key-encryption key: so that is exchanged for a new
// one, and the old one destroyed. In this order, each step durable before the next:
//
//   1  the new key is written beside the old one (kek.next)
//   2  one batch holds the receipt, the stream's mark of erasure, and the proof of the new key. From here on
//      the erasure stands: after a crash the next opening completes it
//   3  all other data keys are wrapped under the new key, a lot at a time; until that is done some are under
//      one key and some under the other, which the tag of each tells
//   4  the new key takes the old one's name, and the old one's file is overwritten and removed
//   5  the column family of keys is compacted, and the log that held them is dropped
//
// Only then is it acknowledged. A crash before 2 leaves nothing but a file kek.next, which is destroyed.
class Vault {
 public:
  // Reads the key-encryption key, or makes it for a ledger without events; takes back or goes on with a
  // change of it that a crash has interrupted, if the store may be written to. Errors: corruption when it is
  // missing or another than that of the store.
  static Result<std::unique_ptr<Vault>> open(const storage::Store& store, bool new_ledger);

  // What a ledger's first batch must hold, for a wrong key to be noticed later.
  storage::StreamKey proof_of_key() const;

  struct DataKey {
    std::shared_ptr<const crypto::Key> key;  // null: there is none
    bool erased = false;                     // it has been destroyed
    bool lost = false;                       // it was not restored from a backup
  };
  // Thread-safe. Errors: corruption.
  Result<DataKey> find(std::string_view stream) const;
  // Whether what is stored for the stream now is a key that opens, or the mark of erasure. Thread-safe.
  bool intact(std::string_view stream) const;
  // Whether a stored value opens. Thread-safe.
  bool opens(std::string_view stream, BytesView value) const;
  static bool is_wrapped(BytesView value);
  static bool is_erased(BytesView value);
  static bool is_lost(BytesView value);  // a backup was restored without the key-encryption key

  // A new data key, wrapped; it counts only when the caller has had it committed, and is remembered then.
  std::pair<std::shared_ptr<const crypto::Key>, storage::StreamKey> make(const std::string& stream) const;
  void remember(const std::string& stream, std::shared_ptr<const crypto::Key> key) const;

  static Bytes seal(const crypto::Key& key, std::string_view stream, Position position, BytesView content);
  // Nothing when the stream's key has been erased or is gone. Errors: corruption. Thread-safe.
  Result<std::optional<Bytes>> open(std::string_view stream, Position position, BytesView sealed) const;

  // Erasing, for the writer alone. First what the batch must hold beside the receipt (step 1); after its
  // commit `erased`; then `complete`, which does steps 3 to 5 and may be repeated when it fails.
  Result<std::vector<storage::StreamKey>> begin_erasing(const std::string& stream);
  void erased(const std::string& stream);
  bool completing() const;
  Result<void> complete(storage::Store& store);

  // For a ledger that is made from a backup: a folder of keys with that key (nothing: a new one), whose proof
  // the backup's keys must hold. Errors: invalid_argument when it is not the key of the backup.
  static Result<std::vector<storage::StreamKey>> install(const std::filesystem::path& keys_folder,
                                                         std::vector<storage::StreamKey> keys,
                                                         const std::optional<std::filesystem::path>& kek);

 private:
  using Kek = std::shared_ptr<const crypto::Key>;
  Vault(const storage::Store& store, Kek kek, Kek previous);
  Result<crypto::Key> unwrap(std::string_view stream, BytesView value) const;  // requires keks_mutex_
  Result<void> wrap_anew(storage::Store& store) const;

  const storage::Store& store_;
  // Held shared from reading a stored key to having opened it, so that no key is dropped in between.
  mutable std::shared_mutex keks_mutex_;
  Kek kek_;
  Kek previous_;  // in the middle of a change: some data keys are still under it
  Kek next_;      // before a change
  mutable std::mutex mutex_;
  mutable Recent<std::shared_ptr<const crypto::Key>> known_{32768};
};

}  // namespace stafett::ledger
