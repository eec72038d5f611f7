#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stafett/core/ids.h"
#include "stafett/core/instant.h"
#include "stafett/core/result.h"
#include "stafett/crypto/signed_note.h"
#include "stafett/event/new_event.h"
#include "stafett/merkle/checkpoint.h"
#include "stafett/merkle/stream_map.h"

// The ledger: append, read, prove.
//
// One sequencer is the only writer. It takes what is queued, checks each append in order against the ledger
// and the appends before it, seals personal content, gives positions, versions and the ledger's time, extends
// the tree, writes one batch with one sync, and only then answers. Readers work beside it and see what has
// been acknowledged.
//
// What is promised: an acknowledged event is on disk and in the tree, for ever at its place. Positions and
// versions have no gaps; recorded_at never decreases. An append is wholly there or wholly absent, after any
// crash. A refused append has changed nothing (with one exception that no program can rule out: when the disk
// itself fails while syncing, io_error, what was refused may be found when the ledger is opened again;
// sending it again settles it).
namespace stafett::storage {
class Health;
struct TestHooks;
}  // namespace stafett::storage

namespace stafett::ledger {

struct Options {
  std::filesystem::path data;               // created with mode 0700 when missing
  const Clock* clock = nullptr;             // not owned; null: the machine's clock
  std::size_t queue_bytes_max = 64u << 20;  // events waiting for the sequencer; beyond: unavailable
  std::size_t batch_events_max = 4096;      // events in one synced batch
  // Appended at position 0 of a new ledger: for the server the adoption of the base rules (contract 7 no.
  // 12), which the layer that knows rule sets makes. Without it a new ledger begins empty.
  std::optional<event::NewEvent> first_event;
  bool read_only = false;  // changes nothing, works on a read-only medium; appends are refused (unavailable)
  // When there are new events, a head is signed as often as this, at the start, and on closing. Zero: only
  // when asked for.
  std::chrono::milliseconds heads_every{0};
  // Whose lines `cosign` takes: at most 15, none of them with the ledger's own key.
  std::vector<crypto::NoteKey> witnesses;
  bool rebuild_index = false;  // throws the derived index away and makes it again from the records
  const storage::TestHooks* hooks = nullptr;  // for tests alone
};

// Where an event stands: just appended, or earlier (a resent event, same id and same content).
struct Appended {
  Position position;
  Version version;
  Instant recorded_at;
  bool duplicate = false;
};

// Why an append was refused, and which of its events is to blame. Nothing of the append is in the ledger.
struct Refusal {
  std::size_t index = 0;
  Error error;  // version_conflict (with actual_version), id_conflict, not_found, invalid_argument,
                // unavailable, io_error, corruption
};

struct AppendAnswer {
  std::vector<Appended> places;  // one for each event, in order, when not refused
  std::optional<Refusal> refusal;
};

// Root hash and size of the RFC 9162 tree over all record bytes.
struct TreeHead {
  TreeSize size;
  merkle::Hash root{};
};

// A head as it is published: size, root and root of the streams, and the signed note that says so (crypto/
// signed_note.h), with the lines of witnesses that the ledger has been given.
struct SignedTreeHead {
  merkle::Checkpoint checkpoint;
  std::string note;
};

// Where streams end, against the head that says so.
struct ProvedStreams {
  SignedTreeHead head;
  std::vector<merkle::StreamProof> streams;  // in the order asked
};

struct Verification;
struct VerifyOptions;

struct StoredRecord {
  Position position;
  Bytes bytes;  // the leaf
};

// The ledger: one folder, one writer, many readers. Thread-safe.
class Ledger {
 public:
  // Opens or creates. Errors: unavailable when another process has it open, invalid_argument when the folder
  // holds foreign files (left untouched), corruption, io_error; with read_only not_found when there is no
  // ledger. With a full disk a ledger that holds events opens too: it can be read, appends are refused
  // (unavailable), and succeed again when there is room.
  static Result<std::unique_ptr<Ledger>> open(Options options);
  // Stops taking appends, finishes what is queued, closes the store.
  ~Ledger();
  // The same, and says whether everything was written down, so that a later loss will be found. When not, the
  // next opening recovers as after a crash. No other call may run or come later.
  Result<void> close();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  // Appends all events or none, in order. `done` is called exactly once, from the ledger's own thread, after
  // the batch that holds them is on disk (fsync) and its leaves are in the tree, or with the refusal. It must
  // not block. `appended_by` is the authenticated identity of the appender. An event whose id is in the
  // ledger with the same content is not appended again, whatever version it expects: its place is the old
  // one. No events: no places.
  void append(std::vector<event::NewEvent> events, std::string appended_by,
              std::function<void(AppendAnswer)> done);
  // The same, waiting. For tools and tests.
  AppendAnswer append(std::vector<event::NewEvent> events, std::string appended_by);

  // Destroys the data key of the stream, so that its personal content can be read nowhere any more, in no
  // file of the ledger and no backup; waits for it. Proofs, events and what they say otherwise stay as they
  // are. The answer's place is that of the receipt, the event PersonalDataErased. Refused: not_found when
  // there is no such stream or no personal content in it; forbidden when it has been erased, or is a stream
  // of rules; invalid_argument for a reason that is no code; unavailable or io_error, where the message says
  // whether the erasure stands and will be completed by itself.
  AppendAnswer erase(std::string stream, std::string reason, std::string appended_by);
  // Data keys by the names of their streams, from after that name on, as they are stored: wrapped under the
  // key-encryption key, or the mark that they have been destroyed. That of no name proves which key that is.
  struct WrappedKey {
    std::string stream;
    Bytes value;
  };
  Result<std::vector<WrappedKey>> wrapped_keys(std::optional<std::string_view> after,
                                               std::size_t limit) const;

  // The head of everything acknowledged so far. Positions below head().size may be read.
  TreeHead head() const;
  Position next_position() const;  // = head().size, without computing the root

  // Records from `from` on, in order, at most `limit` and about `bytes_max` bytes (at least one, if there is
  // one).
  Result<std::vector<StoredRecord>> read(Position from, std::size_t limit, std::size_t bytes_max) const;
  // Calls `each` for every record in [from, to), in order; stops early when it returns an error. For scans.
  Result<void> scan(Position from, Position to,
                    const std::function<Result<void>(Position, BytesView)>& each) const;
  // The records at these positions, in the order asked. Errors: not_found, corruption.
  Result<std::vector<StoredRecord>> read_at(const std::vector<Position>& positions) const;
  // Events of one stream from version `from` on, in order. A stream that does not exist: not_found.
  Result<std::vector<StoredRecord>> read_stream(std::string_view stream, Version from, std::size_t limit,
                                                std::size_t bytes_max) const;
  Result<std::optional<Version>> last_version(std::string_view stream) const;

  // Personal content of a stored record, unsealed for a reader who may see it. Neither content nor erased,
  // though the record holds some: its key was not restored from a backup.
  Result<event::PersonalView> unseal(BytesView record) const;

  // RFC 9162 proofs against the tree of `size` leaves. Errors: invalid_argument when out of range.
  Result<std::vector<merkle::Hash>> inclusion_proof(Position position, TreeSize size) const;
  // Of all these positions together: the hashes of merkle::shared_inclusion_ranges.
  Result<std::vector<merkle::Hash>> shared_inclusion_proof(std::span<const Position> positions,
                                                           TreeSize size) const;
  Result<std::vector<merkle::Hash>> consistency_proof(TreeSize older, TreeSize newer) const;
  Result<merkle::Hash> root_at(TreeSize size) const;

  // The present head, signed with the ledger's key (keys/signing) and kept: one note a size. Errors:
  // not_found while the ledger is empty; corruption. A full disk does not matter.
  Result<SignedTreeHead> signed_head();
  // Those kept of sizes from `from` on, in order.
  Result<std::vector<SignedTreeHead>> signed_heads(TreeSize from, std::size_t limit) const;
  // Keeps the further signature lines of a head that this ledger has signed, when each of them is kept
  // already or verifies with the key of one of Options::witnesses; gives the head with all lines. A witness's
  // second line adds nothing. Errors, and nothing is kept: invalid_argument when it is no such head or a
  // witness's signature is wrong, forbidden for the line of no such witness, not_found when the head is not
  // kept, id_conflict when another of that size is, too_large beyond 16 lines.
  Result<SignedTreeHead> cosign(std::string_view note);
  // The public half of the key; its name is the origin, which names the ledger by its first event.
  Result<crypto::NoteKey> note_key() const;
  // Signs the present head and proves where these streams end there, or that they do not exist.
  Result<ProvedStreams> prove_streams(std::span<const std::string> streams);
  // The streams that rule sets are adopted in.
  Result<std::vector<std::string>> rules_streams();

  // Derives everything anew from what is stored, while the ledger goes on (verify.h). Problems are part of
  // the answer. Errors: corruption when not even the head can be read; unavailable when it was told to end.
  Result<Verification> verify(const VerifyOptions& options) const;

  // How it fares (storage/health.h): damage that any read has met, after which appends are refused
  // (corruption) until it is opened anew; whether the disk is full.
  storage::Health& health() const;

  // Called with the next position after each acknowledged batch, from the ledger's thread; must not block.
  // Returns a handle; the call ends when the handle is destroyed.
  std::shared_ptr<void> on_advance(std::function<void(Position)> listener);

 private:
  struct State;
  explicit Ledger(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace stafett::ledger
