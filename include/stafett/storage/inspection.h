#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stafett/storage/store.h"

namespace stafett::storage {

// A store's contents at one moment, as they lie there and without any trust in them: for those who check it.
// It stays the same while commits go on, and keeps the store's files from going away as long as it lives.
// What cannot be read is told and passed over. Must not outlive the store. Each call may run on a thread of
// its own.
class Inspection {
 public:
  ~Inspection();
  Inspection(const Inspection&) = delete;
  Inspection& operator=(const Inspection&) = delete;

  Head head() const;
  // Everything below is in the stored index; what lies above is only in memory.
  Position indexed() const;

  // What is told of something that cannot be read, or that should not be there: `what` names the file where
  // the database knows it.
  using Trouble = std::function<void(std::string what)>;

  // The records of [from, to), in order. `gap` is told of positions [first, last] without a readable record.
  // Ends early when `each` says false.
  void records(Position from, Position to, const std::function<bool(Position, BytesView)>& each,
               const std::function<void(Position first, Position last, std::string what)>& gap) const;

  // The stored tree nodes, value by value: the hashes of the leaves from `first` on and of the nodes they
  // complete.
  struct NodeValue {
    Position first;
    std::vector<merkle::Hash> hashes;
  };
  class NodeReader {
   public:
    ~NodeReader();
    NodeReader(NodeReader&&) noexcept;
    NodeReader& operator=(NodeReader&&) = delete;
    // The next value; nothing after the last.
    std::optional<NodeValue> next();

   private:
    friend class Inspection;
    struct State;
    explicit NodeReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
  };
  NodeReader nodes(Trouble trouble) const;

  // Every entry of the index: ids first, then streams with their versions ascending.
  // Ends early when they say false.
  struct IndexReader {
    std::function<bool(const IdBytes&, Position)> id;
    std::function<bool(std::string_view stream, Version, Position)> version;
  };
  void index(const IndexReader& reader, const Trouble& trouble) const;
  // What the stored index says of an event; nothing where it says nothing. Errors: corruption.
  struct Found {
    std::optional<Position> by_id, by_version;
  };
  Result<Found> find(const IdBytes& id, std::string_view stream, Version version) const;
  Result<std::optional<Bytes>> record(Position position) const;

  // Every stream's key, by name. The key of the empty name is the proof of the key-encryption key.
  void keys(const std::function<bool(std::string_view stream, BytesView value)>& each,
            const Trouble& trouble) const;

  // For Store.
  struct State;
  explicit Inspection(std::unique_ptr<State> state);

 private:
  std::unique_ptr<State> state_;
};

// What is wrong with each damaged table file of a ledger's folder, when that cannot be opened: the database
// then names the file in which it met the name of the damaged one.
std::vector<std::string> damaged_tables(const std::filesystem::path& folder);

}  // namespace stafett::storage
