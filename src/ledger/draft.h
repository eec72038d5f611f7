#pragma once

#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "ledger/recent.h"
#include "ledger/vault.h"
#include "stafett/ledger/ledger.h"
#include "stafett/merkle/tree.h"
#include "stafett/storage/store.h"

namespace stafett::ledger {

using LastVersions = Recent<Version>;

// The personal content of a stream that is to be erased; with its receipt.
struct Erasure {
  std::string stream, reason;
};

// An append waiting for its turn, or an erasure.
struct Request {
  std::vector<event::NewEvent> events;
  std::string appended_by;
  std::function<void(AppendAnswer)> done;
  std::size_t bytes = 0;
  std::optional<Error> refused;  // turned away when it came; only to be told so
  std::optional<Erasure> erasure;
};

// Where the ledger stands between two batches.
struct Standing {
  merkle::Tree tree;
  Instant recorded_at = instant_min;  // of the last event
};

// The first stage of a batch: appends are checked one after the other against the ledger and against those
// before them in the draft, and turned into records. Nothing outside the draft changes; dropping it undoes
// everything.
class Draft {
 public:
  Draft(const storage::Store& store, const Vault& vault, LastVersions& last_versions, const Standing& before,
        Instant now);

  // Looks up the ids of all events at once. The requests must outlive the draft.
  Result<void> look_up(std::span<const Request> requests);

  struct Answer {
    AppendAnswer answer;
    std::optional<std::size_t> rests_on_batch;  // the first event whose place is in this draft
  };
  // All of the request's events or, with a refusal, none.
  Answer take(const Request& request);

  // Keys to be committed with the batch, in place of those there are.
  void put_keys(std::vector<storage::StreamKey> keys);

  // Hashes the records. Afterwards nothing more is taken.
  void finish();

  bool empty() const { return records_.empty(); }
  storage::Batch batch() const { return {records_, nodes_, keys_, after_.tree.root()}; }
  const Standing& after() const { return after_; }

  // After the commit: what is to be known of the new events.
  std::vector<storage::IndexEntry> take_entries() { return std::move(entries_); }
  void remember() const;

 private:
  template <class Key, class Value>
  using Map = std::unordered_map<Key, Value, crypto::OutsideHash>;
  struct Change {  // of a stream's last version, to be undone
    std::string stream;
    std::optional<Version> before;
    bool was_in_draft;
  };

  Result<Appended> place(const event::NewEvent& event, const std::string& appended_by, bool& in_draft);
  Result<Appended> again(const event::NewEvent& event, std::size_t index) const;
  Result<Appended> again(const event::NewEvent& event, Position stored) const;
  Result<Appended> append(const event::NewEvent& event, const std::string& appended_by);
  Result<Bytes> seal(const event::NewEvent& event, Position position);
  Result<std::optional<Version>> last_version(const std::string& stream);
  // Where a stream that is at `now` stood before the request being taken.
  std::optional<Version> before_request(const std::string& stream, std::optional<Version> now) const;
  void undo(std::size_t records, std::size_t keys, std::size_t changes);

  const storage::Store& store_;
  const Vault& vault_;
  LastVersions& last_versions_;
  const Standing& before_;
  const Instant now_;
  const Position first_;
  Standing after_;

  Map<event::EventId, Position> stored_;      // ids that the ledger has
  Map<event::EventId, std::size_t> drafted_;  // ids that the draft has: index
  Map<std::string, std::optional<Version>> versions_;
  Map<std::string, std::shared_ptr<const crypto::Key>> new_keys_;
  std::vector<Change> changes_;
  std::size_t request_changes_ = 0;  // those of the request being taken begin here

  std::vector<const event::NewEvent*> events_;
  std::vector<Bytes> records_;
  std::vector<storage::IndexEntry> entries_;
  std::vector<storage::StreamKey> keys_;
  std::vector<merkle::Hash> nodes_;
};

}  // namespace stafett::ledger
