@0xd1a4c0e1f2b30004;
# What is stored for one event: the bytes of a leaf of the ledger's Merkle tree. README.md has the layout byte by byte.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using Instant = import "forms.capnp".Instant;
using Event = import "event.capnp".Event;

struct Record {
  # One segment without a segment table. Once written, its bytes never change: nothing is re-serialised to be hashed.

  format @0 :UInt16;
  # 1. A reader that does not know the format reports damage and never guesses.
  position @1 :UInt64;
  # Place in the ledger, from 0, gap-free; the index of the leaf.
  streamVersion @2 :UInt64;
  # Place in the stream, from 0, gap-free.
  recordedAt @3 :Instant;
  # The ledger's clock; never decreases with the position.
  appendedBy @4 :Text;
  # Authenticated identity of the appender. Absent: none (a local tool).
  sealed @5 :Data;
  # The event's personal content, encrypted under the key of its stream. Absent: there was none.
  event @6 :Event;
  # As appended, without `personal`. Last, so that it is the tail of the record's bytes.
}
