#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "stafett/event/recorded_event.h"
#include "stafett/evidence/bundle.h"
#include "stafett/evidence/known_head.h"

// What a bundle proves, to somebody who trusts a key and nobody else.
//
// With the key of the ledger it is shown, in this order: that the ledger has signed this head (signature),
// and those witnesses that are asked for too (witness); that the head and the one already known are of one
// ledger that only grew (consistency); that the ledger is the one that its name says (origin); that each
// record is a leaf of its tree, at its position (inclusion); that of each stream all events are there, and
// that it had no more, or that it does not exist (completeness); that they follow each other without a gap
// (sequence); that the rules are there (rules); that the case, or with a household all that its events name,
// is there (scope); and that the schema carried, which no head covers, is this release's or the one that is
// vouched for (schema).
namespace stafett::evidence {

struct Trust {
  crypto::NoteKey key;
  std::vector<crypto::NoteKey>
      witnesses;  // each has to have signed the head, with a key that is not the ledger's
  std::optional<KnownHead> known;
  std::optional<crypto::Digest> schema;  // schema_digest of the release that made it; none: this release
};

// The first check that fails.
struct Flaw {
  std::string check;    // its name, as above; or "format"
  std::string message;  // what is wrong, and where
  std::optional<Position> position;
  std::optional<std::string> stream;
};

struct VerifiedRecord {
  Bytes bytes;
  event::RecordedEvent event;
};

struct Verified {
  merkle::Checkpoint head;
  std::vector<VerifiedRecord> records;  // in ledger order
  std::vector<std::string> complete;    // streams that are there, whole
  std::vector<std::string> absent;      // streams that do not exist
};

using Outcome = std::variant<Verified, Flaw>;

Outcome check(const Bundle& bundle, const Trust& trust);

}  // namespace stafett::evidence
