#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "stafett/core/result.h"
#include "stafett/crypto/signed_note.h"
#include "stafett/merkle/checkpoint.h"

namespace stafett::evidence {

// A head that an auditor has from somewhere else: a file as `stafett head` writes it, or, with a proof that
// it continues an older tree, as `stafett head --since` does. The latter is what c2sp.org/tlog-witness gives
// to a witness:
//
//   old <size>
//   <base64 of a hash>, any number of lines, in the order of RFC 9162 2.1.4.1
//   <empty line>
//   <signed note>
struct KnownHead {
  struct Continues {
    TreeSize size;
    std::vector<merkle::Hash> proof;
  };
  std::optional<Continues> continues;
  crypto::SignedNote note;
  merkle::Checkpoint checkpoint;  // what the note says, which nobody has verified yet

  // Errors: invalid_argument.
  static Result<KnownHead> parse(std::string_view text);
};

}  // namespace stafett::evidence
