#include <set>

#include "ledger/open_ledger.h"
#include "stafett/merkle/tree.h"
#include "stafett/storage/store.h"

using namespace stafett;
using namespace stafett::ledger;
using support::case_opened;
using support::child_heard;
using support::TempDir;
namespace fs = std::filesystem;

TEST_CASE("personal content is unsealed for a reader and is nowhere in the clear", "[ledger]") {
  TempDir dir;
  {
    auto ledger = open_ledger(dir / "ledger");
    for (std::uint64_t i = 1; i <= 20; ++i) {
      auto opened = case_opened(i, "c" + std::to_string(i % 3));
      if (i % 2)
        opened.personal = R"("name":"Elin Svensson","note":"visible injury )" + std::to_string(i) + "\"";
      REQUIRE(!append_one(*ledger, opened).refusal);
    }
  }
  auto ledger = open_ledger(dir / "ledger");
  const auto records = all_records(*ledger);
  for (std::uint64_t i = 1; i <= 20; ++i) {
    auto view = ledger->unseal(records[i]).value();
    CHECK(!view.erased);
    if (i % 2)
      CHECK(view.personal ==
            event::Personal{{"name", "Elin Svensson"}, {"note", "visible injury " + std::to_string(i)}});
    else
      CHECK(!view.personal);
    CHECK(as_chars(records[i]).find("Elin") == std::string_view::npos);
  }
  ledger.reset();
  for (const auto& [name, content] : support::picture_of(dir.path())) {
    INFO(name);
    CHECK(content.find("Svensson") == std::string::npos);
    CHECK(content.find("visible injury") == std::string::npos);
  }
}

TEST_CASE("sealed content moved to another place or changed does not open", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  auto opened = case_opened(1, "a");
  opened.personal = R"("name":"Elin")";
  REQUIRE(!append_one(*ledger, opened).refusal);
  auto record = all_records(*ledger)[1];
  const auto event = event::decode_record(record).value();
  const auto sealed = event::sealed_personal(record).value();
  const auto again = [&](Position position, BytesView content) {
    return ledger->unseal(event::encode_record(
        opened.build(), {position, event.version, event.recorded_at, "tester"}, content));
  };
  CHECK(again(Position(1), sealed).value().personal == event::Personal{{"name", "Elin"}});
  CHECK(again(Position(2), sealed).error().code == ErrorCode::corruption);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= std::byte{1};
    CHECK(again(Position(1), changed).error().code == ErrorCode::corruption);
  }
}

TEST_CASE("equal content is sealed differently every time", "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  std::set<Bytes> seen;
  for (std::uint64_t i = 0; i < 50; ++i) {
    auto opened = case_opened(i, "a");
    opened.personal = R"("name":"Elin")";
    REQUIRE(!append_one(*ledger, opened).refusal);
    auto sealed = event::sealed_personal(all_records(*ledger).back()).value();
    CHECK(seen.insert(Bytes(sealed.begin(), sealed.begin() + 12)).second);
  }
}

TEST_CASE("a missing, damaged or foreign key-encryption key stops the ledger and is not replaced",
          "[ledger]") {
  TempDir dir;
  for (const auto* name : {"one", "two"}) {
    auto ledger = open_ledger(dir / name);
    REQUIRE(!append_one(*ledger, case_opened(1, "a")).refusal);
  }
  const auto kek = dir / "one" / "keys" / "kek";
  CHECK((fs::status(kek).permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
  const auto content = support::content_of(kek);
  Options options;
  options.data = dir / "one";
  auto refused = [&] {
    auto ledger = Ledger::open(options);
    REQUIRE(ledger.has_error());
    CHECK(ledger.error().code == ErrorCode::corruption);
    CHECK(ledger.error().message.find("kek") != std::string::npos);
  };
  fs::remove(kek);
  refused();
  CHECK(!fs::exists(kek));
  write_key(kek, content.substr(0, content.size() - 1));
  refused();
  write_key(kek, support::content_of(dir / "two" / "keys" / "kek"));
  refused();
  write_key(kek, content);
  CHECK(Ledger::open(options).has_value());
}

TEST_CASE("what has been erased is said to be erased, is still recognised, and takes no more", "[ledger]") {
  TempDir dir;
  {
    auto ledger = open_ledger(dir / "ledger");
    auto opened = case_opened(1, "a");
    opened.personal = R"("name":"Elin")";
    REQUIRE(!append_one(*ledger, opened).refusal);
  }
  // The mark that erasure leaves in place of the wrapped key, written through the store's own door.
  {
    auto store = storage::Store::open({.folder = dir / "ledger"}).value();
    const auto size = store->head().size;
    merkle::Tree tree(size, store->nodes(merkle::complete_nodes({0, size.value})).value());
    const auto event = case_opened(2, "b").build();
    const std::vector<Bytes> records{
        event::encode_record(event, {Position(size.value), Version(0), spring, "x"}, {})};
    std::vector<merkle::Hash> nodes;
    tree.append(merkle::leaf_hash(records[0]), nodes);
    const std::vector<storage::StreamKey> keys{{"case/a", {std::byte{0}}}};
    REQUIRE(store->commit({records, nodes, keys, tree.root()}).has_value());
  }
  auto ledger = open_ledger(dir / "ledger");
  auto view = ledger->unseal(all_records(*ledger)[1]).value();
  CHECK(view.erased);
  CHECK(!view.personal);
  auto opened = case_opened(1, "a");
  opened.personal = R"("name":"Elin")";
  CHECK(append_one(*ledger, opened).places.at(0).duplicate);
  auto heard = child_heard(3, "a");
  CHECK(!append_one(*ledger, heard).refusal);
  heard = child_heard(4, "a");
  heard.personal = R"("note":"more")";
  auto answer = append_one(*ledger, heard);
  REQUIRE(answer.refusal);
  CHECK(answer.refusal->error.code == ErrorCode::forbidden);
}
