#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "stafett/crypto/signed_note.h"
#include "stafett/evidence/bundle.h"
#include "support/seed.h"
#include "system/running_server.h"

// Signed heads and bundles, as an auditor meets them: files, and no server.

using namespace stafett;
using namespace stafett::system_test;

namespace {

void write_file(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

Finished stafett_alone(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program("stafett"));
  return run(std::move(arguments), "", {{"STAFETT_SERVER", "127.0.0.1:1"}, {"LC_ALL", "C"}});
}

// A family's year, a head from before it, and bundles; the server has gone.
struct Evidence {
  support::TempDir dir;
  std::string key;
  std::vector<std::string> history;  // of the case, as the server told it

  std::string path(const std::string& name) const { return (dir / name).string(); }

  Evidence() {
    RunningServer server(dir / "data");
    write_file(path("first"), server.stafett({"head"}).out);
    REQUIRE(server.stafett({"append", scenario("eskilstuna-2019.jsonl")}).code == 0);
    key = server.json({"head"}).at(0).at("publickey");
    write_file(path("head"), server.stafett({"head"}).out);
    REQUIRE(server.stafett({"bundle", "c4-iris", "-o", path("bundle")}).code == 0);
    REQUIRE(server
                .stafett({"bundle", "case/c4-iris", "--household", "--since", path("first"), "-o",
                          path("household")})
                .code == 0);
    REQUIRE(server.stafett({"append"}, case_opened(1, "later")).code == 0);
    write_file(path("later"), server.stafett({"head"}).out);
    write_file(path("proved"), server.stafett({"head", "--since", path("head")}).out);
    history = server.stafett({"history", "case/c4-iris", "--json"}).lines();
    REQUIRE(server.stop() == 0);
  }

  Finished check(const std::string& bundle, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"check", path(bundle), "--key", key});
    return stafett_alone(std::move(more));
  }
};

// What of an event does not depend on who may see personal content.
Json without_personal(Json event) {
  event["data"].erase("personal");
  return event;
}

}  // namespace

TEST_CASE("a bundle is checked with no server, and shows the history that the server showed", "[system]") {
  const Evidence evidence;
  const auto checked = evidence.check("bundle");
  REQUIRE(checked.code == 0);
  CHECK(checked.out.find("VERIFIED") != std::string::npos);
  const auto events = parsed(evidence.check("bundle", {"--json"}).lines());
  const auto told = parsed(evidence.history);
  REQUIRE(events.size() == told.size() + 1);
  CHECK(events.back().at("verified") == true);
  for (std::size_t i = 0; i < told.size(); ++i) CHECK(events[i] == without_personal(told[i]));
  // The key may be in a file too.
  write_file(evidence.path("key"), evidence.key + "\n");
  CHECK(stafett_alone({"check", evidence.path("bundle"), "--key", evidence.path("key")}).code == 0);
  CHECK(evidence.check("household").code == 0);
}

TEST_CASE("another ledger's key verifies nothing", "[system]") {
  const Evidence evidence;
  support::TempDir dir;
  RunningServer other(dir / "data");
  const std::string key = other.json({"head"}).at(0).at("publickey");
  const auto checked = stafett_alone({"check", evidence.path("bundle"), "--key", key, "--json"});
  CHECK(checked.code == 1);
  CHECK(Json::parse(checked.out).at("check") == "signature");
}

TEST_CASE("a head from elsewhere has to be of the same ledger, and to be proved", "[system]") {
  const Evidence evidence;
  CHECK(evidence.check("bundle", {"--head", evidence.path("head")}).code == 0);
  // Older: only the bundle that was asked to continue it.
  CHECK(evidence.check("bundle", {"--head", evidence.path("first")}).code == 1);
  CHECK(evidence.check("household", {"--head", evidence.path("first")}).code == 0);
  // Newer: only with the proof in its file.
  CHECK(evidence.check("bundle", {"--head", evidence.path("later")}).code == 1);
  CHECK(evidence.check("bundle", {"--head", evidence.path("proved")}).code == 0);
  CHECK(evidence.check("bundle", {"--head", evidence.path("bundle")}).code == 1);
  CHECK(evidence.check("bundle", {"--head", evidence.path("none")}).code == 1);
}

TEST_CASE("a witness's signature is kept by the ledger and asked for by an auditor", "[system]") {
  support::TempDir dir;
  const crypto::SigningKey witness{crypto::Key::random()};
  const crypto::NoteKey witness_key{"witness.example/w", crypto::NoteAlgorithm::cosignature,
                                    witness.public_key()};
  RunningServer server(dir / "data", {"--witness", witness_key.to_text()});
  REQUIRE(server.stafett({"append"}, case_opened(1, "c1")).code == 0);
  const auto head = server.json({"head"}).at(0);
  auto note = crypto::SignedNote::parse(head.at("note").get<std::string>()).value();
  const std::string bundle = (dir / "bundle").string(), cosigned = (dir / "cosigned").string();
  const std::vector<std::string> check{
      "check", bundle, "--key", head.at("publickey"), "--witness", witness_key.to_text()};
  REQUIRE(server.stafett({"bundle", "c1", "-o", bundle}).code == 0);
  CHECK(stafett_alone(check).code == 1);
  note.signatures.push_back({"unknown", 1, Bytes(8)});
  write_file(cosigned, note.to_text());
  const auto unknown = server.stafett({"cosign", cosigned});
  CHECK(unknown.code == 1);
  CHECK(unknown.errors.find("no witness") != std::string::npos);
  note.signatures.pop_back();
  note.signatures.push_back(crypto::cosign_note(note.text, "witness.example/w", witness, 1'700'000'000));
  write_file(cosigned, note.to_text());
  CHECK(server.stafett({"cosign", cosigned}).out == note.to_text());
  CHECK(server.stafett({"head"}).out == note.to_text());
  REQUIRE(server.stafett({"bundle", "c1", "-o", bundle}).code == 0);
  CHECK(stafett_alone(check).code == 0);
  // A ledger is no witness of itself.
  const auto own = stafett_alone(
      {"check", bundle, "--key", head.at("publickey"), "--witness", head.at("publickey"), "--json"});
  CHECK(own.code == 1);
  CHECK(Json::parse(own.out).at("check") == "witness");
  // Not of this ledger.
  note.text[note.text.size() - 3] ^= 1;
  write_file(cosigned, note.to_text());
  CHECK(server.stafett({"cosign", cosigned}).code == 1);
}

TEST_CASE("a changed, shortened or lengthened bundle is refused by check", "[system]") {
  std::mt19937_64 random(support::seed());
  const Evidence evidence;
  const auto file = content_of(evidence.path("bundle"));
  auto refused = [&](const std::string& changed) {
    write_file(evidence.path("changed"), changed);
    const auto code = evidence.check("changed").code;
    return code == 1 || code == 4;
  };
  for (int i = 0; i < 40; ++i) {
    auto changed = file;
    auto& byte = changed[random() % file.size()];
    byte = static_cast<char>(byte ^ static_cast<char>(1 + random() % 255));
    CHECK(refused(changed));
  }
  for (int i = 0; i < 10; ++i) CHECK(refused(file.substr(0, random() % file.size())));
  CHECK(refused(file + std::string(8, '\0')));
  CHECK(refused(file + file));
  CHECK(refused(""));
}

TEST_CASE("a bundle whose schema was changed and whose checksum was made to fit is refused", "[system]") {
  const Evidence evidence;
  auto bundle = evidence::decode(as_bytes(content_of(evidence.path("bundle")))).value();
  const auto good = parsed(evidence.check("bundle", {"--json"}).lines()).back();
  CHECK(good.at("schemaSha256") == to_hex(evidence::schema_digest(bundle.schema)));
  for (auto& file : bundle.schema)
    if (const auto seen = file.text.find("childSeen @"); seen != std::string::npos)
      file.text.replace(seen, 9, "childGone");
  write_file(evidence.path("changed"), std::string(as_chars(evidence::encode(bundle))));
  const auto refused = evidence.check("changed", {"--json"});
  REQUIRE(refused.code == 4);
  const auto flaw = Json::parse(refused.out);
  CHECK(flaw.at("check") == "schema");
  const std::string hash = flaw.at("schemaSha256");
  CHECK(hash != good.at("schemaSha256"));
  // Whoever vouches for that schema may have it; then the genuine one is another.
  CHECK(evidence.check("changed", {"--schema-sha256", hash}).code == 0);
  CHECK(evidence.check("bundle", {"--schema-sha256", hash}).code == 4);
  CHECK(evidence.check("bundle", {"--schema-sha256", hash.substr(1)}).code == 2);
}

TEST_CASE("a client that remembers a head refuses a ledger that does not continue it", "[system]") {
  support::TempDir dir;
  const std::string memory = (dir / "remembered").string();
  {
    RunningServer server(dir / "data");
    REQUIRE(server.stafett({"head", "--remember", memory}).code == 0);
    REQUIRE(server.stafett({"append"}, case_opened(1, "c1")).code == 0);
    CHECK(server.stafett({"head", "--remember", memory}).out == server.stafett({"head"}).out);
    REQUIRE(server.stop() == 0);
  }
  // The ledger as it was, which then takes another course.
  std::filesystem::copy(dir / "data", dir / "copy", std::filesystem::copy_options::recursive);
  {
    RunningServer server(dir / "data");
    REQUIRE(server.stafett({"append"}, case_opened(2, "c2")).code == 0);
    REQUIRE(server.stafett({"head", "--remember", memory}).code == 0);
    REQUIRE(server.stop() == 0);
  }
  RunningServer copy(dir / "copy");
  const auto before = content_of(memory);
  CHECK(copy.stafett({"head", "--remember", memory}).code == 4);  // fewer events
  REQUIRE(copy.stafett({"append"}, case_opened(3, "c3")).code == 0);
  CHECK(copy.stafett({"head", "--remember", memory}).code == 4);  // as many, but others
  REQUIRE(copy.stafett({"append"}, case_opened(4, "c4")).code == 0);
  CHECK(copy.stafett({"head", "--remember", memory}).code == 4);  // more, but others below
  CHECK(content_of(memory) == before);
}

TEST_CASE("proofs are in the RFC's order and within the tree", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  REQUIRE(server.stafett({"append", scenario("eskilstuna-2019.jsonl")}).code == 0);
  const auto size = server.json({"head"}).at(0).at("size").get<std::uint64_t>();
  CHECK(server.json({"prove", "inclusion", "0", "--size", "1"}).at(0).at("hashes").empty());
  CHECK_FALSE(server.json({"prove", "inclusion", "3"}).at(0).at("hashes").empty());
  CHECK(server.stafett({"prove", "inclusion", std::to_string(size)}).code == 1);
  CHECK(server.stafett({"prove", "inclusion", "0", "--size", std::to_string(size + 1)}).code == 1);
  CHECK(server.stafett({"prove", "inclusion", "5", "--size", "5"}).code == 1);
  CHECK(server.stafett({"prove", "consistency", "5", "4"}).code == 1);
  CHECK(server.stafett({"prove", "consistency", "5", std::to_string(size + 1)}).code == 1);
  CHECK(server.json({"prove", "consistency", "5", "5"}).at(0).at("hashes").empty());
}

TEST_CASE("a lost signing key stops the server, and no other takes its place", "[system]") {
  support::TempDir dir;
  {
    RunningServer server(dir / "data");
    REQUIRE(server.stop() == 0);
  }
  std::filesystem::remove(dir / "data/keys/signing");
  const auto ended = run({program("stafettd"), "--data", (dir / "data").string(), "--listen", "127.0.0.1:0"});
  CHECK(ended.code == 4);
  CHECK(ended.errors.find("keys/signing is missing") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(dir / "data/keys/signing"));
}
