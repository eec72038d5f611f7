#include <catch2/catch.hpp>

#include "evidence/small_ledger.h"

// What a bundle's maker could try who writes a well-formed file: each lie is found, by the check that is for
// it.

using namespace stafett;
using namespace stafett::evidence;
using namespace stafett::support;

namespace {

KnownHead known(const SmallLedger& ledger, const merkle::Checkpoint& head,
                std::optional<KnownHead::Continues> continues = {}) {
  return {std::move(continues), crypto::SignedNote::parse(ledger.signed_note(head)).value(), head};
}

// A head that the same key signed when the ledger was that large.
merkle::Checkpoint head_at(const SmallLedger& ledger, std::uint64_t size) {
  auto head = ledger.checkpoint();
  head.size = TreeSize(size);
  head.root = ledger.roots[size];
  return head;
}

merkle::Hash flipped(merkle::Hash hash) {
  hash[7] ^= std::byte{16};
  return hash;
}

}  // namespace

TEST_CASE("what is true of a case is verified, with the streams that do not exist", "[evidence]") {
  for (std::uint64_t cases : {1, 2, 3, 7}) {
    const SmallLedger ledger(cases, 5);
    const auto outcome = check(ledger.bundle_of("c0", {"case/none", "person/p-1"}), ledger.trust());
    const auto* verified = std::get_if<Verified>(&outcome);
    REQUIRE(verified != nullptr);
    CHECK(verified->records.size() == 6);
    CHECK(verified->complete == std::vector<std::string>{"case/c0", "rules/base"});
    CHECK(verified->absent == std::vector<std::string>{"case/none", "person/p-1"});
    CHECK(verified->head == ledger.checkpoint());
  }
}

TEST_CASE("a head that the key has not signed is refused", "[evidence]") {
  const SmallLedger ledger(2, 4), other(2, 4);
  const auto good = ledger.bundle_of("c1", {});
  REQUIRE(flaw_of(good, ledger.trust()).empty());
  CHECK(flaw_of(good, other.trust()) == "signature");
  auto renamed = ledger.trust();
  renamed.key.key = other.key.public_key();
  CHECK(flaw_of(good, renamed) == "signature");
  auto bundle = good;
  bundle.note = other.bundle_of("c1", {}).note;
  CHECK(flaw_of(bundle, ledger.trust()) == "signature");
  bundle.note = ledger.checkpoint().to_text();
  CHECK(flaw_of(bundle, ledger.trust()) == "signature");
}

TEST_CASE("a witness that is asked for has to have signed", "[evidence]") {
  const SmallLedger ledger(2, 4);
  const crypto::SigningKey witness{crypto::Key::random()}, stranger{crypto::Key::random()};
  const crypto::NoteKey key{"w.example/1", crypto::NoteAlgorithm::cosignature, witness.public_key()};
  auto bundle = ledger.bundle_of("c1", {});
  auto trust = ledger.trust();
  trust.witnesses = {key};
  CHECK(flaw_of(bundle, trust) == "witness");
  auto note = crypto::SignedNote::parse(bundle.note).value();
  note.signatures.push_back(crypto::cosign_note(note.text, "w.example/1", witness, 1'700'000'000));
  bundle.note = note.to_text();
  CHECK(flaw_of(bundle, trust).empty());
  trust.witnesses.push_back({"w.example/2", crypto::NoteAlgorithm::cosignature, stranger.public_key()});
  CHECK(flaw_of(bundle, trust) == "witness");
}

TEST_CASE("the ledger's own key is no witness, whatever it is called", "[evidence]") {
  const SmallLedger ledger(2, 4);
  auto bundle = ledger.bundle_of("c1", {});
  auto trust = ledger.trust();
  trust.witnesses = {ledger.note_key()};
  CHECK(flaw_of(bundle, trust) == "witness");
  auto note = crypto::SignedNote::parse(bundle.note).value();
  note.signatures.push_back(crypto::cosign_note(note.text, "w.example/1", ledger.key, 1'700'000'000));
  bundle.note = note.to_text();
  trust.witnesses = {{"w.example/1", crypto::NoteAlgorithm::cosignature, ledger.key.public_key()}};
  CHECK(flaw_of(bundle, trust) == "witness");
}

TEST_CASE("a record that is changed, moved or not in the ledger is named by its position", "[evidence]") {
  const SmallLedger ledger(3, 5);
  const auto good = ledger.bundle_of("c2", {});
  for (std::size_t i = 1; i < good.records.size(); ++i) {
    auto bundle = good;
    bundle.records[i].back() ^= std::byte{1};
    const auto outcome = check(bundle, ledger.trust());
    const auto* flaw = std::get_if<Flaw>(&outcome);
    REQUIRE(flaw != nullptr);
    CHECK((flaw->check == "inclusion" || flaw->check == "format"));
    if (flaw->check == "inclusion")
      CHECK(flaw->position == event::decode_record(good.records[i]).value().position);
    bundle = good;
    std::swap(bundle.records[i], bundle.records[i - 1]);
    CHECK(flaw_of(bundle, ledger.trust()) == "format");
    bundle = good;
    bundle.records.insert(bundle.records.begin() + static_cast<std::ptrdiff_t>(i), good.records[i]);
    CHECK(flaw_of(bundle, ledger.trust()) == "format");
  }
  for (std::size_t i = 0; i < good.hashes.size(); ++i) {
    auto bundle = good;
    bundle.hashes[i] = flipped(bundle.hashes[i]);
    CHECK(flaw_of(bundle, ledger.trust()) == "inclusion");
    bundle = good;
    bundle.hashes.erase(bundle.hashes.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(flaw_of(bundle, ledger.trust()) == "inclusion");
  }
}

TEST_CASE("an event that is left out is missed, first, in the middle or last", "[evidence]") {
  const SmallLedger ledger(3, 5);
  const auto good = ledger.bundle_of("c1", {});
  std::vector<Position> all;
  for (const auto& record : good.records) all.push_back(event::decode_record(record).value().position);
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto bundle = good;
    auto positions = all;
    positions.erase(positions.begin() + static_cast<std::ptrdiff_t>(i));
    // With proofs that are right for what is left.
    ledger.put_records(bundle, positions);
    CHECK(flaw_of(bundle, ledger.trust()) == (i == 0                ? "origin"
                                              : i + 1 == all.size() ? "completeness"
                                                                    : "sequence"));
  }
  // The stream shortened, and said to end there.
  auto bundle = good;
  ledger.put_records(bundle, {all.begin(), all.end() - 1});
  for (auto& stream : bundle.streams)
    if (stream.name == "case/c1") {
      stream.proof.end->last = Version(stream.proof.end->last.value - 1);
      stream.proof.end->position = all[all.size() - 2];
    }
  CHECK(flaw_of(bundle, ledger.trust()) == "completeness");
}

TEST_CASE("streams that are left out, added, exchanged or proved falsely are refused", "[evidence]") {
  const SmallLedger ledger(4, 3);
  const auto good = ledger.bundle_of("c1", {"case/none"});
  for (std::size_t i = 0; i < good.streams.size(); ++i) {
    auto bundle = good;
    bundle.streams.erase(bundle.streams.begin() + static_cast<std::ptrdiff_t>(i));
    if (good.streams[i].proof.end) CHECK(flaw_of(bundle, ledger.trust()) == "completeness");
    for (std::size_t s = 0; s < good.streams[i].proof.siblings.size(); ++s) {
      bundle = good;
      auto& sibling = bundle.streams[i].proof.siblings[s];
      sibling = flipped(sibling);
      CHECK(flaw_of(bundle, ledger.trust()) == "completeness");
    }
    bundle = good;
    bundle.streams.push_back(bundle.streams[i]);
    CHECK(flaw_of(bundle, ledger.trust()) == "format");
  }
  // A case that exists, said not to: with its records left out as well.
  auto bundle = ledger.bundle_of("c1", {"case/c2"});
  std::vector<Position> positions;
  for (const auto& record : ledger.bundle_of("c1", {}).records)
    positions.push_back(event::decode_record(record).value().position);
  ledger.put_records(bundle, positions);
  CHECK(flaw_of(bundle, ledger.trust()) == "completeness");
  for (auto& stream : bundle.streams)
    if (stream.name == "case/c2") stream.proof.end.reset();
  CHECK(flaw_of(bundle, ledger.trust()) == "completeness");
  // A record of a stream that nothing is proved of.
  bundle = good;
  positions.push_back(Position(ledger.records.size() - 1));
  std::sort(positions.begin(), positions.end());
  ledger.put_records(bundle, positions);
  CHECK(flaw_of(bundle, ledger.trust()) == "completeness");
}

TEST_CASE("a case or a household is not smaller than its events say", "[evidence]") {
  const SmallLedger ledger(3, 3);
  auto bundle = ledger.bundle_of("c1", {});
  bundle.case_id = "c2";
  CHECK(flaw_of(bundle, ledger.trust()) == "scope");
  bundle.case_id = "none";
  CHECK(flaw_of(bundle, ledger.trust()) == "scope");
  // The case names a person: a household's bundle has to have that stream, or the proof that there is none.
  CHECK(flaw_of(ledger.bundle_of("c1", {}, true), ledger.trust()) == "scope");
  CHECK(flaw_of(ledger.bundle_of("c1", {"person/p-1"}, true), ledger.trust()).empty());
}

TEST_CASE("a known head of the same size has the same root", "[evidence]") {
  const SmallLedger ledger(2, 4);
  const auto bundle = ledger.bundle_of("c1", {});
  auto trust = ledger.trust();
  auto head = ledger.checkpoint();
  trust.known = known(ledger, head);
  CHECK(flaw_of(bundle, trust).empty());
  head.root = flipped(head.root);
  trust.known = known(ledger, head);
  CHECK(flaw_of(bundle, trust) == "consistency");
  head = ledger.checkpoint();
  head.streams = flipped(head.streams);
  trust.known = known(ledger, head);
  CHECK(flaw_of(bundle, trust) == "consistency");
  // Of another ledger, or signed by another key.
  const SmallLedger other(2, 4);
  trust.known = known(other, other.checkpoint());
  CHECK(flaw_of(bundle, trust) == "consistency");
}

TEST_CASE("an older or newer known head needs the proof that one continues the other", "[evidence]") {
  const SmallLedger ledger(2, 6);
  const auto size = ledger.records.size();
  auto trust = ledger.trust();
  for (std::uint64_t older = 1; older < size; ++older) {
    auto bundle = ledger.bundle_of("c1", {});
    trust.known = known(ledger, head_at(ledger, older));
    CHECK(flaw_of(bundle, trust) == "consistency");
    bundle.older = OlderTree{TreeSize(older), ledger.roots[older], ledger.consistency(older, size)};
    CHECK(flaw_of(bundle, trust).empty());
    bundle.older->root = flipped(bundle.older->root);
    CHECK(flaw_of(bundle, trust) == "consistency");
    bundle.older->root = ledger.roots[older];
    for (auto& hash : bundle.older->proof) {
      const auto before = hash;
      hash = flipped(hash);
      CHECK(flaw_of(bundle, ledger.trust()) == "consistency");
      hash = before;
    }
    auto rewritten = head_at(ledger, older);
    rewritten.root = flipped(rewritten.root);
    trust.known = known(ledger, rewritten);
    CHECK(flaw_of(bundle, trust) == "consistency");
  }
  // The bundle is older than what is known: the known head's file brings the proof.
  auto grown = ledger.bundle_of("c1", {});
  SmallLedger later(2, 6);
  later.key = crypto::SigningKey(crypto::Key::random());
  const auto bundle = later.bundle_of("c1", {});
  const auto at = later.records.size();
  for (std::uint64_t n = 100; n < 105; ++n) later.append(child_heard(n, "c0"));
  trust = later.trust();
  trust.known = known(later, later.checkpoint());
  CHECK(flaw_of(bundle, trust) == "consistency");
  trust.known = known(later, later.checkpoint(),
                      KnownHead::Continues{TreeSize(at), later.consistency(at, later.records.size())});
  CHECK(flaw_of(bundle, trust).empty());
  trust.known->continues->proof.front() = flipped(trust.known->continues->proof.front());
  CHECK(flaw_of(bundle, trust) == "consistency");
  trust.known =
      known(later, later.checkpoint(),
            KnownHead::Continues{TreeSize(at - 1), later.consistency(at - 1, later.records.size())});
  CHECK(flaw_of(bundle, trust) == "consistency");
}

TEST_CASE("a head's file with the proof of what it continues is read strictly", "[evidence]") {
  const SmallLedger ledger(2, 4);
  const auto note = ledger.signed_note(ledger.checkpoint());
  REQUIRE(KnownHead::parse(note).has_value());
  const std::string hash = "SBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n";
  const auto parsed = KnownHead::parse("old 5\n" + hash + hash + "\n" + note);
  REQUIRE(parsed.has_value());
  CHECK(parsed.value().continues->size == TreeSize(5));
  CHECK(parsed.value().continues->proof.size() == 2);
  CHECK(KnownHead::parse("old 5\n\n" + note).has_value());
  for (const auto& bad : {std::string("old 5\n") + note, "old 05\n\n" + note, "old x\n\n" + note,
                          "old \n\n" + note, "old 5\nAAAA\n\n" + note, "old 5\n" + hash, std::string("old 5"),
                          std::string(), "old 5\n" + hash + "\n\n" + note})
    CHECK_FALSE(KnownHead::parse(bad).has_value());
}

TEST_CASE("a schema that is not this release's, nor vouched for, is refused", "[evidence]") {
  const SmallLedger ledger(2, 4);
  auto bundle = ledger.bundle_of("c1", {});
  auto trust = ledger.trust();
  trust.schema.reset();
  CHECK(flaw_of(bundle, trust) == "schema");
  bundle.schema = schema_files();
  CHECK(flaw_of(bundle, trust).empty());
  CHECK(flaw_of(bundle, ledger.trust()) == "schema");
  trust.schema = schema_digest(schema_files());
  CHECK(flaw_of(bundle, trust).empty());
  trust.schema.reset();
  // The lie that an honest reader of the records would tell on: another word for the same bytes.
  const auto seen = std::find_if(bundle.schema.begin(), bundle.schema.end(), [](const SchemaFile& file) {
    return file.text.find("childSeen @") != std::string::npos;
  });
  REQUIRE(seen != bundle.schema.end());
  seen->text.replace(seen->text.find("childSeen @"), 9, "childGone");
  CHECK(flaw_of(bundle, trust) == "schema");
  bundle.schema = schema_files();
  std::swap(bundle.schema[0], bundle.schema[1]);
  CHECK(flaw_of(bundle, trust) == "schema");
  bundle.schema = schema_files();
  bundle.schema.pop_back();
  CHECK(flaw_of(bundle, trust) == "schema");
  bundle.schema = schema_files();
  bundle.schema.push_back({"more.capnp", ""});
  CHECK(flaw_of(bundle, trust) == "schema");
  bundle.schema = schema_files();
  bundle.schema[0].name += "x";
  CHECK(flaw_of(bundle, trust) == "schema");
  bundle.schema.clear();
  CHECK(flaw_of(bundle, trust) == "schema");
}
