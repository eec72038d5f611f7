#include <sys/stat.h>

#include <map>
#include <random>
#include <thread>

#include "ledger/open_ledger.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::ledger;
using namespace stafett::support;

namespace {

Options options_for(const std::filesystem::path& path) {
  Options options;
  options.data = path;
  return options;
}

void append_some(Ledger& ledger, std::uint64_t first, std::uint64_t count) {
  for (std::uint64_t n = first; n < first + count; ++n) {
    const auto id = "c" + std::to_string(n % 7);
    REQUIRE_FALSE(append_one(ledger, n < 7 ? case_opened(n, id) : child_heard(n, id)).refusal);
  }
}

// Where each stream ends, read from the records alone.
std::map<std::string, merkle::StreamEnd> ends_of(const Ledger& ledger) {
  std::map<std::string, merkle::StreamEnd> ends;
  std::uint64_t position = 0;
  for (const auto& record : all_records(ledger)) {
    const auto event = event::decode_record(record).value();
    ends[std::string(event.stream)] = {event.version, Position(position++)};
  }
  return ends;
}

merkle::Hash root_of(const std::map<std::string, merkle::StreamEnd>& ends) {
  merkle::StreamMap map;
  for (const auto& [stream, end] : ends) map.set(merkle::stream_key(stream), end);
  return map.root();
}

unsigned mode_of(const std::filesystem::path& path) {
  struct stat found {};
  REQUIRE(stat(path.c_str(), &found) == 0);
  return found.st_mode & 0777u;
}

Result<std::unique_ptr<Ledger>> reopened(const std::filesystem::path& path) {
  return Ledger::open(options_for(path));
}

// The note with a witness's line, as the witness would send it back.
std::string with_line(const std::string& note, const crypto::NoteSignature& line) {
  auto parsed = crypto::SignedNote::parse(note).value();
  parsed.signatures.push_back(line);
  return parsed.to_text();
}

}  // namespace

TEST_CASE("a signed head says what the ledger holds, and where its streams end", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "data");
  append_some(*ledger, 0, 30);
  const auto head = ledger->signed_head().value();
  CHECK(head.checkpoint.size == ledger->head().size);
  CHECK(head.checkpoint.root == ledger->head().root);
  CHECK(head.checkpoint.streams == root_of(ends_of(*ledger)));
  const auto note = crypto::SignedNote::parse(head.note).value();
  CHECK(note.text == head.checkpoint.to_text());
  CHECK(crypto::verify(note, ledger->note_key().value()) == crypto::NoteVerdict::valid);
  CHECK(ledger->note_key().value().name == head.checkpoint.origin);
}

TEST_CASE("a size has one note, also after the ledger is opened again", "[ledger]") {
  TempDir dir;
  std::string note;
  {
    auto ledger = open_ledger(dir / "data");
    append_some(*ledger, 0, 10);
    note = ledger->signed_head().value().note;
    CHECK(ledger->signed_head().value().note == note);
  }
  auto ledger = open_ledger(dir / "data");
  CHECK(ledger->signed_head().value().note == note);
  append_some(*ledger, 10, 1);
  CHECK(ledger->signed_head().value().note != note);
  const auto history = ledger->signed_heads(TreeSize(0), 100).value();
  REQUIRE(history.size() == 2);
  CHECK(history[0].note == note);
  CHECK(history[0].checkpoint.size == TreeSize(11));
  CHECK(history[1].checkpoint.size == TreeSize(12));
  CHECK(ledger->signed_heads(TreeSize(12), 100).value().size() == 1);
  CHECK(ledger->signed_heads(TreeSize(0), 1).value().size() == 1);
}

TEST_CASE("the signing key is in a file of its own that only its owner reads", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "data");
  CHECK(mode_of(dir / "data/keys") == 0700);
  CHECK(mode_of(dir / "data/keys/signing") == 0600);
}

TEST_CASE("a signing key that is lost, damaged or exchanged is refused and never replaced", "[ledger]") {
  TempDir dir;
  const auto file = dir / "data/keys/signing";
  {
    auto ledger = open_ledger(dir / "data");
    auto other = open_ledger(dir / "other");
  }
  const auto key = content_of(file);
  auto refused = [&](const std::string& why) {
    const auto before = content_of(file);
    auto opened = reopened(dir / "data");
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::corruption);
    CHECK(opened.error().message.find(why) != std::string::npos);
    CHECK(content_of(file) == before);
  };
  std::filesystem::remove(file);
  refused("is missing");
  CHECK_FALSE(std::filesystem::exists(file));
  write_key(file, content_of(dir / "other/keys/signing"));
  refused("is not the key");
  write_key(file, key.substr(0, key.size() - 2));
  refused("is damaged");
  write_key(file, content_of(dir / "data/keys/kek"));
  refused("is damaged");
  write_key(file, key);
  CHECK(reopened(dir / "data").has_value());
}

TEST_CASE("a key file that others may read or change opens no ledger, but lets it be verified", "[ledger]") {
  TempDir dir;
  { auto ledger = open_ledger(dir / "data"); }
  for (const char* name : {"kek", "signing"})
    for (const unsigned mode : {0644u, 0640u, 0602u, 0601u}) {
      const auto file = dir / "data/keys" / name;
      const auto as = [&](unsigned bits) {
        std::filesystem::permissions(file, static_cast<std::filesystem::perms>(bits));
      };
      as(mode);
      const auto opened = reopened(dir / "data");
      REQUIRE_FALSE(opened.has_value());
      CHECK(opened.error().code == ErrorCode::forbidden);
      CHECK(opened.error().message.find("chmod 600 " + file.string()) != std::string::npos);
      auto reading = options_for(dir / "data");
      reading.read_only = true;
      CHECK(Ledger::open(reading).has_value());
      as(0600);
      CHECK(reopened(dir / "data").has_value());
      as(0400);
      CHECK(reopened(dir / "data").has_value());
      as(0600);
    }
}

TEST_CASE("every stream's end is proved, and that others do not exist, however the index lies", "[ledger]") {
  std::mt19937_64 random(seed());
  TempDir dir;
  storage::TestHooks hooks;
  hooks.index_generation_events = 16;
  auto options = options_for(dir / "data");
  options.hooks = &hooks;
  std::uint64_t next = 0;
  for (int round = 0; round < 4; ++round) {
    auto ledger = open_ledger(options);
    for (int step = 0; step < 3; ++step) {
      const auto count = random() % 40 + 1;
      append_some(*ledger, next, count);
      next += count;
      const auto ends = ends_of(*ledger);
      std::vector<std::string> names{"case/none", "case/c", "case/c99", "person/c1"};
      for (const auto& [stream, end] : ends) names.push_back(stream);
      const auto proved = ledger->prove_streams(names).value();
      REQUIRE(proved.head.checkpoint.size == ledger->head().size);
      REQUIRE(proved.head.checkpoint.streams == root_of(ends));
      for (std::size_t i = 0; i < names.size(); ++i) {
        const auto& proof = proved.streams[i];
        REQUIRE(merkle::verify_stream(merkle::stream_key(names[i]), proof, proved.head.checkpoint.streams));
        REQUIRE(proof.end.has_value() == ends.contains(names[i]));
        if (proof.end) REQUIRE(*proof.end == ends.at(names[i]));
      }
    }
  }
}

TEST_CASE("heads that are signed while others append are of the tree at their size", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "data");
  std::atomic<bool> over = false;
  std::thread appending([&] {
    for (std::uint64_t n = 0; n < 400; ++n)
      (void)append_one(*ledger, n < 7 ? case_opened(n, "c" + std::to_string(n))
                                      : child_heard(n, "c" + std::to_string(n % 7)));
    over = true;
  });
  while (!over) REQUIRE(ledger->signed_head().has_value());
  appending.join();
  const auto heads = ledger->signed_heads(TreeSize(0), 1000).value();
  CHECK_FALSE(heads.empty());
  std::map<std::string, merkle::StreamEnd> ends;
  const auto records = all_records(*ledger);
  std::size_t at = 0;
  for (const auto& head : heads) {
    for (; at < head.checkpoint.size.value; ++at) {
      const auto event = event::decode_record(records[at]).value();
      ends[std::string(event.stream)] = {event.version, Position(at)};
    }
    REQUIRE(head.checkpoint.root == ledger->root_at(head.checkpoint.size).value());
    REQUIRE(head.checkpoint.streams == root_of(ends));
  }
}

TEST_CASE("a head is signed on closing, and at the start, when that was asked for", "[ledger]") {
  TempDir dir;
  auto options = options_for(dir / "data");
  options.heads_every = std::chrono::hours(1);
  {
    auto ledger = open_ledger(options);
    // The first head comes from the start, by the notary's thread.
    while (ledger->signed_heads(TreeSize(0), 9).value().empty()) std::this_thread::yield();
    append_some(*ledger, 0, 8);
    REQUIRE(ledger->close().has_value());
  }
  auto ledger = open_ledger(dir / "data");
  const auto heads = ledger->signed_heads(TreeSize(0), 9).value();
  REQUIRE(heads.size() == 2);
  CHECK(heads.back().checkpoint.size == TreeSize(9));
  CHECK(heads.back().checkpoint.root == ledger->head().root);
}

TEST_CASE("a ledger opened for reading signs with its key, and keeps nothing", "[ledger]") {
  TempDir dir;
  {
    auto ledger = open_ledger(dir / "data");
    append_some(*ledger, 0, 3);
  }
  const auto before = picture_of(dir / "data");
  auto options = options_for(dir / "data");
  options.read_only = true;
  {
    auto ledger = Ledger::open(options).value();
    const auto head = ledger->signed_head().value();
    CHECK(crypto::verify(crypto::SignedNote::parse(head.note).value(), ledger->note_key().value()) ==
          crypto::NoteVerdict::valid);
    CHECK(ledger->signed_heads(TreeSize(0), 9).value().empty());
  }
  CHECK(picture_of(dir / "data") == before);
}

TEST_CASE("witnesses' lines are kept with the head, once each", "[ledger]") {
  TempDir dir;
  const crypto::SigningKey witness{crypto::Key::random()};
  auto options = options_for(dir / "data");
  options.witnesses = {{"witness.example/1", crypto::NoteAlgorithm::cosignature, witness.public_key()}};
  auto ledger = open_ledger(options);
  append_some(*ledger, 0, 5);
  const auto note = ledger->signed_head().value().note;
  const auto text = crypto::SignedNote::parse(note).value().text;
  const auto line = crypto::cosign_note(text, "witness.example/1", witness, 1'553'083'200);
  const auto cosigned = ledger->cosign(with_line(note, line)).value().note;
  CHECK(cosigned == with_line(note, line));
  CHECK(ledger->signed_head().value().note == cosigned);
  CHECK(ledger->cosign(note).value().note == cosigned);
  // A later line of the same witness is as good, and replaces nothing.
  const auto later = crypto::cosign_note(text, "witness.example/1", witness, 1'553'083'300);
  CHECK(ledger->cosign(with_line(note, later)).value().note == cosigned);
  // Lines that are kept may be sent back, also when the ledger no longer knows the witness.
  ledger.reset();
  ledger = open_ledger(dir / "data");
  CHECK(ledger->cosign(cosigned).value().note == cosigned);
  CHECK(ledger->cosign(with_line(note, later)).error().code == ErrorCode::forbidden);
}

TEST_CASE("lines of others than the ledger's witnesses are refused, and shut none out", "[ledger]") {
  TempDir dir;
  const crypto::SigningKey witness{crypto::Key::random()}, stranger{crypto::Key::random()};
  const std::string name = "witness.example/1";
  const crypto::NoteKey key{name, crypto::NoteAlgorithm::cosignature, witness.public_key()};
  auto options = options_for(dir / "data");
  options.witnesses = {key};
  auto ledger = open_ledger(options);
  append_some(*ledger, 0, 5);
  const auto note = ledger->signed_head().value().note;
  const auto text = crypto::SignedNote::parse(note).value().text;
  const auto genuine = crypto::cosign_note(text, name, witness, 1'553'083'200);
  auto code_of = [&](const crypto::NoteSignature& line) {
    return ledger->cosign(with_line(note, line)).error().code;
  };
  for (int n = 0; n < 20; ++n)
    CHECK(code_of({"unknown" + std::to_string(n), 1, Bytes(8)}) == ErrorCode::forbidden);
  CHECK(code_of(crypto::cosign_note(text, name, stranger, 1'553'083'200)) == ErrorCode::forbidden);
  CHECK(code_of({name, key.id(), Bytes(72)}) == ErrorCode::invalid_argument);
  auto changed = genuine;
  changed.signature[0] ^= std::byte{1};
  CHECK(code_of(changed) == ErrorCode::invalid_argument);
  CHECK(code_of(crypto::cosign_note(text + "more\n", name, witness, 1)) == ErrorCode::invalid_argument);
  // A genuine line beside one of nobody is not kept either.
  auto both = crypto::SignedNote::parse(with_line(note, genuine)).value();
  both.signatures.push_back({"unknown", 1, Bytes(8)});
  CHECK(ledger->cosign(both.to_text()).error().code == ErrorCode::forbidden);
  CHECK(ledger->signed_head().value().note == note);
  CHECK(ledger->cosign(with_line(note, genuine)).value().note == with_line(note, genuine));
}

TEST_CASE("a ledger has no witness with its own key, and no more than a head has room for", "[ledger]") {
  TempDir dir;
  auto options = options_for(dir / "data");
  const auto own = open_ledger(options)->note_key().value().key;
  options.witnesses = {{"witness.example/1", crypto::NoteAlgorithm::cosignature, own}};
  CHECK(Ledger::open(options).error().code == ErrorCode::invalid_argument);
  options.witnesses.clear();
  for (int n = 0; n < 15; ++n)
    options.witnesses.push_back({"w" + std::to_string(n), crypto::NoteAlgorithm::cosignature,
                                 crypto::SigningKey(crypto::Key::random()).public_key()});
  CHECK(Ledger::open(options).has_value());
  options.witnesses.push_back(options.witnesses.front());
  CHECK(Ledger::open(options).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a note that is no head of this ledger takes no lines", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "data");
  auto other = open_ledger(dir / "other");
  append_some(*ledger, 0, 5);
  append_some(*other, 0, 5);
  const auto note = ledger->signed_head().value().note;
  auto code_of = [&](const std::string& text) { return ledger->cosign(text).error().code; };
  CHECK(code_of(other->signed_head().value().note) == ErrorCode::invalid_argument);
  CHECK(code_of("no note") == ErrorCode::invalid_argument);
  auto unsigned_note = crypto::SignedNote::parse(note).value();
  unsigned_note.signatures = {{"unknown", 1, Bytes(8)}};
  CHECK(code_of(unsigned_note.to_text()) == ErrorCode::invalid_argument);
  auto changed = note;
  changed[changed.find("streams ") + 9] ^= 1;
  CHECK(code_of(changed) == ErrorCode::invalid_argument);
  append_some(*ledger, 5, 1);
  // Signed with our key, but never by us.
  auto seed_text = content_of(dir / "data/keys/signing");
  seed_text = seed_text.substr(seed_text.find('\n') + 1, 64);
  Bytes key_bytes;
  for (std::size_t i = 0; i < 64; i += 2)
    key_bytes.push_back(static_cast<std::byte>(std::stoi(seed_text.substr(i, 2), nullptr, 16)));
  const crypto::SigningKey stolen{crypto::Key(key_bytes)};
  auto checkpoint = ledger->signed_heads(TreeSize(0), 1).value().front().checkpoint;
  auto forged = [&](const merkle::Checkpoint& c) {
    crypto::SignedNote n{c.to_text(), {crypto::sign_note(c.to_text(), c.origin, stolen)}};
    return n.to_text();
  };
  checkpoint.root[0] ^= std::byte{1};
  CHECK(code_of(forged(checkpoint)) == ErrorCode::id_conflict);
  checkpoint.size = TreeSize(3);
  CHECK(code_of(forged(checkpoint)) == ErrorCode::not_found);
}
