// A bundle of anybody's, with its checksum put right so that what lies behind it is met: what is read is what
// would be written, and nothing of it is verified without a key.
#include <cstdlib>

#include "stafett/crypto/sha256.h"
#include "stafett/evidence/check.h"

using namespace stafett;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  constexpr std::size_t checksum_at = 16, checksum_size = 32;
  Bytes file(reinterpret_cast<const std::byte*>(data), reinterpret_cast<const std::byte*>(data) + size);
  if (file.size() >= checksum_at + checksum_size) {
    std::fill_n(file.begin() + checksum_at, checksum_size, std::byte{0});
    const auto digest = crypto::sha256(file);
    std::copy(digest.begin(), digest.end(), file.begin() + checksum_at);
  }
  const auto bundle = evidence::decode(file);
  if (!bundle) return 0;
  if (evidence::encode(bundle.value()) != file) std::abort();
  const evidence::Trust nobody{{"stafett/0", crypto::NoteAlgorithm::ed25519, {}}, {}, {}, {}};
  if (!std::holds_alternative<evidence::Flaw>(evidence::check(bundle.value(), nobody))) std::abort();
  return 0;
}
