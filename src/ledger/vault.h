#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

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
class Vault {
 public:
  // Reads the key-encryption key, or makes it for a ledger without events. Errors: corruption when it is
  // missing or another than that of the store.
  static Result<std::unique_ptr<Vault>> open(const storage::Store& store, bool new_ledger);

  // What a ledger's first batch must hold, for a wrong key to be noticed later.
  storage::StreamKey proof_of_key() const;

  struct DataKey {
    std::shared_ptr<const crypto::Key> key;  // null: there is none
    bool erased = false;
  };
  // Thread-safe. Errors: corruption.
  Result<DataKey> find(std::string_view stream) const;
  // The key in a stored value. Thread-safe. Errors: corruption.
  Result<crypto::Key> unwrap(std::string_view stream, BytesView value) const;
  // Whether what is stored for the stream now is a key that opens, or the mark of erasure. Thread-safe.
  bool intact(std::string_view stream) const;
  static bool is_wrapped(BytesView value);
  static bool is_erased(BytesView value);
  // A new data key, wrapped; it counts only when the caller has had it committed, and is remembered then.
  std::pair<std::shared_ptr<const crypto::Key>, storage::StreamKey> make(const std::string& stream) const;
  void remember(const std::string& stream, std::shared_ptr<const crypto::Key> key) const;

  static Bytes seal(const crypto::Key& key, std::string_view stream, Position position, BytesView content);
  // Nothing when the stream's key has been erased or is gone. Errors: corruption. Thread-safe.
  Result<std::optional<Bytes>> open(std::string_view stream, Position position, BytesView sealed) const;

 private:
  Vault(const storage::Store& store, crypto::Key kek) : store_(store), kek_(std::move(kek)) {}

  const storage::Store& store_;
  const crypto::Key kek_;
  mutable std::mutex mutex_;
  mutable Recent<std::shared_ptr<const crypto::Key>> known_{32768};
};

}  // namespace stafett::ledger
