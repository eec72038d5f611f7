#pragma once

#include <optional>

#include "stafett/client/connection.h"
#include "stafett/crypto/signed_note.h"
#include "stafett/merkle/checkpoint.h"

// Answers that are believed only when they prove themselves.
namespace stafett::client {

// What a client remembers of a ledger from one call to the next, in the form of a text: the key on the first
// line, then the note.
struct RememberedHead {
  crypto::NoteKey key;
  std::string note;

  std::string to_text() const;
  // Errors: invalid_argument when it is no such text, or the note is not signed by the key.
  static Result<RememberedHead> parse(std::string_view text);
};

// The present head, checked: signed by the key, of the ledger of that name, and a continuation of the
// remembered one, which the server proves (RFC 9162 2.1.4). The first time, with nothing remembered, the key
// is taken as the server says it. Errors: corruption when anything does not fit; then the server, or what was
// remembered, is not to be trusted.
Result<wire::HeadAnswer> verified_head(Connection& connection,
                                       const std::optional<RememberedHead>& remembered);

}  // namespace stafett::client
