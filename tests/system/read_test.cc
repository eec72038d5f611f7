#include <signal.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "stafett/client/append_pipeline.h"
#include "stafett/event/new_event.h"
#include "system/running_server.h"

using namespace stafett;
using namespace stafett::system_test;

namespace {

std::string many(std::uint64_t first, std::uint64_t count, const std::string& case_id, std::size_t note = 0) {
  std::string out;
  for (std::uint64_t i = first; i < first + count; ++i)
    out += i == first ? case_opened(i, case_id) : child_heard(i, case_id, std::string(note, 'n'));
  return out;
}

}  // namespace

TEST_CASE("what people wrote is shown with its control characters escaped, and given as it is in JSON",
          "[system]") {
  stafett::support::TempDir dir;
  RunningServer server(dir / "data");
  const std::string note = "heard\x1b[2J\a\nposition 7 \x7f\u009b5m å – ok";
  server.json({"append"}, case_opened(1, "c-1") + child_heard(2, "c-1", note));
  CHECK(server.json({"history", "case/c-1"}).at(1).at("data").at("personal").at("note") == note);
  const std::vector<std::vector<std::string>> questions{
      {"history", "case/c-1"}, {"read"}, {"case", "c-1"}, {"case", "c-1", "--why"}, {"timeline", "c-1"}};
  for (const auto& question : questions) {
    const auto shown = server.stafett(question);
    INFO(question.front() << ": " << shown.out << shown.errors);
    CHECK(shown.code == 0);
    for (const char c : shown.out)
      if (c != '\n') CHECK((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
    CHECK(shown.out.find("\xc2\x9b") == std::string::npos);
    CHECK(shown.out.find("\nposition 7") == std::string::npos);
  }
  CHECK(server.stafett({"history", "case/c-1"})
            .out.find("heard\\x1b[2J\\x07\\nposition 7 \\x7f\\x9b5m å – ok") != std::string::npos);
}

TEST_CASE("history shows one stream in order, with personal content, up to what was known", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append"}, case_opened(1, "c-1") + case_opened(2, "c-2") +
                              child_heard(3, "c-1", "Hon vill stanna hos mormor."));
  auto history = server.json({"history", "case/c-1"});
  REQUIRE(history.size() == 2);
  CHECK(history[0].at("streamversion") == 0);
  CHECK(history[1].at("streamversion") == 1);
  CHECK(history[1].at("data").at("personal").at("note") == "Hon vill stanna hos mormor.");
  CHECK(server.json({"history", "case/c-1", "--known-at", history[0].at("recordedat")}).size() >= 1);
  CHECK(server.json({"history", "case/c-1", "--known-at", "2019-01-01"}).empty());
  CHECK(server.stafett({"history", "case/none"}).code == 1);
  auto page = server.stafett({"history", "case/c-1", "--lang", "sv"});
  CHECK(page.code == 0);
  CHECK(page.out.find("Hon vill stanna hos mormor.") != std::string::npos);
}

TEST_CASE("read pages through answers of many parts without loss", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append"}, many(1, 3000, "c-1", 1000));
  auto all = server.json({"read"});
  REQUIRE(all.size() == 3001);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].at("position") != i) FAIL("gap at " << i);
  auto some = server.json({"read", "--from", "2500", "--limit", "300"});
  REQUIRE(some.size() == 300);
  CHECK(some.front().at("position") == 2500);
  CHECK(some.back().at("position") == 2799);
  CHECK(server.json({"read", "--from", "99999"}).empty());
  CHECK(server.json({"read", "--limit", "0"}).empty());
  CHECK(server.json({"history", "case/c-1"}).size() == 3000);
}

TEST_CASE("raw records and leaf hashes recompute the root by the definition of RFC 9162", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append"}, many(1, 13, "c-1"));
  auto head = server.json({"head"}).at(0);
  for (auto& event : server.json({"read", "--raw"})) {
    CHECK(event.at("leafhash").get<std::string>().size() == 64);
    CHECK(event.at("record").get<std::string>().size() % 4 == 0);
  }
  CHECK(head.at("size") == 14);
  CHECK(server.json({"prove", "inclusion", "3"}).at(0).at("hashes").size() == 4);
  CHECK(server.json({"prove", "consistency", "5", "14"}).at(0).contains("hashes"));
  CHECK(server.json({"prove", "consistency", "14", "14"}).at(0).at("hashes").empty());
  CHECK(server.stafett({"prove", "inclusion", "14"}).code == 1);
  CHECK(server.stafett({"prove", "inclusion", "3", "--size", "15"}).code == 1);
  CHECK(server.stafett({"prove", "consistency", "9", "5"}).code == 1);
}

TEST_CASE("a subscriber sees every event once, in order, across the seam from the store to the live ledger",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append"}, many(0, 500, "c-0"));
  constexpr std::size_t writers = 3, events_a_writer = 1500, total = 501 + writers * events_a_writer;
  std::vector<std::thread> threads;
  for (std::size_t w = 0; w < writers; ++w)
    threads.emplace_back([&server, w] {
      Process append({program("stafett"), "append", "--json", "--server", server.address()});
      std::thread reader([&] { append.rest(); });
      append.write(many(1000 + w * events_a_writer, events_a_writer, "w-" + std::to_string(w)));
      append.close_input();
      reader.join();
      append.wait();
    });
  std::vector<std::thread> followers;
  std::atomic<std::size_t> whole = 0;
  for (std::uint64_t from : {0, 0, 250, 600})
    followers.emplace_back([&server, &whole, from] {
      auto connection = client::Connection::open(server.address());
      if (!connection) return;
      std::uint64_t next = from;
      auto each = [&](wire::StoredEvent stored) -> Result<void> {
        auto event = event::decode_record(stored.record);
        if (!event || event.value().position.value != next)
          return fail(ErrorCode::corruption, "gap or duplicate");
        if (++next == total) return fail(ErrorCode::not_found, "all");
        return ok();
      };
      auto ended = connection.value().events(wire::FollowRequest{Position(from)}, each);
      if (!ended && ended.error().message == "all") ++whole;
    });
  for (auto& t : threads) t.join();
  for (auto& f : followers) f.join();
  CHECK(whole == 4);
}

TEST_CASE("read --follow shows events as they come", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append"}, case_opened(1, "c-1"));
  Process follow(
      {program("stafett"), "read", "--follow", "--from", "1", "--json", "--server", server.address()});
  CHECK(Json::parse(follow.line().value()).at("id") == event_id(1));
  for (std::uint64_t i = 2; i < 6; ++i) {
    server.json({"append"}, child_heard(i, "c-1"));
    CHECK(Json::parse(follow.line().value()).at("id") == event_id(i));
  }
  CHECK(server.stop() == 0);
  CHECK(follow.wait() == 3);
}

TEST_CASE("questions about cases, obligations, indicators and rules are answered for the scenario",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto iris = server.json({"case", "c4-iris", "--at", "2019-07-13"}).at(0);
  CHECK(iris == server.json({"case", "case/c4-iris", "--at", "2019-07-13"}).at(0));
  CHECK(iris.at("kind") == "child");
  CHECK(iris.at("subject") == "p-iris");
  CHECK(iris.at("children").at(0).at("id") == "p-iris");
  CHECK(iris.at("position") == 106);
  auto obligations = server.json({"obligations", "--case", "c4-iris", "--at", "2019-07-13"});
  REQUIRE_FALSE(obligations.empty());
  auto of_the_case = iris.at("obligations").get<std::vector<Json>>();
  for (auto* list : {&obligations, &of_the_case}) std::sort(list->begin(), list->end());
  CHECK(obligations == of_the_case);
  for (auto& o : server.json({"obligations", "--state", "overdue,breached", "--at", "2019-03-20"}))
    CHECK((o.at("state") == "overdue" || o.at("state") == "breached"));
  auto figures =
      server.json({"indicators", "I04", "--from", "2019-01-01", "--to", "2020-01-01", "--at", "2019-12-31"});
  REQUIRE(figures.size() == 1);
  auto counted = server.json(
      {"indicators", "I04", "--from", "2019-01-01", "--to", "2020-01-01", "--at", "2019-12-31", "--open"});
  CHECK(Json(counted.size()) == figures[0].at("denominator"));
  CHECK_FALSE(server.json({"rules"}).empty());
  CHECK(server.json({"rebuild"}).at(0).at("same") == true);
  CHECK(server.stafett({"case", "none"}).code == 1);
  CHECK(server.stafett({"indicators", "I99"}).code == 1);
  CHECK(server.stafett({"indicators", "--by", "shoeSize"}).code == 1);
  CHECK(server.stafett({"case", "c4-iris", "--at-least", "4000"}).code == 1);
  for (auto& page : {server.stafett({"case", "c4-iris"}), server.stafett({"obligations", "--lang", "sv"}),
                     server.stafett({"indicators"}), server.stafett({"rules"})})
    CHECK(page.code == 0);
}

TEST_CASE("a question asked after an acknowledgement takes it in account", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  for (std::uint64_t i = 1; i < 30; ++i) {
    auto place = server.json({"append"}, case_opened(i, "c-" + std::to_string(i))).at(0);
    auto answer = server.json({"case", "c-" + std::to_string(i)}).at(0);
    CHECK(answer.at("position") >= place.at("position"));
  }
}

TEST_CASE("a rule set is checked before it is adopted, and its adoption is an event", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  support::write(dir / "wrong.json", R"({"rules":[{"id":"R01","when":"the moon is full"}]})");
  auto refused = server.stafett({"rules", "adopt", (dir / "wrong.json").string()});
  CHECK(refused.code == 1);
  CHECK_FALSE(refused.errors.empty());
  CHECK(server.json({"head"}).at(0).at("size") == 1);
  auto adopted = server.json({"rules", "adopt", STAFETT_SOURCE_DIR "/schema/rules/ekero.json"}).at(0);
  CHECK(adopted.at("outcome") == "appended");
  CHECK(adopted.at("position") == 1);
  auto event = server.json({"read", "--from", "1"}).at(0);
  CHECK(event.at("type") == "se.stafett.RuleSetAdopted");
  CHECK(event.at("id") == adopted.at("id"));
  CHECK(event.at("subject") == adopted.at("subject"));
  CHECK(server.stafett({"rules", "adopt", (dir / "missing.json").string()}).code == 2);
}

TEST_CASE("the same rule set is adopted once; with another text it is adopted anew", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  const std::string base = STAFETT_SOURCE_DIR "/schema/rules/base.json";
  auto first = server.json({"read", "--limit", "1"}).at(0);
  auto again = server.json({"rules", "adopt", base}).at(0);
  CHECK(again.at("outcome") == "duplicate");
  CHECK(again.at("position") == 0);
  CHECK(again.at("id") == first.at("id"));
  CHECK(again.at("streamversion") == first.at("streamversion"));
  auto said = server.stafett({"rules", "adopt", base, "--lang", "en"});
  CHECK(said.code == 0);
  CHECK(said.out == "already adopted, at 0\n");
  CHECK(server.json({"head"}).at(0).at("size") == 1);

  const auto other = (dir / "base.json").string();
  support::write(other, content_of(base) + "\n");
  CHECK(server.json({"rules", "adopt", other}).at(0).at("outcome") == "appended");
  // Now that is the newest, and the first text is another.
  CHECK(server.json({"rules", "adopt", other}).at(0).at("position") == 1);
  CHECK(server.json({"rules", "adopt", base}).at(0).at("position") == 2);
  CHECK(server.json({"head"}).at(0).at("size") == 3);
}
