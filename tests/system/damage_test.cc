// Damage to any file of a ledger's folder, seen from outside: the server serves exactly the truth, or says
// what is wrong and where, with exit code 4. Never a signal, never a difference that nobody is told.
#include <signal.h>

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "support/seed.h"
#include "system/running_server.h"

using namespace stafett::system_test;
using stafett::support::TempDir;
namespace fs = std::filesystem;

namespace {

constexpr int damaged = 4;

struct Asked {
  std::vector<std::string> arguments;
  std::string answer;
};

std::string talks(int first, int last) {
  std::string events;
  for (int i = first; i < last; ++i) {
    const auto n = static_cast<std::uint64_t>(10'000 + 2 * i);
    events += case_opened(n, "c-" + std::to_string(i % 4)) +
              child_heard(n + 1, "c-" + std::to_string(i % 4), "said " + std::to_string(i));
  }
  return events;
}

// Every question that is put to the damaged ledgers, with the undamaged one's answers.
std::vector<Asked> ask_everything(const RunningServer& server) {
  std::vector<Asked> asked;
  std::set<std::string> streams;
  for (const auto& event : server.json({"read"})) streams.insert(event.at("subject"));
  asked.push_back({{"read", "--json", "--raw"}, {}});
  for (const auto& stream : streams) asked.push_back({{"history", stream, "--json"}, {}});
  asked.push_back({{"head"}, {}});
  asked.push_back({{"obligations", "--json", "--at", "2019-12-31"}, {}});
  asked.push_back({{"indicators", "--json", "--at", "2019-12-31"}, {}});
  for (auto& question : asked) {
    const auto run = server.stafett(question.arguments);
    INFO(question.arguments.at(0) << ": " << run.errors);
    REQUIRE(run.code == 0);
    question.answer = run.out;
  }
  return asked;
}

std::vector<fs::path> data_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (entry.is_regular_file() && !name.starts_with("LOG") && name != "LOCK" && name != "lock")
      files.push_back(entry.path().lexically_relative(folder));
  }
  std::ranges::sort(files);
  return files;
}

// A ledger that was stopped, or killed under its work: then the latest events are in the database's log
// alone.
struct Ledger {
  fs::path folder;
  std::vector<Asked> asked;
};
Ledger make_ledger(const fs::path& folder, bool killed) {
  Ledger ledger{folder, {}};
  {
    RunningServer server(folder);
    server.json({"append"}, content_of(scenario("eskilstuna-2019.jsonl")));
    server.json({"append"}, talks(0, 40));
    CHECK(server.stop() == 0);
  }
  RunningServer server(folder);
  server.json({"append"}, talks(40, 60));
  ledger.asked = ask_everything(server);
  if (killed)
    server.kill();
  else
    CHECK(server.stop() == 0);
  return ledger;
}

struct Outcome {
  int verified = 0;
  bool served = false;  // it became ready
  int different = 0, refused = 0;
  int ended = 0;  // the server's exit code
};

Outcome outcome_of(const fs::path& folder, const Ledger& ledger) {
  Outcome out;
  const auto verified = run({program("stafett"), "verify", "--data", folder.string()});
  INFO("verify: " << verified.code << " " << verified.out << verified.errors);
  out.verified = verified.code;
  CHECK((out.verified == 0 || out.verified == damaged));
  CHECK((out.verified == 0 || (verified.out + verified.errors).size() > 20));
  Process server({program("stafettd"), "--data", folder.string(), "--listen", "127.0.0.1:0"});
  const auto line = server.line();
  if (!line) {
    out.ended = server.wait();
    INFO("stafettd: " << out.ended << " " << server.errors());
    CHECK(out.ended == damaged);
    CHECK(server.errors().size() > 20);
    CHECK(out.verified == damaged);
    // No number is given where nothing was read.
    if (verified.out.find("cannot be opened") != verified.out.npos)
      CHECK(verified.out.find("events verified") == verified.out.npos);
    CHECK(verified.out.find("0000000000000000") == verified.out.npos);
    return out;
  }
  out.served = true;
  const auto address = line->substr(line->rfind(' ') + 1);
  for (const auto& question : ledger.asked) {
    auto command = question.arguments;
    command.insert(command.begin(), program("stafett"));
    const auto answer = run(command, "", {{"STAFETT_SERVER", address}, {"LC_ALL", "C.UTF-8"}});
    INFO(question.arguments.at(0) << " " << (question.arguments.size() > 1 ? question.arguments[1] : "")
                                  << ": " << answer.code << " " << answer.errors);
    if (answer.code == 0)
      out.different += answer.out != question.answer ? 1 : 0;
    else
      ++out.refused;
    CHECK((answer.code == 0 || answer.code == damaged || answer.code == 3));
    CHECK((answer.code != 0 || answer.out == question.answer));
    if (answer.code == 3) break;  // it has ended
  }
  // Nothing is laid on what is gone: after a refusal the ledger can only be read.
  if (out.refused > 0) {
    const auto appended = run({program("stafett"), "append", "--json"}, case_opened(90'000, "c-after"),
                              {{"STAFETT_SERVER", address}, {"LC_ALL", "C.UTF-8"}});
    INFO("append: " << appended.code << " " << appended.out << appended.errors);
    CHECK((appended.code == damaged || appended.code == 1 || appended.code == 3));
    CHECK(appended.out.find("\"appended\"") == std::string::npos);
  }
  server.signal(SIGTERM);
  out.ended = server.wait();
  INFO("stafettd: " << out.ended << " " << server.errors());
  CHECK((out.ended == 0 || out.ended == damaged));
  if (out.refused > 0) {
    CHECK(out.ended == damaged);
    const std::string told = "can only be read until it is started again";
    const auto errors = server.errors();
    CHECK((errors.find("the database gave up") != errors.npos || errors.find(told) != errors.npos));
    CHECK(errors.find(told, errors.find(told) + 1) == errors.npos);
  }
  // What the server stumbles over, verification finds.
  CHECK((out.refused == 0 || out.verified == damaged));
  return out;
}

}  // namespace

TEST_CASE("whatever is damaged, the server serves the truth or says what is wrong, and verification finds it",
          "[system]") {
  TempDir dir;
  const std::vector<Ledger> ledgers{make_ledger(dir / "stopped", false), make_ledger(dir / "killed", true)};
  std::mt19937_64 random(stafett::support::seed());
  int found = 0, harmless = 0;
  for (const auto& ledger : ledgers) {
    for (const auto& file : data_files(ledger.folder)) {
      const auto size = fs::file_size(ledger.folder / file);
      for (const char* what : {"flipped", "shortened", "missing"}) {
        const auto copy = dir / "copy";
        fs::remove_all(copy);
        fs::copy(ledger.folder, copy, fs::copy_options::recursive);
        const auto at = size > 0 ? random() % size : 0;
        INFO(ledger.folder.filename() << "/" << file << " " << what << " at " << at);
        if (*what == 'm') {
          fs::remove(copy / file);
        } else if (size == 0) {
          continue;
        } else if (*what == 's') {
          fs::resize_file(copy / file, at);
        } else {
          auto content = content_of(copy / file);
          content[at] = static_cast<char>(content[at] ^ (1 << random() % 8));
          stafett::support::write(copy / file, content);
        }
        const auto out = outcome_of(copy, ledger);
        CHECK(out.different == 0);
        ++(out.served && out.refused == 0 ? harmless : found);
      }
    }
  }
  CHECK(found > harmless);
}

// The database looks at a table's properties before it has compared their checksum, and a build with
// assertions, as Debian's, ends the process over some of what it may find there.
TEST_CASE("a damaged block that the database trusts too early is told with its file, and no signal",
          "[system]") {
  TempDir dir;
  const auto ledger = make_ledger(dir / "stopped", false);
  const std::string one_restart("\1\0\0\0", 4);  // how a block of properties ends
  int tried = 0, gave_up = 0;
  for (const auto& file : data_files(ledger.folder)) {
    if (file.extension() != ".sst") continue;
    const auto whole = content_of(ledger.folder / file);
    const auto tail = whole.size() > 2500 ? whole.size() - 2500 : 0;
    for (auto at = whole.find(one_restart, tail); at != whole.npos; at = whole.find(one_restart, at + 1)) {
      auto content = whole;
      content[at + 3] = static_cast<char>(content[at + 3] ^ 0x80);
      stafett::support::write(ledger.folder / file, content);
      const auto verified = run({program("stafett"), "verify", "--data", ledger.folder.string()});
      INFO(file << " at " << at << ": " << verified.out << verified.errors);
      CHECK(verified.code == damaged);
      ++tried;
      if (verified.errors.find("gave up") != std::string::npos) {
        ++gave_up;
        const auto served =
            run({program("stafettd"), "--data", ledger.folder.string(), "--listen", "127.0.0.1:0"});
        for (const auto& ended : {verified, served}) {
          INFO(ended.errors);
          CHECK(ended.code == damaged);
          CHECK(ended.errors.find("corruption") != std::string::npos);
          CHECK(ended.errors.find(file.filename().string()) != std::string::npos);
        }
      }
      stafett::support::write(ledger.folder / file, whole);
    }
  }
  CHECK(tried > 0);
  if (gave_up == 0) WARN("this build of the database never gave up");
}
