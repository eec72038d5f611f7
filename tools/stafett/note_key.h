#pragma once

#include <string>

#include "stafett/core/result.h"
#include "stafett/crypto/signed_note.h"

namespace stafett::tools {

// A verifier key as it is written (name+hash+base64), or the file that holds it. Errors: invalid_argument,
// io_error.
Result<crypto::NoteKey> note_key_from(const std::string& given);

}  // namespace stafett::tools
