#include "stafett/client/verified.h"

#include "stafett/merkle/verify.h"

namespace stafett::client {
namespace {

auto not_to_be_trusted(const std::string& what) {
  return fail(ErrorCode::corruption, "the server's head is not to be trusted: " + what);
}

Result<merkle::Checkpoint> signed_by(const crypto::NoteKey& key, std::string_view text) {
  STAFETT_TRY(const auto note, crypto::SignedNote::parse(text));
  const auto verdict = crypto::verify(note, key);
  if (verdict != crypto::NoteVerdict::valid)
    return fail(ErrorCode::invalid_argument, std::string(to_string(verdict)));
  STAFETT_TRY(auto checkpoint, merkle::Checkpoint::parse(note.text));
  if (checkpoint.origin != key.name) return fail(ErrorCode::invalid_argument, "it is another ledger's");
  return checkpoint;
}

}  // namespace

std::string RememberedHead::to_text() const { return key.to_text() + "\n" + note; }

Result<RememberedHead> RememberedHead::parse(std::string_view text) {
  const auto end = text.find('\n');
  if (end == text.npos)
    return fail(ErrorCode::invalid_argument, "not a remembered head: a key and a signed note");
  STAFETT_TRY(auto key, crypto::NoteKey::parse(text.substr(0, end)));
  STAFETT_TRY(signed_by(key, text.substr(end + 1)));
  return RememberedHead{std::move(key), std::string(text.substr(end + 1))};
}

Result<wire::HeadAnswer> verified_head(Connection& connection,
                                       const std::optional<RememberedHead>& remembered) {
  STAFETT_TRY(auto answer, connection.head());
  auto key =
      remembered ? Result<crypto::NoteKey>(remembered->key) : crypto::NoteKey::parse(answer.public_key);
  if (!key) return not_to_be_trusted(key.error().message);
  auto head = signed_by(key.value(), answer.note);
  if (!head) return not_to_be_trusted(head.error().message);
  const auto& now = head.value();
  if (now.size != answer.size || now.root != answer.root || now.streams != answer.streams_root ||
      now.origin != answer.origin)
    return not_to_be_trusted("what is said beside the note is not what the note says");
  if (!remembered) return answer;
  STAFETT_TRY(const auto before, signed_by(remembered->key, remembered->note));
  if (before.size > now.size)
    return not_to_be_trusted("the ledger held " + std::to_string(before.size.value) + " events, and shows " +
                             std::to_string(now.size.value));
  STAFETT_TRY(const auto proof, connection.consistency({before.size, now.size}));
  const auto verdict = merkle::verify_consistency(before.size, now.size, proof.hashes, before.root, now.root);
  if (verdict != merkle::Verdict::valid)
    return not_to_be_trusted("it does not continue the remembered one of size " +
                             std::to_string(before.size.value) + ": " +
                             std::string(merkle::to_string(verdict)));
  if (before.size == now.size && before.streams != now.streams)
    return not_to_be_trusted("it says other ends of the streams than the remembered one of the same size");
  return answer;
}

}  // namespace stafett::client
