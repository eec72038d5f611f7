#include <unistd.h>

#include <random>
#include <set>

#include "ledger/key_file.h"
#include "ledger/open_ledger.h"
#include "stafett/crypto/seal.h"
#include "stafett/ledger/verify.h"
#include "support/child_process.h"
#include "support/raw_store.h"
#include "support/seed.h"

using namespace stafett;
using namespace stafett::ledger;
using support::case_opened;
using support::child_heard;
using support::ChildProcess;
using support::RawStore;
using support::TempDir;
namespace fs = std::filesystem;

namespace {

std::string name_of(std::uint64_t n) { return "Elin Svensson " + std::to_string(n); }

event::NewEvent sealed_event(std::uint64_t id, std::uint64_t stream) {
  auto draft = case_opened(id, "c" + std::to_string(stream));
  draft.personal = R"("name":")" + name_of(stream) + "\"";
  return draft.build();
}
std::string stream_of(std::uint64_t n) { return "case/c" + std::to_string(n); }

// Streams 0 to count - 1, each with two events with personal content and one without.
void fill(Ledger& ledger, std::uint64_t count) {
  for (std::uint64_t n = 0; n < count; ++n) {
    std::vector<event::NewEvent> events{sealed_event(n * 3 + 1, n),
                                        child_heard(n * 3 + 2, "c" + std::to_string(n)).build(),
                                        sealed_event(n * 3 + 3, n)};
    REQUIRE(!ledger.append(std::move(events), "tester").refusal);
  }
}

ErrorCode refusal_of(const AppendAnswer& answer) {
  REQUIRE(answer.refusal);
  return answer.refusal->error.code;
}

// What is readable of the stream: all of it, or nothing and said to be erased.
enum class Content : std::uint8_t { readable, erased };
Content content_of_stream(const Ledger& ledger, std::uint64_t n) {
  std::set<bool> erased;
  const auto records = ledger.read_stream(stream_of(n), Version(0), 1000, SIZE_MAX).value();
  for (const auto& record : records) {
    auto view = ledger.unseal(record.bytes);
    if (!view) FAIL(view.error().message);
    if (!event::outline_record(record.bytes).value().sealed) continue;
    erased.insert(view.value().erased);
    CHECK(view.value().personal ==
          (view.value().erased ? std::nullopt : std::optional(event::Personal{{"name", name_of(n)}})));
  }
  REQUIRE(erased.size() == 1);
  return *erased.begin() ? Content::erased : Content::readable;
}

std::string problems_in(const fs::path& folder) {
  auto verified = verify_folder(folder, {});
  if (!verified) return verified.error().message;
  std::string out;
  for (const auto& p : verified.value().problems) out += p.where + ": " + p.what + "\n";
  return out;
}

void check_nowhere(const fs::path& folder, const std::string& what) {
  for (const auto& [name, content] : support::picture_of(folder)) {
    INFO(name);
    CHECK(content.find(what) == std::string::npos);
  }
}

crypto::Key kek_in(const fs::path& file) {
  return KeyFile{file, "stafett key-encryption key 1"}.read().value();
}

}  // namespace

TEST_CASE("what is erased can be read no more, with a receipt, and everything else stays as it was",
          "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  fill(*ledger, 20);
  const auto records = all_records(*ledger);
  const auto root = ledger->head().root;
  const auto answer = ledger->erase(stream_of(7), "retentionEnded", "archivist");
  REQUIRE(!answer.refusal);
  const auto position = answer.places.at(0).position;
  CHECK(position.value == records.size());
  const auto after = all_records(*ledger);
  CHECK(std::equal(records.begin(), records.end(), after.begin()));
  CHECK(ledger->root_at(TreeSize(records.size())).value() == root);
  const auto receipt = event::decode_record(after.back()).value();
  CHECK(receipt.event_type().name == "PersonalDataErased");
  CHECK(receipt.stream == stream_of(7));
  CHECK(receipt.source == "eskilstuna/ifoChild");
  CHECK(receipt.appended_by == "archivist");
  CHECK(receipt.fields[receipt.event_type().field("reason")->index].text() == "retentionEnded");
  CHECK(receipt.fields[receipt.event_type().field("events")->index].number() == 2);
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t n = 0; n < 20; ++n)
      CHECK(content_of_stream(*ledger, n) == (n == 7 ? Content::erased : Content::readable));
    const auto verified = ledger->verify({}).value();
    CHECK(verified.problems_found == 0);
    ledger.reset();
    CHECK(problems_in(dir / "ledger").empty());
    ledger = open_ledger(dir / "ledger");
  }
  // Others take more, the erased one does not.
  CHECK(!ledger->append({sealed_event(1000, 8)}, "t").refusal);
  CHECK(refusal_of(ledger->append({sealed_event(1001, 7)}, "t")) == ErrorCode::forbidden);
  CHECK(!append_one(*ledger, child_heard(1002, "c7")).refusal);
}

TEST_CASE("erasing what is not there, what must be kept, or twice, is refused and changes nothing",
          "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  fill(*ledger, 3);
  REQUIRE(!append_one(*ledger, case_opened(100, "plain")).refusal);
  REQUIRE(!ledger->erase(stream_of(1), "retentionEnded", "t").refusal);
  const auto kek = support::content_of(dir / "ledger" / "keys" / "kek");
  const auto head = ledger->head();
  CHECK(refusal_of(ledger->erase("case/unknown", "retentionEnded", "t")) == ErrorCode::not_found);
  CHECK(refusal_of(ledger->erase("case/plain", "retentionEnded", "t")) == ErrorCode::not_found);
  CHECK(refusal_of(ledger->erase("rules/base", "retentionEnded", "t")) == ErrorCode::forbidden);
  for (const char* reason : {"", "not a code", "\"}", "å"})
    CHECK(refusal_of(ledger->erase(stream_of(2), reason, "t")) == ErrorCode::invalid_argument);
  const auto twice = ledger->erase(stream_of(1), "retentionEnded", "t");
  CHECK(refusal_of(twice) == ErrorCode::forbidden);
  CHECK(twice.refusal->error.message.find("position 11") != std::string::npos);
  CHECK(ledger->head().size == head.size);
  CHECK(support::content_of(dir / "ledger" / "keys" / "kek") == kek);
}

TEST_CASE("an event sent again after erasure is recognised, and the answer tells nothing of what was erased",
          "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  fill(*ledger, 1);
  auto guess = case_opened(1, "c0");
  guess.personal = R"("name":"Nils Nilsson")";
  CHECK(refusal_of(append_one(*ledger, guess)) == ErrorCode::id_conflict);
  REQUIRE(!ledger->erase(stream_of(0), "retentionEnded", "t").refusal);
  const auto right = ledger->append({sealed_event(1, 0)}, "t"), wrong = append_one(*ledger, guess);
  for (const auto& answer : {right, wrong}) {
    REQUIRE(!answer.refusal);
    CHECK(answer.places[0].duplicate);
    CHECK(answer.places[0].position.value == 1);
  }
  guess.data = R"("caseId":"c0","caseKind":"adult","subjectPersonId":"p-1","unitId":"eskilstuna/ifoChild",)"
               R"("area":"childWelfare")";
  CHECK(refusal_of(append_one(*ledger, guess)) == ErrorCode::id_conflict);
}

TEST_CASE("after erasure no file of the ledger and no earlier copy of it gives the content back",
          "[ledger]") {
  TempDir dir;
  const auto folder = dir / "ledger";
  {
    auto ledger = open_ledger(folder);
    fill(*ledger, 30);
    ledger.reset();
    ledger = open_ledger(folder);
    fs::copy(folder, dir / "before", fs::copy_options::recursive);
    check_nowhere(folder, "Svensson");
    REQUIRE(!ledger->erase(stream_of(3), "retentionEnded", "t").refusal);
    // While it still runs.
    const auto old_kek = kek_in(dir / "before" / "keys" / "kek");
    check_nowhere(folder, to_hex(old_kek.view()));
    check_nowhere(folder, std::string(as_chars(old_kek.view())));
    check_nowhere(folder, "Svensson");
    CHECK(support::picture_of(folder / "keys").size() == 2);  // kek, signing
  }
  // The copy's wrapped keys are nowhere any more, and do not open under the key of now.
  const auto now = kek_in(folder / "keys" / "kek");
  std::vector<std::pair<std::string, std::string>> wrapped;
  {
    RawStore before(dir / "before");
    for (const auto& stream : before.keys("keys")) wrapped.emplace_back(stream, before.get("keys", stream));
  }
  CHECK(wrapped.size() == 31);
  for (const auto& [stream, value] : wrapped) {
    crypto::Nonce nonce;
    std::copy_n(as_bytes(value).begin() + 1, nonce.size(), nonce.begin());
    CHECK(!crypto::open(now, nonce, as_bytes("stafett data key of " + stream),
                        as_bytes(value).subspan(1 + nonce.size())));
    check_nowhere(folder, value);
  }
  // With the keys of now the copy is not even opened.
  fs::copy(folder / "keys", dir / "before" / "keys",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  Options options;
  options.data = dir / "before";
  auto opened = Ledger::open(options);
  REQUIRE(opened.has_error());
  CHECK(opened.error().code == ErrorCode::corruption);
}

TEST_CASE("whatever a crash leaves of an erasure, the next opening takes back or completes", "[ledger]") {
  TempDir dir;
  const auto folder = dir / "ledger";
  const auto kek = folder / "keys" / "kek", next = folder / "keys" / "kek.next",
             old = folder / "keys" / "kek.old";
  {
    auto ledger = open_ledger(folder);
    fill(*ledger, 10);
  }
  fs::copy(folder, dir / "before", fs::copy_options::recursive);
  const auto first = support::content_of(kek);
  auto check = [&](Content third, const std::string& expected_kek) {
    CHECK(problems_in(folder).empty());
    auto ledger = open_ledger(folder);
    for (std::uint64_t n = 0; n < 10; ++n)
      CHECK(content_of_stream(*ledger, n) == (n == 3 ? third : Content::readable));
    ledger.reset();
    CHECK(support::content_of(kek) == expected_kek);
    CHECK(!fs::exists(next));
    CHECK(!fs::exists(old));
    CHECK(problems_in(folder).empty());
  };
  // Before the batch.
  write_key(next, "stafett key-encryption key 1\n" + std::string(64, 'a') + "\n");
  check(Content::readable, first);
  // After it, with some of the keys wrapped anew.
  {
    auto ledger = open_ledger(folder);
    REQUIRE(!ledger->erase(stream_of(3), "retentionEnded", "t").refusal);
  }
  const auto second = support::content_of(kek);
  CHECK(second != first);
  {
    RawStore before(dir / "before"), now(folder);
    for (std::uint64_t n : {0, 2, 4, 9}) now.put("keys", stream_of(n), before.get("keys", stream_of(n)));
  }
  write_key(kek, first);
  write_key(next, second);
  check(Content::erased, second);
  // While names change: the old key has both names.
  write_key(kek, first);
  write_key(next, second);
  fs::create_hard_link(kek, old);
  check(Content::erased, second);
  // The new key has its name, the old one is not yet destroyed.
  write_key(old, first);
  check(Content::erased, second);
}

TEST_CASE("child: erases stream after stream until it is killed", "[.child-erase]") {
  auto ledger = open_ledger(ChildProcess::argument());
  for (std::uint64_t n = 0; n < 200; ++n) {
    const auto answer = ledger->erase(stream_of(n), "retentionEnded", "child");
    if (answer.refusal && answer.refusal->error.code != ErrorCode::forbidden) std::_Exit(1);
    if (!ChildProcess::report(n)) std::_Exit(2);
  }
  for (;;) ::pause();
}

TEST_CASE("killed at any moment, what was erased stays erased and nothing else is lost", "[ledger]") {
  TempDir dir;
  {
    auto ledger = open_ledger(dir / "ledger");
    fill(*ledger, 200);
  }
  std::mt19937_64 random(support::seed());
  std::uint64_t erased = 0;  // those before have been acknowledged
  for (int round = 0; round < 6; ++round) {
    std::uint64_t report = 0;
    {
      ChildProcess child("[.child-erase]", (dir / "ledger").string());
      REQUIRE(child.read(report));
      for (auto wanted = erased + random() % 12; report < wanted && report < 199;)
        REQUIRE(child.read(report));
      ::usleep(static_cast<useconds_t>(random() % 8000));
      REQUIRE(child.kill());
      do erased = std::max(erased, report + 1);
      while (child.read(report));
    }
    CHECK(problems_in(dir / "ledger").empty());
    auto ledger = open_ledger(dir / "ledger");
    CHECK(support::picture_of(dir / "ledger" / "keys").size() == 2);
    for (std::uint64_t n = 0; n < 200; ++n) {
      const auto content = content_of_stream(*ledger, n);
      if (n < erased) CHECK(content == Content::erased);
      if (n > erased) CHECK(content == Content::readable);
    }
  }
}
