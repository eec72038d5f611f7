@0xd1a4c0e1f2b30020;
# One case with everything that proves it, as a file: what an auditor checks on a laptop with no network, years later.
# `stafett check` does it; README.md says how to do it by other means.
#
# The file is one Cap'n Proto message in the standard stream framing, of one segment, in canonical form. So it has
# exactly one encoding: a reader writes what it has read anew and compares.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("stafett::schema");
using F = import "forms.capnp";

struct Bundle {
  checksum0 @0 :UInt64;
  checksum1 @1 :UInt64;
  checksum2 @2 :UInt64;
  checksum3 @3 :UInt64;
  # SHA-256 of the file with these 32 bytes zero; its bytes in order. They stand at offset 16 of the file. It finds
  # damage; it proves nothing.

  format @4 :UInt16;
  # 1.
  household @5 :Bool;
  # Holds not only the case's stream, but every person, household and case that its events, and theirs, name.
  caseId @6 :Text;
  # Without "case/".
  note @7 :Text;
  # The signed head that everything else is proved against, with the signatures of witnesses that there were. Those of
  # keys that a reader does not know say nothing to it.
  records @8 :List(Data);
  # The stored bytes of events, in the order of their positions, which stand in them: the leaves. Of each stream that
  # `streams` says to exist all of them, and of no other.
  hashes @9 :Data;
  # For the inclusion of these leaves in the tree: 32 bytes for each range of leaves that a proof of one of them needs
  # (RFC 9162 2.1.3.1), each once, ordered by the range's first leaf and then its last.
  streams @10 :List(Stream);
  # Ordered by name (bytes). The case's, those of rules, and with `household` the others.
  olderSize @11 :UInt64 = 0xffffffffffffffff;
  # Of an older head, whose tree this one continues; none: not asked for.
  olderRoot @12 :Data;
  # 32 bytes.
  consistency @13 :Data;
  # The proof of it (RFC 9162 2.1.4.1), 32 bytes a hash.
  schema @14 :List(SchemaFile);
  # What it takes to read the records, and this file, without Stafett; ordered by name. The head does not cover it: it
  # is proved by being that of the release that made the bundle, byte for byte (README.md, "Bundles").

  struct Stream {
    # What the map of streams says of one of them.
    name @0 :Text;
    last @1 :UInt64 = 0xffffffffffffffff;
    # Its last version. none: there is no such stream, and nothing stands at its place in the map.
    position @2 :UInt64 = 0xffffffffffffffff;
    # Of the event with that version.
    otherKey @3 :Data;
    # 32 bytes: there is no such stream, and the leaf of this other key stands at its place; `last` and `position` are
    # the other's.
    siblings @4 :Data;
    # The hashes beside the way to its place, from the root downwards, 32 bytes each.
  }

  struct SchemaFile {
    name @0 :Text;  # relative to the folder of the schema
    text @1 :Text;
  }
}
