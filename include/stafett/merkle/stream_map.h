#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "stafett/core/ids.h"
#include "stafett/merkle/hash.h"

// Where each stream ends, under one root: the accumulator that makes "nothing was left out of this stream"
// provable. The tree of events (tree.h) proves that an event is there; only an account of all streams can
// prove that no further one is.
//
// It is a binary prefix tree over the SHA-256 of the streams' names. With bit 0 the most significant one, the
// hash of the streams whose keys share the first d bits is
//
//   none of them         32 zero bytes
//   exactly one          SHA-256(0x02 || key || last version:u64 || its position:u64)     -- big-endian
//   several              SHA-256(0x03 || hash of those with bit d = 0 || hash of those with bit d = 1)
//
// and the root is that of all streams, d = 0. So a root stands for one set of streams and ends, a key has one
// place, and what stands there (its leaf, another's leaf, nothing) is proved by the hashes beside the way to
// it: about log2(streams) + 1 of them. The first bytes 0x02 and 0x03 keep these hashes apart from those of
// the tree of events. Pure; not thread-safe.
namespace stafett::merkle {

// The end of a stream: its last version, and where the ledger has that event.
struct StreamEnd {
  Version last;
  Position position;
  auto operator<=>(const StreamEnd&) const = default;
};

Hash stream_key(std::string_view stream);  // SHA-256 of the name

// What a map says about one key.
struct StreamProof {
  struct Other {
    Hash key{};
    StreamEnd end;
    bool operator==(const Other&) const = default;
  };
  std::optional<StreamEnd> end;  // absent: there is no such stream
  std::optional<Other> other;    // of an absent one: whose leaf stands where its own would; else nothing does
  std::vector<Hash> siblings;    // beside the way, from the root downwards
  bool operator==(const StreamProof&) const = default;
};

// Whether the map with that root says so of the key. Source of the proof: anybody.
bool verify_stream(const Hash& key, const StreamProof& proof, const Hash& root);

class StreamMap {
 public:
  // Inserts the stream or moves its end.
  void set(const Hash& key, StreamEnd end);
  std::size_t size() const { return leaves_.size(); }
  // Hashes what has changed since the last call, and no more.
  Hash root();
  StreamProof prove(const Hash& key);

 private:
  // What a branch points to: nothing, a leaf or a branch.
  struct Ref {
    std::uint32_t value = 0;
    bool empty() const { return value == 0; }
    bool is_leaf() const { return (value & 1) != 0; }
    std::size_t index() const { return (value >> 1) - 1; }
    static Ref to(std::size_t index, bool leaf);
  };
  struct Leaf {
    Hash key;
    StreamEnd end;
  };
  struct Branch {
    Hash hash{};
    Ref child[2];
    bool fresh = false;  // the hash is that of the children
  };

  Hash hash_of(Ref ref);
  Ref split(std::size_t depth, Ref old_leaf, Ref new_leaf);

  Ref root_;
  std::deque<Leaf> leaves_;
  std::deque<Branch> branches_;
};

}  // namespace stafett::merkle
