#include <catch2/catch.hpp>
#include <regex>

#include "system/running_server.h"

using namespace stafett::system_test;
using stafett::support::TempDir;

namespace {

std::string case_closed(std::uint64_t number, const std::string& case_id) {
  return R"({"specversion":"1.0","id":")" + event_id(number) +
         R"(","type":"se.stafett.CaseClosed","source":"eskilstuna/ifoChild","subject":"case/)" + case_id +
         R"(","time":"2019-04-13T10:00:00+01:00","municipality":"0484","data":{"reason":"concluded"}})" +
         "\n";
}

std::string person(std::uint64_t number, const std::string& id, const std::string& name) {
  return R"({"specversion":"1.0","id":")" + event_id(number) +
         R"(","type":"se.stafett.PersonRegistered","source":"eskilstuna/ifoChild","subject":"person/)" + id +
         R"(","time":"2019-03-13T10:00:00+01:00","municipality":"0484","data":{"personId":")" + id +
         R"(","birthDate":"2010-05-01","birthDatePrecision":"day","personal":{"name":")" + name + "\"}}}\n";
}

}  // namespace

TEST_CASE("erase destroys what may go, refuses what must be kept, and history says when and why",
          "[system]") {
  TempDir dir;
  RunningServer server(dir / "data");
  const std::string secret = "blue marks on the arm";
  server.json({"append"}, case_opened(1, "c-1") + child_heard(2, "c-1", secret) +
                              person(3, "p-1", "Elin Svensson") + case_opened(4, "c-2") +
                              person(5, "p-2", "Nils Nilsson"));
  const auto before = server.json({"head"}).at(0);
  auto refused = [&](std::vector<std::string> arguments, const std::string& why) {
    arguments.insert(arguments.begin(), "erase");
    const auto run = server.stafett(arguments);
    INFO(run.errors);
    CHECK(run.code == 1);
    CHECK(run.errors.find(why) != std::string::npos);
  };
  refused({"case/c-1", "--reason", "retentionEnded"}, "c-1 is open");
  refused({"person/p-1", "--reason", "retentionEnded"}, "is open");
  server.json({"append"}, case_closed(6, "c-1") + case_closed(7, "c-2"));
  refused({"case/c-2", "--reason", "retentionEnded"}, "no personal content");
  refused({"case/c-9", "--reason", "retentionEnded"}, "no such stream");
  refused({"rules/base", "--reason", "retentionEnded"}, "rules");
  refused({"case/c-1", "--reason", "no code"}, "code");
  CHECK(server.stafett({"erase", "case/c-1"}).code == 2);
  const auto receipt = server.json({"erase", "case/c-1", "--reason", "retentionEnded"}).at(0);
  CHECK(receipt.at("position") == 8);
  CHECK(receipt.at("stream") == "case/c-1");
  CHECK(receipt.at("next") == Json{"replaceCopyOfKek", "destroyOldKek", "takeBackup"});
  refused({"case/c-1", "--reason", "retentionEnded"}, "position 8");

  const auto history = server.json({"history", "case/c-1"});
  CHECK(history.size() == 4);
  CHECK(history.at(1).at("erased") == true);
  CHECK_FALSE(history.at(1).at("data").contains("personal"));
  CHECK_FALSE(history.at(0).contains("erased"));
  CHECK(history.at(3).at("type") == "se.stafett.PersonalDataErased");
  const auto shown = server.stafett({"history", "case/c-1", "--lang", "en"}).out;
  CHECK(shown.find("erased on") != std::string::npos);
  CHECK(shown.find("because retentionEnded") != std::string::npos);
  CHECK(server.stafett({"history", "case/c-1", "--lang", "sv"}).out.find("gallrade") != std::string::npos);
  CHECK(server.json({"history", "person/p-2"}).at(0).at("data").at("personal").at("name") == "Nils Nilsson");

  server.json({"append"}, content_of(scenario("eskilstuna-2019.jsonl")));
  // As of a day, whatever the receipt adds afterwards: what was judged, and counted.
  const std::vector<std::vector<std::string>> questions{
      {"obligations", "--json", "--at", "2019-07-13"},
      {"obligations", "--json", "--at", "2019-03-20"},
      {"indicators", "--json", "--by", "unit", "--at", "2019-07-13"}};
  // To the byte, but for the position up to which the ledger was read.
  auto judged = [&](const std::vector<std::string>& question) {
    static const std::regex basis(R"("position":[0-9]+)");
    return std::regex_replace(server.stafett(question).out, basis, "");
  };
  std::vector<std::string> answers;
  for (const auto& question : questions) {
    answers.push_back(judged(question));
    REQUIRE_FALSE(answers.back().empty());
  }
  const auto said = server.stafett({"erase", "person/p-elin", "--reason", "retentionEnded", "--lang", "en"});
  CHECK(said.code == 0);
  for (const char* next : {"replace your copy", "destroy the copy of the old", "take a backup"})
    CHECK(said.out.find(next) != std::string::npos);

  // Proofs and what was judged stay as they were.
  CHECK(server.stafett({"prove", "consistency", std::to_string(before.at("size").get<int>()), "9"}).code ==
        0);
  CHECK(server.json({"verify"}).at(0).at("same") == true);
  for (std::size_t i = 0; i < questions.size(); ++i) CHECK(judged(questions[i]) == answers[i]);
  // What was erased is in no file; nor was it ever, in the clear.
  CHECK(server.stop() == 0);
  for (const auto& [name, content] : stafett::support::picture_of(dir.path()))
    for (const auto* planted : {"blue marks", "Svensson", "Nilsson"}) {
      INFO(name);
      CHECK(content.find(planted) == std::string::npos);
    }
  CHECK(run({program("stafett"), "verify", "--data", (dir / "data").string()}).code == 0);
}
