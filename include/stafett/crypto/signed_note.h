#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stafett/core/result.h"
#include "stafett/crypto/ed25519.h"

// Signed notes: text with signature lines below it, as c2sp.org/signed-note has them, with Ed25519. The text
// is whatever the signer said; signatures of keys one does not know are passed over. Pure; no text of a note
// is to be believed before `verify` has found the signature of a key that one trusts.
namespace stafett::crypto {

// What a key signs with.
enum class NoteAlgorithm : std::uint8_t {
  ed25519 = 0x01,      // the note's text (c2sp.org/signed-note)
  cosignature = 0x04,  // that at some time this was the largest tree that a witness had seen of the log
                       // (cosignature/v1 of c2sp.org/tlog-cosignature)
};

// The public half of a key that signs notes, written `name+hash+base64`: the form that Go's sumdb/note and
// the witnesses of C2SP use. The name is UTF-8 without spaces, control characters or `+`.
struct NoteKey {
  std::string name;
  NoteAlgorithm algorithm = NoteAlgorithm::ed25519;
  PublicKey key{};

  // The first four bytes of SHA-256(name 0x0A algorithm key).
  std::uint32_t id() const;
  std::string to_text() const;
  // Errors: invalid_argument when it is not such a key, exactly as to_text writes it.
  static Result<NoteKey> parse(std::string_view text);
  bool operator==(const NoteKey&) const = default;
};

// One line: who signed, and what the key made of the text.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;
  bool operator==(const NoteSignature&) const = default;
};

struct SignedNote {
  std::string text;  // ends with a newline
  std::vector<NoteSignature> signatures;

  // At most this many bytes and signatures are read.
  static constexpr std::size_t size_max = 64u << 10;
  static constexpr std::size_t signatures_max = 16;

  std::string to_text() const;
  // A note has exactly one encoding: what is parsed is what to_text writes. No key may have two lines.
  // Errors: invalid_argument.
  static Result<SignedNote> parse(std::string_view note);
  bool operator==(const SignedNote&) const = default;
};

// A name that a key may have.
bool is_note_name(std::string_view name);

NoteSignature sign_note(std::string_view text, const std::string& name, const SigningKey& key);
// As a witness does; `time` in seconds since 1970.
NoteSignature cosign_note(std::string_view text, const std::string& name, const SigningKey& key,
                          std::uint64_t time);

enum class NoteVerdict : std::uint8_t { valid, not_signed, wrong_signature };
std::string_view to_string(NoteVerdict verdict);
// Whether the key has signed the note: `not_signed` when there is no line of that name and key id.
NoteVerdict verify(const SignedNote& note, const NoteKey& key);

// The time of a cosignature line, in seconds since 1970. Nothing when the line is none.
std::optional<std::uint64_t> cosigned_at(const NoteSignature& signature);

}  // namespace stafett::crypto
