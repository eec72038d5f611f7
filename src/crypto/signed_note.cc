#include "stafett/crypto/signed_note.h"

#include <algorithm>

#include "stafett/core/base64.h"
#include "stafett/core/utf8.h"
#include "stafett/crypto/sha256.h"

namespace stafett::crypto {
namespace {

constexpr std::string_view dash = "\xe2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t id_size = 4;
constexpr std::size_t time_size = 8;

auto malformed(const char* what) { return fail(ErrorCode::invalid_argument, what); }

// The characters that Unicode calls white space, in UTF-8; the ASCII ones among them are control characters
// or the blank.
bool holds_a_space(std::string_view name) {
  static constexpr std::string_view spaces[] = {" ",
                                                "\xc2\x85",
                                                "\xc2\xa0",
                                                "\xe1\x9a\x80",
                                                "\xe2\x80\x80",
                                                "\xe2\x80\x81",
                                                "\xe2\x80\x82",
                                                "\xe2\x80\x83",
                                                "\xe2\x80\x84",
                                                "\xe2\x80\x85",
                                                "\xe2\x80\x86",
                                                "\xe2\x80\x87",
                                                "\xe2\x80\x88",
                                                "\xe2\x80\x89",
                                                "\xe2\x80\x8a",
                                                "\xe2\x80\xa8",
                                                "\xe2\x80\xa9",
                                                "\xe2\x80\xaf",
                                                "\xe2\x81\x9f",
                                                "\xe3\x80\x80"};
  return std::ranges::any_of(spaces, [&](auto space) { return name.find(space) != name.npos; });
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

void put(Bytes& out, std::uint64_t number, std::size_t bytes) {
  for (std::size_t i = bytes; i-- > 0;) out.push_back(static_cast<std::byte>(number >> (8 * i)));
}
std::uint64_t number_of(BytesView bytes) {
  std::uint64_t number = 0;
  for (auto byte : bytes) number = number << 8 | std::to_integer<std::uint64_t>(byte);
  return number;
}

Bytes key_material(NoteAlgorithm algorithm, const PublicKey& key) {
  Bytes out{static_cast<std::byte>(algorithm)};
  out.insert(out.end(), key.begin(), key.end());
  return out;
}

std::string id_text(std::uint32_t id) {
  Bytes bytes;
  put(bytes, id, id_size);
  return to_hex(bytes);
}

// What a witness signs (c2sp.org/tlog-cosignature).
std::string cosigned_message(std::string_view text, std::uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

Result<NoteSignature> parse_line(std::string_view line) {
  if (!line.starts_with(dash)) return malformed("a signature line does not begin with a dash and a space");
  line.remove_prefix(dash.size());
  const auto space = line.find(' ');
  if (space == line.npos || !is_note_name(line.substr(0, space)))
    return malformed("a signature line names no key");
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= id_size) return malformed("a signature line holds no signature");
  NoteSignature out{std::string(line.substr(0, space)), 0, {}};
  out.key_id = static_cast<std::uint32_t>(number_of(BytesView(*bytes).first(id_size)));
  out.signature.assign(bytes->begin() + id_size, bytes->end());
  return out;
}

}  // namespace

bool is_note_name(std::string_view name) {
  return !name.empty() && is_utf8(name) && name.find('+') == name.npos && !holds_a_space(name) &&
         std::ranges::none_of(name, is_control);
}

std::uint32_t NoteKey::id() const {
  const auto material = key_material(algorithm, key);
  const auto digest = sha256(as_bytes(name), as_bytes("\n"), material);
  return static_cast<std::uint32_t>(number_of(BytesView(digest).first(id_size)));
}

std::string NoteKey::to_text() const {
  return name + "+" + id_text(id()) + "+" + to_base64(key_material(algorithm, key));
}

Result<NoteKey> NoteKey::parse(std::string_view text) {
  const auto no_key = [] {
    return malformed("not a note verifier key of the form name+hash+base64 with an Ed25519 key");
  };
  // base64 has pluses too: the first two divide.
  const auto first = text.find('+');
  const auto second = first == text.npos ? text.npos : text.find('+', first + 1);
  if (second == text.npos || !is_note_name(text.substr(0, first))) return no_key();
  const auto material = from_base64(text.substr(second + 1));
  NoteKey out;
  if (!material || material->size() != 1 + out.key.size()) return no_key();
  out.name = text.substr(0, first);
  out.algorithm = static_cast<NoteAlgorithm>(material->front());
  if (out.algorithm != NoteAlgorithm::ed25519 && out.algorithm != NoteAlgorithm::cosignature) return no_key();
  std::copy(material->begin() + 1, material->end(), out.key.begin());
  if (text.substr(first + 1, second - first - 1) != id_text(out.id()))
    return malformed("the note verifier key is damaged: its hash is another's");
  return out;
}

std::string SignedNote::to_text() const {
  std::string out = text + "\n";
  for (const auto& line : signatures) {
    Bytes bytes;
    put(bytes, line.key_id, id_size);
    bytes.insert(bytes.end(), line.signature.begin(), line.signature.end());
    out.append(dash).append(line.name).append(" ").append(to_base64(bytes)).append("\n");
  }
  return out;
}

Result<SignedNote> SignedNote::parse(std::string_view note) {
  if (note.size() > size_max) return malformed("a signed note has at most 64 KiB");
  if (!is_utf8(note) || std::ranges::any_of(note, [](char c) { return is_control(c) && c != '\n'; }))
    return malformed("a signed note is UTF-8 text without control characters");
  // The last empty line divides the text from the signatures.
  const auto end = note.rfind("\n\n");
  if (end == note.npos || !note.ends_with('\n')) return malformed("not a signed note: it has no signatures");
  SignedNote out;
  out.text = note.substr(0, end + 1);
  for (auto rest = note.substr(end + 2); !rest.empty();) {
    if (out.signatures.size() == signatures_max) return malformed("a signed note has at most 16 signatures");
    const auto length = rest.find('\n');
    STAFETT_TRY(auto line, parse_line(rest.substr(0, length)));
    for (const auto& other : out.signatures)
      if (other.name == line.name && other.key_id == line.key_id)
        return malformed("a signed note has two signatures of one key");
    out.signatures.push_back(std::move(line));
    rest.remove_prefix(length + 1);
  }
  if (out.signatures.empty()) return malformed("not a signed note: it has no signatures");
  return out;
}

NoteSignature sign_note(std::string_view text, const std::string& name, const SigningKey& key) {
  const auto signature = key.sign(as_bytes(text));
  return {name,
          NoteKey{name, NoteAlgorithm::ed25519, key.public_key()}.id(),
          {signature.begin(), signature.end()}};
}

NoteSignature cosign_note(std::string_view text, const std::string& name, const SigningKey& key,
                          std::uint64_t time) {
  NoteSignature out{name, NoteKey{name, NoteAlgorithm::cosignature, key.public_key()}.id(), {}};
  put(out.signature, time, time_size);
  const auto signature = key.sign(as_bytes(cosigned_message(text, time)));
  out.signature.insert(out.signature.end(), signature.begin(), signature.end());
  return out;
}

std::string_view to_string(NoteVerdict verdict) {
  switch (verdict) {
    case NoteVerdict::valid:
      return "valid";
    case NoteVerdict::not_signed:
      return "not signed by the key";
    case NoteVerdict::wrong_signature:
      return "wrong signature";
  }
  return "unknown";
}

NoteVerdict verify(const SignedNote& note, const NoteKey& key) {
  const auto id = key.id();
  const auto line = std::ranges::find_if(
      note.signatures, [&](const NoteSignature& s) { return s.name == key.name && s.key_id == id; });
  if (line == note.signatures.end()) return NoteVerdict::not_signed;
  std::string message = note.text;
  BytesView bytes = line->signature;
  if (key.algorithm == NoteAlgorithm::cosignature) {
    const auto time = cosigned_at(*line);
    if (!time) return NoteVerdict::wrong_signature;
    message = cosigned_message(note.text, *time);
    bytes = bytes.subspan(time_size);
  }
  Signature signature;
  if (bytes.size() != signature.size()) return NoteVerdict::wrong_signature;
  std::ranges::copy(bytes, signature.begin());
  return verify(key.key, as_bytes(message), signature) ? NoteVerdict::valid : NoteVerdict::wrong_signature;
}

std::optional<std::uint64_t> cosigned_at(const NoteSignature& signature) {
  if (signature.signature.size() != time_size + std::tuple_size_v<Signature>) return std::nullopt;
  const auto time = number_of(BytesView(signature.signature).first(time_size));
  if (time >> 63 != 0) return std::nullopt;  // no time of a cosignature is that late
  return time;
}

}  // namespace stafett::crypto
