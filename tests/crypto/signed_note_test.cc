#include "stafett/crypto/signed_note.h"

#include <catch2/catch.hpp>

using namespace stafett;
using namespace stafett::crypto;

namespace {

// Made with another implementation of Ed25519, from the seeds 00 01 … 1f (the log) and 20 21 … 3f (the
// witness).
constexpr const char* log_key =
    "stafett.example/ledger+2f5da172+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
constexpr const char* witness_key =
    "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";
constexpr const char* text =
    "stafett.example/ledger\n17\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n"
    "streams 1aCLaJPs0aqLKisA9X1hktm0vLjpk45eEGZT0+xyD10=\n";
constexpr const char* log_line =
    "— stafett.example/ledger "
    "L12hcrQJ+DsWdZqA9RzZppReF4wjr0uenZ3x4lJPA5Cuk6nNp83KdmNXdHjyR2e6CrYwmOSQ3b6lYVaoZy4T4z8J"
    "XQ0=\n";
constexpr const char* witness_line =
    "— witness.example/w1 "
    "IDJKvgAAAABkGFDLN3b0Fr0UZP51vaaD5hhRWH2x4Mmswc1Mf8WOGzw/+ZkRqAGGuJfxaTLXhtS58tRWHFvP51AV75zx"
    "n/hlJtyWAg==\n";

SigningKey key_from(unsigned char first) {
  Bytes seed;
  for (unsigned char i = 0; i < 32; ++i) seed.push_back(static_cast<std::byte>(first + i));
  return SigningKey(Key(seed));
}

std::string note() { return std::string(text) + "\n" + log_line + witness_line; }
NoteKey parsed_key(const char* key) { return NoteKey::parse(key).value(); }

}  // namespace

TEST_CASE("a note signed and cosigned by other programs is verified", "[crypto]") {
  const auto parsed = SignedNote::parse(note());
  REQUIRE(parsed.has_value());
  CHECK(parsed.value().text == text);
  CHECK(verify(parsed.value(), parsed_key(log_key)) == NoteVerdict::valid);
  CHECK(verify(parsed.value(), parsed_key(witness_key)) == NoteVerdict::valid);
  CHECK(cosigned_at(parsed.value().signatures[1]) == 1679315147);
}

TEST_CASE("signing gives the lines that other programs give", "[crypto]") {
  const auto log = key_from(0), witness = key_from(32);
  const SignedNote ours{text,
                        {sign_note(text, "stafett.example/ledger", log),
                         cosign_note(text, "witness.example/w1", witness, 1679315147)}};
  CHECK(ours.to_text() == note());
  CHECK(NoteKey{"stafett.example/ledger", NoteAlgorithm::ed25519, log.public_key()}.to_text() == log_key);
  CHECK(NoteKey{"witness.example/w1", NoteAlgorithm::cosignature, witness.public_key()}.to_text() ==
        witness_key);
}

TEST_CASE("the key of a public log has the hash that it is known by", "[crypto]") {
  const auto key = NoteKey::parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
  REQUIRE(key.has_value());
  CHECK(key.value().id() == 0x033de0ae);
}

TEST_CASE("a verifier key with one character changed is refused", "[crypto]") {
  const std::string key = log_key;
  for (std::size_t i = 0; i < key.size(); ++i)
    for (const char c : {'A', 'b', '0', '+', '/', ' ', '\n'}) {
      auto changed = key;
      changed[i] = c;
      if (changed != key) CHECK_FALSE(NoteKey::parse(changed).has_value());
    }
  for (std::size_t i = 0; i < key.size(); ++i) CHECK_FALSE(NoteKey::parse(key.substr(0, i)).has_value());
  CHECK_FALSE(NoteKey::parse(key + "\n").has_value());
}

TEST_CASE("a note with one byte changed, missing or added never verifies as the same note", "[crypto]") {
  const auto whole = note();
  const auto log = parsed_key(log_key), witness = parsed_key(witness_key);
  auto still_good = [&](const std::string& changed) {
    const auto parsed = SignedNote::parse(changed);
    return parsed && verify(parsed.value(), log) == NoteVerdict::valid &&
           verify(parsed.value(), witness) == NoteVerdict::valid;
  };
  REQUIRE(still_good(whole));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      auto changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      CHECK_FALSE(still_good(changed));
    }
    auto missing = whole, twice = whole;
    missing.erase(i, 1);
    twice.insert(i, 1, whole[i]);
    CHECK_FALSE(still_good(missing));
    CHECK_FALSE(still_good(twice));
    CHECK_FALSE(still_good(whole.substr(0, i)));
  }
}

TEST_CASE("what is parsed as a note is what would be written", "[crypto]") {
  const auto whole = note();
  const std::string ours = std::string(text) + "\n" + log_line;
  for (const auto& good : {whole, ours, "two\n\nparagraphs\n\n" + std::string(witness_line)})
    CHECK(SignedNote::parse(good).value().to_text() == good);
  const std::vector<std::string> bad_ones{text,
                                          std::string(text) + "\n",
                                          std::string(text) + log_line,
                                          whole + "\n",
                                          whole + "x\n",
                                          ours + log_line,
                                          "a\r\n\n" + std::string(log_line),
                                          "a\n\n— a\xc2\xa0"
                                          "b AAAAAAA=\n",
                                          "a\n\n— a+b AAAAAAA=\n",
                                          "a\n\n— a AAAAAA==\n",
                                          "a\n\n—  AAAAAAA=\n",
                                          "\xff\n\n" + std::string(log_line)};
  for (const auto& bad : bad_ones) CHECK_FALSE(SignedNote::parse(bad).has_value());
}

TEST_CASE("signatures of unknown keys are passed over, and there are at most 16", "[crypto]") {
  const auto log = parsed_key(log_key);
  SignedNote full{text, {}};
  for (int i = 0; i < 15; ++i) full.signatures.push_back({"unknown" + std::to_string(i), 7, Bytes(20)});
  full.signatures.push_back(sign_note(text, log.name, key_from(0)));
  auto read = SignedNote::parse(full.to_text());
  REQUIRE(read.has_value());
  CHECK(verify(read.value(), log) == NoteVerdict::valid);
  // The same name with another key id, and the same id with another name, are other keys.
  full.signatures = {{log.name, log.id() + 1, Bytes(64)}, {"other", log.id(), Bytes(64)}};
  CHECK(verify(full, log) == NoteVerdict::not_signed);
  full.signatures = {{log.name, log.id(), Bytes(63)}};
  CHECK(verify(full, log) == NoteVerdict::wrong_signature);
  full.signatures.assign(17, {});
  for (std::size_t i = 0; i < 17; ++i) full.signatures[i] = {"n" + std::to_string(i), 1, Bytes(1)};
  CHECK_FALSE(SignedNote::parse(full.to_text()).has_value());
}

TEST_CASE("a log's signature is no cosignature, nor the other way round", "[crypto]") {
  const auto key = key_from(0);
  const NoteKey log{"n", NoteAlgorithm::ed25519, key.public_key()},
      witness{"n", NoteAlgorithm::cosignature, key.public_key()};
  auto line = sign_note(text, "n", key);
  CHECK(verify({text, {line}}, witness) == NoteVerdict::not_signed);
  line.key_id = witness.id();
  CHECK(verify({text, {line}}, witness) == NoteVerdict::wrong_signature);
  auto cosigned = cosign_note(text, "n", key, 1);
  cosigned.key_id = log.id();
  CHECK(verify({text, {cosigned}}, log) == NoteVerdict::wrong_signature);
}
