#include <signal.h>

#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "system/running_server.h"

using namespace stafett;
using namespace stafett::system_test;

namespace {

// The last name in a path: "data.concernKinds[1]" and "concernKinds" are the same to the expectations.
std::string last_name(std::string field) {
  if (field.find("personal") != std::string::npos) return "personal";
  field = field.substr(0, field.find('['));
  auto dot = field.rfind('.');
  return dot == std::string::npos ? field : field.substr(dot + 1);
}

std::vector<std::string> lines_of(const std::string& text) { return Finished{0, text, ""}.lines(); }

}  // namespace

TEST_CASE("the scenario is appended, and its events are read back as they were sent", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto sent = parsed(lines_of(content_of(scenario("eskilstuna-2019.jsonl"))));
  auto answers = server.json({"append", scenario("eskilstuna-2019.jsonl")});
  REQUIRE(answers.size() == sent.size());
  auto read = server.json({"read"});
  REQUIRE(read.size() == sent.size() + 1);
  CHECK(read[0].at("type") == "se.stafett.RuleSetAdopted");
  for (std::size_t i = 0; i < sent.size(); ++i) {
    CHECK(answers[i].at("id") == sent[i].at("id"));
    CHECK(answers[i].at("outcome") == "appended");
    CHECK(answers[i].at("position") == i + 1);
    CHECK(answers[i].at("subject") == sent[i].at("subject"));
    auto& back = read[i + 1];
    CHECK(back.at("position") == i + 1);
    CHECK(back.at("streamversion") == answers[i].at("streamversion"));
    CHECK(back.at("appendedby") == "tcp:127.0.0.1");
    for (auto& [key, value] : sent[i].items()) {
      INFO(key);
      CHECK(back.at(key) == value);
    }
  }
}

TEST_CASE("what is sent again is acknowledged with its old place, also by a new server", "[system]") {
  support::TempDir dir;
  std::vector<Json> first;
  {
    RunningServer server(dir / "data");
    first = server.json({"append", scenario("eskilstuna-2019.jsonl")});
    REQUIRE(server.stop() == 0);
  }
  RunningServer server(dir / "data");
  auto again = server.json({"append", scenario("eskilstuna-2019.jsonl")});
  REQUIRE(again.size() == first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(again[i].at("outcome") == "duplicate");
    CHECK(again[i].at("position") == first[i].at("position"));
    CHECK(again[i].at("streamversion") == first[i].at("streamversion"));
  }
  CHECK(server.json({"head"}).at(0).at("size") == first.size() + 1);
}

TEST_CASE("nobody but the ledger can say that it has erased or frozen something", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto event = [](const char* id, const char* type, const char* stream, const char* data) {
    return std::string(R"({"specversion":"1.0","id":"6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e0)") + id +
           R"(","type":"se.stafett.)" + type + R"(","source":"eskilstuna/ifoChild","subject":")" + stream +
           R"(","time":"2019-03-13T10:00:00+01:00","municipality":"0484","data":)" + data + "}\n";
  };
  auto forged = event("1", "PersonalDataErased", "person/p-elin",
                      R"({"reason":"retentionEnded","erasedAt":"2019-03-13T10:00:00+01:00","events":1})") +
                event("2", "StatisticsFrozen", "unit/eskilstuna/ifoChild",
                      R"({"periodFrom":"2018-01-01","periodTo":"2019-01-01",)"
                      R"("judgedAt":"2019-03-13T10:00:00+01:00","size":"1","ruleSet":"base","threshold":5,)"
                      R"("figures":[]})");
  auto finished = server.stafett({"append", "--json"}, forged);
  CHECK(finished.code == 1);
  auto answers = parsed(finished.lines());
  REQUIRE(answers.size() == 2);
  for (auto& answer : answers) {
    CHECK(answer.at("outcome") == "refused");
    CHECK(answer.at("code") == "forbidden");
    CHECK(answer.at("field") == "type");
  }
  CHECK(server.json({"head"}).at(0).at("size") == 1);
}

TEST_CASE("malformed events are refused one by one with code and field, and nothing of them is stored",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  // The one that is wrong only in its time belongs to a case that exists: else that would be to blame first.
  server.json({"append"}, case_opened(1, "bad-1"));
  auto before = server.json({"head"});
  auto finished = server.stafett({"append", "--json", scenario("bad-events.jsonl")});
  CHECK(finished.code == 1);
  auto answers = parsed(finished.lines());
  auto expected = Json::parse(content_of(scenario("bad-events.expected.json")));
  REQUIRE(answers.size() == expected.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    INFO(expected[i].dump() << "\n" << answers[i].dump());
    CHECK(answers[i].at("outcome") == "refused");
    CHECK(answers[i].at("code") == expected[i].at("code"));
    CHECK(answers[i].at("id") == expected[i].at("id"));
    REQUIRE(answers[i].contains("field"));
    CHECK(last_name(answers[i].at("field")) == last_name(expected[i].at("field")));
  }
  CHECK(server.json({"head"}) == before);
}

TEST_CASE("a malformed line does not keep the lines around it out", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto finished =
      server.stafett({"append", "--json"}, case_opened(1, "c-1") + "\n  \n{\"id\":\"x\",\n[1,2\n" +
                                               child_heard(2, "c-1") + child_heard(3, "c-none"));
  CHECK(finished.code == 1);
  auto answers = parsed(finished.lines());
  REQUIRE(answers.size() == 5);
  CHECK(answers[0].at("outcome") == "appended");
  CHECK(answers[1].at("outcome") == "refused");
  CHECK(answers[1].at("id") == "x");
  CHECK(answers[2].at("id").is_null());
  CHECK(answers[3].at("outcome") == "appended");
  CHECK(answers[3].at("streamversion") == 1);
  CHECK(answers[4].at("code") == "not_found");
  CHECK(answers[4].at("field") == "subject");
}

TEST_CASE("a line of more than 4 MiB is refused as too large, and the next is appended", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto huge = child_heard(2, "c-1", std::string(5u << 20, 'x'));
  auto finished = server.stafett({"append", "--json"}, case_opened(1, "c-1") + huge + child_heard(3, "c-1"));
  CHECK(finished.code == 1);
  auto answers = parsed(finished.lines());
  REQUIRE(answers.size() == 3);
  CHECK(answers[1].at("code") == "too_large");
  CHECK(answers[1].at("id") == event_id(2));
  CHECK(answers[2].at("outcome") == "appended");
}

TEST_CASE("an id that is taken by other content is refused", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append"}, case_opened(1, "c-1") + child_heard(2, "c-1", "as it was"));
  auto other = server.stafett({"append", "--json"}, child_heard(2, "c-1", "as it was not"));
  CHECK(other.code == 1);
  CHECK(parsed(other.lines()).at(0).at("code") == "id_conflict");
  CHECK(server.json({"append"}, child_heard(2, "c-1", "as it was")).at(0).at("outcome") == "duplicate");
}

TEST_CASE("an expected version that is behind is refused with the actual one", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append"}, case_opened(1, "c-1") + child_heard(2, "c-1"));
  auto expecting = Json::parse(child_heard(3, "c-1"));
  expecting["expectedversion"] = 0;
  auto behind = server.stafett({"append", "--json"}, expecting.dump() + "\n");
  CHECK(behind.code == 1);
  auto answer = parsed(behind.lines()).at(0);
  CHECK(answer.at("code") == "version_conflict");
  CHECK(answer.at("actualversion") == 1);
  expecting["expectedversion"] = 1;
  CHECK(server.json({"append"}, expecting.dump() + "\n").at(0).at("streamversion") == 2);
  auto opening = Json::parse(case_opened(4, "c-1"));
  opening["expectedversion"] = "none";
  CHECK(server.stafett({"append", "--json"}, opening.dump() + "\n").code == 1);
}

TEST_CASE("answers are written while standard input is still open", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  Process append({program("stafett"), "append", "--json", "--server", server.address()});
  for (std::uint64_t i = 0; i < 5; ++i) {
    REQUIRE(append.write(i == 0 ? case_opened(0, "c-1") : child_heard(i, "c-1")));
    auto line = append.line();
    REQUIRE(line);
    CHECK(Json::parse(*line).at("position") == i + 1);
  }
  append.close_input();
  CHECK(append.wait() == 0);
}

TEST_CASE("an atomic append that holds a bad event leaves nothing, and names the culprit's line",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto before = server.json({"head"});
  SECTION("refused by the ledger") {
    auto finished =
        server.stafett({"append", "--json", "--atomic"},
                       case_opened(1, "c-1") + "\n" + child_heard(2, "c-none") + child_heard(3, "c-1"));
    CHECK(finished.code == 1);
    auto answers = parsed(finished.lines());
    REQUIRE(answers.size() == 3);
    for (auto& answer : answers) {
      CHECK(answer.at("outcome") == "refused");
      CHECK(answer.at("code") == "not_found");
    }
    CHECK(answers[1].at("field") == "subject");
    CHECK(answers[0].at("message").get<std::string>().find("line 3") != std::string::npos);
    CHECK_FALSE(answers[0].contains("field"));
  }
  SECTION("refused here") {
    auto finished = server.stafett({"append", "--json", "--atomic"}, case_opened(1, "c-1") + "{}\n");
    CHECK(finished.code == 1);
    auto answers = parsed(finished.lines());
    REQUIRE(answers.size() == 2);
    CHECK(answers[0].at("code") == "invalid_argument");
    CHECK(answers[0].at("message").get<std::string>().find("line 2") != std::string::npos);
  }
  CHECK(server.json({"head"}) == before);
}

TEST_CASE("an atomic append may hold events of several streams that rest on each other", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  std::string input;
  for (std::uint64_t i = 0; i < 300; ++i)
    input +=
        i % 2 == 0 ? case_opened(i, "c-" + std::to_string(i)) : child_heard(i, "c-" + std::to_string(i - 1));
  auto answers = server.json({"append", "--atomic"}, input);
  REQUIRE(answers.size() == 300);
  for (std::size_t i = 0; i < answers.size(); ++i) CHECK(answers[i].at("position") == i + 1);
  auto again = server.json({"append", "--atomic"}, input);
  for (std::size_t i = 0; i < again.size(); ++i) CHECK(again[i].at("outcome") == "duplicate");
}

TEST_CASE("order within each stream is kept when thousands are on their way", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  constexpr std::uint64_t cases = 7, events = 6000;
  std::string input;
  for (std::uint64_t i = 0; i < events; ++i) {
    auto name = "c-" + std::to_string(i % cases);
    input += i < cases ? case_opened(i, name) : child_heard(i, name);
  }
  auto answers = server.json({"append"}, input);
  REQUIRE(answers.size() == events);
  for (std::uint64_t i = 0; i < events; ++i) {
    if (answers[i].at("id") != event_id(i)) FAIL("answers are not in the order of the lines");
    if (answers[i].at("streamversion") != i / cases) FAIL("line " << i << " is out of order in its stream");
  }
}

TEST_CASE("when the server is not there, append and questions end with 3", "[system]") {
  CHECK(run({program("stafett"), "append", "--server", "127.0.0.1:1"}, case_opened(1, "c-1")).code == 3);
  CHECK(run({program("stafett"), "read", "--server", "127.0.0.1:1"}).code == 3);
  CHECK(run({program("stafett"), "read", "--from", "x"}).code == 2);
}

TEST_CASE(
    "when the server is killed, lines without an answer get none, append ends with 3, and what was "
    "acknowledged "
    "is there",
    "[system]") {
  support::TempDir dir;
  std::set<std::string> acknowledged;
  std::uint64_t sent = 0;
  for (int round = 0; round < 4; ++round) {
    RunningServer server(dir / "data");
    // Everything acknowledged before is still there, with its place.
    auto size = server.json({"head"}).at(0).at("size").get<std::uint64_t>();
    CHECK(size >= acknowledged.size() + 1);
    std::set<std::string> stored;
    for (auto& event : server.json({"read"})) stored.insert(event.at("id").get<std::string>());
    for (auto& id : acknowledged)
      if (!stored.contains(id)) FAIL("acknowledged and gone: " << id);

    Process append({program("stafett"), "append", "--json", "--server", server.address()});
    auto name = "c-" + std::to_string(round);
    std::thread feeder([&] {
      if (!append.write(case_opened(sent++, name))) return;
      for (int i = 0; i < 20'000; ++i)
        if (!append.write(child_heard(sent++, name))) return;
      append.close_input();
    });
    std::size_t seen = 0, kill_after = 300 + 400 * static_cast<std::size_t>(round);
    while (auto line = append.line()) {
      auto answer = Json::parse(*line);
      if (answer.at("outcome") == "appended") acknowledged.insert(answer.at("id").get<std::string>());
      if (++seen == kill_after) server.kill();
    }
    CHECK(append.wait() == 3);
    feeder.join();
    CHECK(seen < 20'001);
  }
  RunningServer server(dir / "data");
  std::set<std::string> stored;
  for (auto& event : server.json({"read"})) stored.insert(event.at("id").get<std::string>());
  for (auto& id : acknowledged)
    if (!stored.contains(id)) FAIL("acknowledged and gone: " << id);
}
