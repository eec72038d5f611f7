#include "stafett/ledger/verify.h"

#include <algorithm>

#include "ledger/open_ledger.h"
#include "storage/keys.h"
#include "support/raw_store.h"

using namespace stafett;
using namespace stafett::ledger;
using storage::number_key;
using support::RawStore;
using support::TempDir;
namespace fs = std::filesystem;

namespace {

// Position 0 adopts rules; position p is event p of case p mod 5, every other with personal content.
constexpr std::uint64_t events = 700;

std::string stream_of(std::uint64_t p) { return "case/c" + std::to_string(p % 5); }

void fill(Ledger& ledger, std::uint64_t from, std::uint64_t to) {
  for (auto p = from; p < to;) {
    std::vector<event::NewEvent> lot;
    for (; lot.size() < 30 && p < to; ++p) {
      auto draft = support::case_opened(p, "c" + std::to_string(p % 5));
      if (p % 2) draft.personal = R"("name":"Elin Svensson")";
      lot.push_back(draft.build());
    }
    REQUIRE(!ledger.append(std::move(lot), "tester").refusal);
  }
}

void make_ledger(const fs::path& path, std::size_t generation = 0) {
  const storage::TestHooks hooks{.index_generation_events = generation};
  Options options;
  options.data = path;
  options.hooks = &hooks;
  auto ledger = open_ledger(std::move(options));
  fill(*ledger, 1, events);
  REQUIRE(ledger->close().has_value());
}

std::vector<Problem> problems_in(const fs::path& path) {
  auto verified = verify_folder(path, {});
  if (!verified) FAIL(verified.error().message);
  return std::move(verified.value().problems);
}

void copy_of(const fs::path& whole, const fs::path& copy) {
  fs::remove_all(copy);
  fs::copy(whole, copy, fs::copy_options::recursive);
}

std::string text(const std::vector<Problem>& problems) {
  std::string out;
  for (const auto& p : problems)
    out += p.where + " " + (p.position ? std::to_string(p.position->value) : "-") + ": " + p.what + "\n";
  return out;
}

}  // namespace

TEST_CASE(
    "a whole ledger is verified, while it runs and when it is stopped, and verification changes nothing",
    "[ledger]") {
  TempDir dir;
  for (const std::size_t generation : {0, 100}) {
    const auto path = dir / ("ledger" + std::to_string(generation));
    const storage::TestHooks hooks{.index_generation_events = generation};
    Options options;
    options.data = path;
    options.hooks = &hooks;
    {
      auto ledger = open_ledger(options);
      for (std::uint64_t p = 1; p < events; p += 233) {
        fill(*ledger, p, std::min(p + 233, events));
        std::uint64_t done = 0, total = 0;
        VerifyOptions verify;
        verify.progress = [&](std::uint64_t d, std::uint64_t t) {
          CHECK(d >= done);
          done = d;
          total = t;
          return true;
        };
        auto verified = ledger->verify(verify).value();
        CHECK(text(verified.problems).empty());
        CHECK(verified.head.size == ledger->head().size);
        CHECK(verified.head.root == ledger->head().root);
        CHECK(done == total);
        CHECK(total == ledger->head().size.value);
      }
      CHECK(verify_folder(path, {}).error().code == ErrorCode::unavailable);
      fs::remove_all(dir / "killed");
      fs::copy(path, dir / "killed", fs::copy_options::recursive);
    }
    for (const auto& folder : {path, dir / "killed"}) {
      const auto before = support::picture_of(folder);
      auto verified = verify_folder(folder, {}).value();
      CHECK(text(verified.problems).empty());
      CHECK(verified.head.size.value == events);
      CHECK(support::picture_of(folder) == before);
    }
  }
  CHECK(verify_folder(dir / "nothing", {}).error().code == ErrorCode::not_found);
}

TEST_CASE("verification ends when it is told to", "[ledger]") {
  TempDir dir;
  make_ledger(dir / "ledger");
  VerifyOptions options;
  options.progress = [](std::uint64_t, std::uint64_t) { return false; };
  CHECK(verify_folder(dir / "ledger", options).error().code == ErrorCode::unavailable);
}

TEST_CASE("whoever writes into the store behind the ledger's back is found out, with the place", "[ledger]") {
  TempDir dir;
  make_ledger(dir / "whole");
  struct Change {
    std::string name;
    std::function<void(RawStore&)> make;
    std::string where, what;
    std::optional<std::uint64_t> position;
  };
  auto flip = [](RawStore& store, const std::string& column, const std::string& key, std::size_t at) {
    auto value = store.get(column, key);
    value[at] = static_cast<char>(value[at] ^ 1);
    store.put(column, key, value);
  };
  const auto id_of = [](std::uint64_t p) {
    return storage::id_key(event::parse_event_id(support::event_id(p)).value());
  };
  const auto version_of = [](std::uint64_t p) {
    return storage::stream_key(stream_of(p), Version(p < 5 ? 0 : p / 5 - (p % 5 == 0 ? 1 : 0)));
  };
  const std::vector<Change> changes{
      {"a record's time of recording", [&](RawStore& s) { flip(s, "records", number_key(300), 32); }, "node",
       "hash", 300},
      {"a record's municipality",
       [&](RawStore& s) {
         auto record = s.get("records", number_key(301));
         record.replace(record.find("0484"), 4, "0125");
         s.put("records", number_key(301), record);
       },
       "node", "hash", 301},
      {"a record exchanged with another",
       [&](RawStore& s) { s.put("records", number_key(10), s.get("records", number_key(11))); }, "record",
       "position 11", 10},
      {"a record removed", [&](RawStore& s) { s.remove("records", number_key(77)); }, "record", "missing",
       77},
      {"the last record removed", [&](RawStore& s) { s.remove("records", number_key(events - 1)); }, "record",
       "missing", events - 1},
      {"a record that is none", [&](RawStore& s) { s.put("records", number_key(5), "12345678"); }, "record",
       "structure", 5},
      {"a leaf's hash", [&](RawStore& s) { flip(s, "nodes", number_key(0), 3); }, "node", "hash", 0},
      {"an inner node", [&](RawStore& s) { flip(s, "nodes", number_key(1), 40); }, "node",
       "level 1 and index 0", 1},
      {"a value of nodes removed", [&](RawStore& s) { s.remove("nodes", number_key(31)); }, "node",
       "position 31 to 60 are missing", 31},
      {"a value of nodes cut short",
       [&](RawStore& s) {
         auto value = s.get("nodes", number_key(31));
         s.put("nodes", number_key(31), value.substr(0, value.size() - 32));
       },
       "node", "missing", 60},
      {"nodes beyond the end", [&](RawStore& s) { s.put("nodes", number_key(9999), std::string(32, 'x')); },
       "node", "belong to no event", 9999},
      {"the root", [&](RawStore& s) { flip(s, "default", "head", 20); }, "node", "root", {}},
      {"an id removed", [&](RawStore& s) { s.remove("index", id_of(42)); }, "index", "not found", 42},
      {"an id led elsewhere", [&](RawStore& s) { s.put("index", id_of(42), number_key(43)); }, "index",
       "position 43", 42},
      {"an id that no event has", [&](RawStore& s) { s.put("index", id_of(999999), number_key(43)); },
       "index", "another event", 43},
      {"an id beyond the ledger", [&](RawStore& s) { s.put("index", id_of(999999), number_key(events)); },
       "index", "beyond", events},
      {"a version removed", [&](RawStore& s) { s.remove("index", version_of(42)); }, "index", "goes from",
       47},
      {"a stream's last version removed", [&](RawStore& s) { s.remove("index", version_of(699)); }, "index",
       "not found", 699},
      {"a version led elsewhere", [&](RawStore& s) { s.put("index", version_of(42), number_key(40)); },
       "index", "position 40", 42},
      {"a version too many",
       [&](RawStore& s) { s.put("index", storage::stream_key("case/c2", Version(140)), number_key(698)); },
       "index", "another event", 698},
      {"a stream that does not exist",
       [&](RawStore& s) { s.put("index", storage::stream_key("case/x", Version(0)), number_key(3)); },
       "index", "case/x", 3},
      {"rubbish in the index",
       [&](RawStore& s) { s.put("index", "zz", "zz"); },
       "index",
       "none can have",
       {}},
      {"a data key removed", [&](RawStore& s) { s.remove("keys", "case/c3"); }, "key", "case/c3", 3},
      {"a data key changed", [&](RawStore& s) { flip(s, "keys", "case/c3", 20); }, "key", "case/c3", {}},
      {"a data key given to another stream",
       [&](RawStore& s) { s.put("keys", "case/c3", s.get("keys", "case/c2")); },
       "key",
       "case/c3",
       {}},
      {"a data key destroyed without a receipt",
       [&](RawStore& s) { s.put("keys", "case/c3", std::string(1, '\0')); },
       "key",
       "no receipt",
       {}},
  };
  for (const auto& change : changes) {
    INFO(change.name);
    copy_of(dir / "whole", dir / "copy");
    {
      RawStore store(dir / "copy");
      change.make(store);
    }
    const auto before = support::picture_of(dir / "copy");
    const auto problems = problems_in(dir / "copy");
    INFO(text(problems));
    CHECK(std::ranges::any_of(problems, [&](const Problem& p) {
      return p.where == change.where && p.what.find(change.what) != p.what.npos &&
             (!change.position || p.position == Position(*change.position));
    }));
    CHECK(problems.size() <= 6);
    CHECK(support::picture_of(dir / "copy") == before);
    for (const auto& problem : problems) CHECK(problem.what.find("Elin") == std::string::npos);
  }
}

TEST_CASE("all problems are found, up to a number", "[ledger]") {
  TempDir dir;
  make_ledger(dir / "ledger");
  {
    RawStore store(dir / "ledger");
    for (std::uint64_t p = 100; p < 140; ++p) store.put("records", number_key(p), "12345678");
    store.remove("keys", "case/c1");
    store.put("default", "head", store.get("default", "head").replace(10, 1, "?"));
  }
  VerifyOptions options;
  auto verified = verify_folder(dir / "ledger", options).value();
  CHECK(verified.problems_found == verified.problems.size());
  for (std::uint64_t p = 100; p < 140; ++p)
    CHECK(std::ranges::count_if(verified.problems, [&](const Problem& problem) {
            return problem.where == "record" && problem.position == Position(p);
          }) == 1);
  CHECK(text(verified.problems).find("case/c1") != std::string::npos);
  CHECK(text(verified.problems).find("root") != std::string::npos);
  options.problems_max = 7;
  verified = verify_folder(dir / "ledger", options).value();
  CHECK(verified.problems.size() == 7);
  CHECK(verified.problems_found > 7);
}
