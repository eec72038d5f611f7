// A signed note, or a file with a head and a proof, as anybody may write it: what is read is what would be
// written.
#include <cstdlib>

#include "stafett/evidence/known_head.h"

using namespace stafett;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto note = crypto::SignedNote::parse(text)) {
    if (note.value().to_text() != text) std::abort();
    if (const auto head = merkle::Checkpoint::parse(note.value().text))
      if (head.value().to_text() != note.value().text) std::abort();
    (void)crypto::verify(note.value(), {"a", crypto::NoteAlgorithm::ed25519, {}});
  }
  if (const auto key = crypto::NoteKey::parse(text); key && key.value().to_text() != text) std::abort();
  (void)evidence::KnownHead::parse(text);
  return 0;
}
