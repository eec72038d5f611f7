#include "stafett/note_key.h"

#include "stafett/file.h"

namespace stafett::tools {

Result<crypto::NoteKey> note_key_from(const std::string& given) {
  auto key = crypto::NoteKey::parse(given);
  if (key) return key;
  auto read = read_file(given);
  if (!read && read.error().code == ErrorCode::not_found)
    return fail(ErrorCode::invalid_argument,
                "neither a verifier key nor a file: " + given + " (" + key.error().message + ")");
  STAFETT_TRY(auto text, std::move(read));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return crypto::NoteKey::parse(text);
}

}  // namespace stafett::tools
