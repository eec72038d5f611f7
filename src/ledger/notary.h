#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <span>
#include <thread>

#include "stafett/crypto/signed_note.h"
#include "stafett/ledger/ledger.h"
#include "stafett/merkle/stream_map.h"
#include "stafett/storage/store.h"

namespace stafett::ledger {

// The ledger is named by its first event, so that a copy that was restored elsewhere has the same name.
std::string origin_of(BytesView first_record);

// Signs heads, and keeps their history in the store: one note a size, to which witnesses add lines.
//
// The key lies in keys/signing, outside the store, and is made once; its public half is noted in the store,
// so that a key that is lost or exchanged is noticed and never silently replaced.
//
// The map of where each stream ends is filled when it is first needed, from the index and the records above
// it, and is then brought up to the size that is signed: it is never in the writer's way. It takes about 120
// bytes a stream.
//
// Thread-safe.
class Notary {
 public:
  // `head` gives what is acknowledged; lines of `witnesses` alone are kept. Errors: corruption when the key
  // is missing, damaged or another than that of the store; invalid_argument when the witnesses are too many,
  // or one has the ledger's key.
  static Result<std::unique_ptr<Notary>> open(storage::Store& store, std::function<TreeHead()> head,
                                              std::vector<crypto::NoteKey> witnesses);
  ~Notary();
  Notary(const Notary&) = delete;
  Notary& operator=(const Notary&) = delete;

  // For a ledger that is made from a backup: its signing key. Errors: invalid_argument when it is another's.
  static Result<void> install(const std::filesystem::path& keys_folder, const std::filesystem::path& file,
                              const crypto::NoteKey& signer);

  // Signs now and then, in a thread of its own, when there are new events.
  void sign_every(std::chrono::milliseconds interval);
  // Ends that thread, with a last head when that takes no time. Nothing may be signed afterwards.
  void stop(bool with_last_head);

  Result<SignedTreeHead> sign();
  Result<ProvedStreams> prove(std::span<const std::string> streams);
  Result<std::vector<SignedTreeHead>> history(TreeSize from, std::size_t limit) const;
  Result<SignedTreeHead> cosign(std::string_view note);
  Result<crypto::NoteKey> key() const;
  Result<std::vector<std::string>> rules_streams();

 private:
  Notary(storage::Store& store, std::function<TreeHead()> head, std::vector<crypto::NoteKey> witnesses)
      : store_(store), head_(std::move(head)), witnesses_(std::move(witnesses)) {}
  Result<void> open_key();
  Result<void> check_witnesses() const;
  Result<void> check_line(const crypto::SignedNote& note, const crypto::NoteSignature& line) const;
  Result<void> follow(bool and_sign);
  Result<std::string> origin() const;
  Result<std::optional<SignedTreeHead>> stored(TreeSize size) const;
  // Those below require the mutex.
  Result<SignedTreeHead> sign(const TreeHead& head);
  Result<TreeHead> bring_up_map();
  Result<void> fill_map();
  Result<void> take(std::string_view stream, merkle::StreamEnd end);

  storage::Store& store_;
  const std::function<TreeHead()> head_;
  const std::vector<crypto::NoteKey> witnesses_;
  std::optional<crypto::SigningKey> signing_key_;  // none for a reader of a ledger that never had one
  mutable std::mutex origin_mutex_;
  mutable std::string origin_;

  std::mutex mutex_;
  merkle::StreamMap map_;
  bool filled_ = false;
  Position taken_;  // the map knows the events below
  std::set<std::string> rules_streams_;

  std::atomic<bool> stopping_ = false;
  std::mutex timer_mutex_;
  std::condition_variable timer_changed_;
  std::thread timer_;
};

}  // namespace stafett::ledger
