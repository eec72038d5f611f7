#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stafett/core/ids.h"
#include "stafett/core/result.h"
#include "stafett/merkle/hash.h"
#include "stafett/merkle/node.h"
#include "stafett/storage/health.h"
#include "stafett/storage/index.h"

// The store: the one place that knows how the ledger lies on disk. Above it there are only two doors, commit
// a batch and read from a position; the index is derived from what came through them.
//
// Layout, keys and values are in schema/README.md. What is acknowledged is synced. Every block read is
// checked against its checksum; what is found damaged or missing is `corruption`, is never repaired and never
// passed over in silence.
namespace stafett::storage {

struct TestHooks;
class Inspection;

struct StoreOptions {
  std::filesystem::path folder;
  bool read_only =
      false;  // changes nothing, works on a read-only medium; beside other readers, but no writer
  bool rebuild_index = false;  // throws the derived index away; the owner fills it again from the records
  std::size_t index_generation_events =
      65536;  // entries in the tail before they are written; it holds two such lots
  std::size_t cache_bytes = 64u << 20;
  std::shared_ptr<Health> health = nullptr;  // of this opening; null: one of its own
  const TestHooks* hooks = nullptr;
};

// What has been committed: the size of the tree, its root.
struct Head {
  TreeSize size;
  merkle::Hash root{};
};

// The data key of a stream, wrapped; or the mark that it has been destroyed.
struct StreamKey {
  std::string stream;
  Bytes value;
};

// Everything that becomes durable together.
struct Batch {
  std::span<const Bytes> records;       // of the positions from the head's size on
  std::span<const merkle::Hash> nodes;  // the nodes they complete, in the order of merkle/node.h
  std::span<const StreamKey> keys;      // new, or in place of the ones there are
  merkle::Hash root{};                  // of the tree with them
};

class Store {
 public:
  // Errors: unavailable when another process has it open; invalid_argument when the folder holds foreign
  // files (left untouched) or an unknown format; corruption when anything that was acknowledged is not there;
  // not_found when reading only and there is no ledger; io_error. A disk without the room that opening for
  // writing takes does not keep a store that holds anything from opening: it can be read, commits are refused
  // (unavailable), and one of them succeeds as soon as there is room.
  static Result<std::unique_ptr<Store>> open(const StoreOptions& options);
  // Closes, if that has not been done.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Writes everything down and notes what the folder looks like, so that what is lost later is found. Without
  // it, or when it fails, the next opening recovers as after a crash. Nothing else may be called afterwards.
  Result<void> close();

  // One batch, one sync; all of it or nothing. For one thread, the writer. Errors: unavailable when the disk
  // is full: nothing has happened, and later commits succeed as soon as there is room. io_error, corruption
  // (also when any read has met that): the store can only be read until it is opened again; a batch whose
  // sync failed may then turn out to be there, as after a crash.
  Result<void> commit(const Batch& batch);

  Head head() const;
  bool read_only() const;
  Health& health() const;
  // Where the keys that protect data keys live, outside the database.
  std::filesystem::path keys_folder() const;

  // All reads are thread-safe, go on while the disk is full, and require positions and nodes below the head.
  using Record = std::pair<Position, Bytes>;
  // Records of [from, to), at most `limit` and about `bytes_max` bytes, but at least one if there is one.
  Result<std::vector<Record>> read(Position from, Position to, std::size_t limit,
                                   std::size_t bytes_max) const;
  // The records at these positions, in the order asked.
  Result<std::vector<Record>> read_at(std::span<const Position> positions) const;
  // Every record of [from, to) in order, read ahead and past the cache; ends early with the error of `each`.
  Result<void> scan(Position from, Position to,
                    const std::function<Result<void>(Position, BytesView)>& each) const;
  // The hashes of complete nodes, in the order asked; one look-up each.
  Result<std::vector<merkle::Hash>> nodes(std::span<const merkle::NodeId> ids) const;
  Result<std::optional<Bytes>> key(std::string_view stream) const;
  // Stored keys by name, from after that name on (nothing: from the first), at most `limit`.
  Result<std::vector<StreamKey>> keys(std::optional<std::string_view> after, std::size_t limit) const;
  // Puts keys in place of those there are, between two batches and synced. Errors: as `commit`.
  Result<void> put_keys(std::span<const StreamKey> keys);
  // Writes keys that have been replaced out of the tables and the write-ahead log. Errors: as `commit`.
  Result<void> compact_keys();

  // The history of signed heads: one note a size. Writing takes a place between two batches, and is synced;
  // errors as `commit`. `notes` gives those of sizes from `from` on, in order, at most `limit`.
  Result<void> put_note(TreeSize size, std::string_view note);
  Result<std::optional<std::string>> note(TreeSize size) const;
  Result<std::vector<std::pair<TreeSize, std::string>>> notes(TreeSize from, std::size_t limit) const;
  // The public half of the key that signs them, so that another is noticed. Nothing before it is put.
  Result<void> put_signing_key(BytesView public_key);
  Result<std::optional<Bytes>> signing_key() const;

  Index& index();
  const Index& index() const;

  // What is stored at this moment, to be checked (inspection.h). Errors: corruption.
  Result<std::unique_ptr<Inspection>> inspect() const;

 private:
  struct State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace stafett::storage
