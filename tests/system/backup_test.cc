#include <signal.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "system/running_server.h"

using namespace stafett::system_test;
using stafett::support::content_of;
using stafett::support::picture_of;
using stafett::support::TempDir;
namespace fs = std::filesystem;

namespace {

Finished stafett_alone(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program("stafett"));
  return run(std::move(arguments));
}

// Talks in cases with personal content.
std::string talks(std::uint64_t from, std::uint64_t to) {
  std::string lines;
  for (auto n = from; n < to; ++n) {
    const auto id = "c-" + std::to_string(n % 20);
    lines += n < 20 ? case_opened(n, id) : child_heard(n, id, "said " + std::to_string(n));
  }
  return lines;
}

std::map<std::string, std::string> without_lock(std::map<std::string, std::string> picture) {
  picture.erase("lock");
  return picture;
}

void copy_folder(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

}  // namespace

TEST_CASE(
    "the restore drill: kill, restore, same head, same figures, appends go on, resent events are recognised",
    "[system]") {
  TempDir dir;
  const auto data = (dir / "data").string(), backup = (dir / "backup").string(),
             again = (dir / "again").string();
  const auto kek = (dir / "data" / "keys" / "kek").string(),
             signing = (dir / "data" / "keys" / "signing").string();
  Json head, figures, history;
  std::string note;
  {
    RunningServer server(data);
    server.json({"append"}, content_of(scenario("eskilstuna-2019.jsonl")));
    CHECK(server.json({"backup", backup}).at(0).at("added") == 107);
    server.json({"append"}, talks(0, 100));
    // While appends go on.
    Process appending({program("stafett"), "append", "--json", "--server", server.address()});
    appending.write(talks(100, 150));
    REQUIRE(appending.line());
    server.json({"backup", backup});
    appending.close_input();
    CHECK(appending.wait() == 0);
    const auto last = server.json({"backup", backup}).at(0);
    CHECK(last.at("size") == 257);
    const auto nothing_new = server.json({"backup", backup}).at(0);
    CHECK(nothing_new.at("added") == 0);
    head = server.json({"head"}).at(0);
    note = server.stafett({"head"}).out;
    figures = server.json({"indicators", "--from", "2019-01-01", "--to", "2020-01-01", "--at", "2019-12-31"});
    history = server.json({"history", "case/c-3"});
    server.kill();
  }
  CHECK(stafett_alone({"backup", "--verify", backup}).code == 0);
  stafett::support::write(dir / "head", note);
  const auto restored = stafett_alone({"restore", backup, "--data", again, "--kek", kek, "--signing", signing,
                                       "--known-head", (dir / "head").string(), "--json"});
  INFO(restored.errors);
  REQUIRE(restored.code == 0);
  CHECK(Json::parse(restored.out).at("root") == head.at("root"));
  CHECK(stafett_alone({"verify", "--data", again}).code == 0);
  RunningServer server(again);
  CHECK(server.json({"head"}).at(0) == head);
  auto same = server.json({"indicators", "--from", "2019-01-01", "--to", "2020-01-01", "--at", "2019-12-31"});
  CHECK(Json(same) == figures);
  CHECK(Json(server.json({"history", "case/c-3"})) == history);
  const auto resent = server.json({"append"}, talks(90, 151));
  for (std::size_t i = 0; i < resent.size(); ++i)
    CHECK(resent[i].at("outcome") == (i + 90 < 150 ? "duplicate" : "appended"));
  CHECK(server.json({"verify"}).at(0).at("same") == true);
  CHECK(server.json({"backup", backup}).at(0).at("added") == 1);
}

TEST_CASE("a damaged backup is not restored, and no file of one can be changed unseen", "[system]") {
  TempDir dir;
  const auto backup = dir / "backup", copied = dir / "copy";
  {
    RunningServer server(dir / "data");
    server.json({"append"}, talks(0, 40));
    server.json({"backup", backup.string()});
    server.json({"append"}, talks(40, 60));
    server.json({"backup", backup.string()});
  }
  const auto files = without_lock(picture_of(backup));
  CHECK(files.size() == 5);  // two segments, keys, head, BACKUP
  for (const auto& [name, content] : files) {
    for (int change = 0; change < 12; ++change) {
      copy_folder(backup, copied);
      auto changed = content;
      if (change == 0)
        changed.pop_back();
      else if (change == 1)
        changed += 'x';
      else
        changed[changed.size() * static_cast<std::size_t>(change - 2) / 10] ^= 1;
      if (change == 11)
        fs::remove(copied / name);
      else
        stafett::support::write(copied / name, changed);
      INFO(name << " change " << change);
      const auto verified = stafett_alone({"backup", "--verify", copied.string()});
      CHECK(verified.code == (change == 11 && name == "BACKUP" ? 1 : 4));
      const auto restored = stafett_alone({"restore", copied.string(), "--data", (dir / "again").string()});
      CHECK(restored.code != 0);
      CHECK_FALSE(fs::exists(dir / "again"));
      CHECK_FALSE(fs::exists(dir / "again.restoring"));
    }
  }
  // A backup that was interrupted before its last step: the one before it is whole.
  copy_folder(backup, copied);
  stafett::support::write(copied / "records-00000000000000000061.new", "half");
  stafett::support::write(copied / "keys-99-0", "remains");
  CHECK(stafett_alone({"backup", "--verify", copied.string()}).code == 0);
  RunningServer server(dir / "data");
  CHECK(server.json({"backup", copied.string()}).at(0).at("added") == 0);
  CHECK(without_lock(picture_of(copied)).size() == 5);
}

TEST_CASE(
    "a backup is of one ledger: another, an older or a forked one is refused, and foreign files are left "
    "alone",
    "[system]") {
  TempDir dir;
  const auto backup = (dir / "backup").string();
  {
    RunningServer server(dir / "data");
    server.json({"append"}, talks(0, 30));
    CHECK(server.stop() == 0);
  }
  copy_folder(dir / "data", dir / "fork");
  {
    RunningServer server(dir / "data");
    server.json({"append"}, talks(30, 35));
    server.json({"backup", backup});
    stafett::support::write(dir / "head", server.stafett({"head"}).out);
  }
  const auto before = without_lock(picture_of(backup));
  auto refused = [&](const RunningServer& server, const char* why) {
    const auto run = server.stafett({"backup", backup});
    INFO(run.errors);
    CHECK(run.code != 0);
    CHECK(run.errors.find(why) != std::string::npos);
  };
  {
    RunningServer server(dir / "fork");
    refused(server, "older");
    server.json({"append"}, talks(50, 60));
    refused(server, "does not continue");
    server.json({"backup", (dir / "forked").string()});
  }
  RunningServer other(dir / "other");
  refused(other, "another ledger");
  CHECK(stafett_alone({"backup", "--verify", backup}).code == 0);
  for (const auto& [name, content] : before) CHECK(content_of(dir / "backup" / name) == content);
  stafett::support::write(dir / "mine" / "letter", "");
  fs::create_directories(dir / "mine");
  stafett::support::write(dir / "mine" / "letter", "not a backup");
  CHECK(other.stafett({"backup", (dir / "mine").string()}).code == 1);
  CHECK(picture_of(dir / "mine").size() == 1);
  // Restoring knows what it should reach.
  const auto again = (dir / "again").string();
  const std::vector<std::string> restore{"restore",      (dir / "forked").string(), "--data", again,
                                         "--known-head", (dir / "head").string()};
  CHECK(stafett_alone(restore).errors.find("another history") != std::string::npos);
  CHECK_FALSE(fs::exists(again));
}

TEST_CASE("a backup older than a known head, or without the key, is restored when that is said", "[system]") {
  TempDir dir;
  const auto backup = (dir / "backup").string(), again = (dir / "again").string();
  const auto kek = (dir / "data" / "keys" / "kek").string(),
             signing = (dir / "data" / "keys" / "signing").string();
  std::string before_erasure;
  {
    RunningServer server(dir / "data");
    server.json(
        {"append"},
        talks(0, 40) + R"({"specversion":"1.0","id":")" + event_id(900) +
            R"(","type":"se.stafett.CaseClosed","source":"eskilstuna/ifoChild","subject":"case/c-3",)" +
            R"("time":"2019-05-01T10:00:00+02:00","municipality":"0484","data":{"reason":"other"}})" + "\n");
    server.json({"backup", backup});
    before_erasure = content_of(kek);
    server.json({"erase", "case/c-3", "--reason", "retentionEnded"});
    stafett::support::write(dir / "head", server.stafett({"head"}).out);
  }
  std::vector<std::string> restore{"restore", backup,         "--data",
                                   again,     "--known-head", (dir / "head").string()};
  const auto older = stafett_alone(restore);
  CHECK(older.code == 1);
  CHECK(older.errors.find("older") != std::string::npos);
  CHECK_FALSE(fs::exists(again));
  restore.push_back("--older");
  // The keys of a backup from before an erasure are dead.
  auto with_kek = restore;
  with_kek.insert(with_kek.end(), {"--kek", kek});
  const auto dead = stafett_alone(with_kek);
  CHECK(dead.code == 1);
  CHECK(dead.errors.find("not the key-encryption key") != std::string::npos);
  CHECK_FALSE(fs::exists(again));
  for (const char* option : {"--kek", "--signing"}) {
    auto other_file = restore;
    other_file.insert(other_file.end(), {option, (dir / "head").string()});
    const auto wrong = stafett_alone(other_file);
    CHECK(wrong.code == 1);
    CHECK(wrong.errors.find("another kind of file") != std::string::npos);
    CHECK_FALSE(fs::exists(again));
  }
  const auto bare = stafett_alone(restore);
  INFO(bare.errors);
  REQUIRE(bare.code == 0);
  CHECK(bare.out.find("not readable") != std::string::npos);
  {
    RunningServer server(again);
    // A lost key is not an erasure, of which there would be a receipt.
    const auto unreadable = server.json({"history", "case/c-4"}).at(1);
    CHECK(unreadable.at("unreadable") == true);
    CHECK_FALSE(unreadable.contains("erased"));
    CHECK_FALSE(unreadable.at("data").contains("personal"));
    const auto more = server.stafett({"append", "--json"}, child_heard(502, "c-4", "more"));
    CHECK(more.code == 1);
    CHECK(more.out.find("was not restored") != std::string::npos);
    CHECK(more.out.find("erased") == std::string::npos);
    CHECK(server.json({"append"}, child_heard(503, "c-4")).at(0).at("outcome") == "appended");
    CHECK(server.json({"verify"}).at(0).at("same") == true);
    CHECK(server.stafett({"history", "case/c-4", "--lang", "en"}).out.find("no longer readable") !=
          std::string::npos);
    server.json({"append"}, case_opened(500, "c-new") + child_heard(501, "c-new", "hello"));
    CHECK(server.json({"history", "case/c-new"}).at(1).at("data").at("personal").at("note") == "hello");
  }
  // The next backup brings the keys of now.
  {
    RunningServer server(dir / "data");
    server.json({"backup", backup});
  }
  fs::remove_all(again);
  const auto whole = stafett_alone({"restore", backup, "--data", again, "--kek", kek, "--signing", signing});
  INFO(whole.errors);
  REQUIRE(whole.code == 0);
  RunningServer server(again);
  CHECK(server.json({"history", "case/c-3"}).at(1).at("erased") == true);
  CHECK(server.json({"history", "case/c-4"}).at(1).at("data").at("personal").at("note") == "said 24");
  CHECK(server.json({"verify"}).at(0).at("same") == true);
  CHECK(before_erasure != content_of(kek));
}
