#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "stafett/client/append_pipeline.h"
#include "stafett/event/new_event.h"
#include "stafett/wire/codec.h"
#include "stafett/wire/frame.h"
#include "system/raw_socket.h"
#include "system/running_server.h"

using namespace stafett;
using namespace stafett::system_test;

namespace {

bool has(const char* tool) {
  if (run({"sh", "-c", std::string("command -v ") + tool}).code == 0) return true;
  std::cerr << "skipped: there is no `" << tool << "` here\n";
  return false;
}

const std::string schema_file = STAFETT_SOURCE_DIR "/schema/protocol.capnp";

// A client that knows nothing of ours but the published schema: text in, the stock tool encodes it, bash
// sends it, the stock tool decodes what comes back.
std::string ask(const RunningServer& server, const std::string& request) {
  auto encoded = run({"capnp", "encode", schema_file, "Request"}, request);
  INFO(encoded.errors);
  REQUIRE(encoded.code == 0);
  support::TempDir dir;
  support::write(dir / "request", encoded.out);
  auto sent =
      run({"bash", "-c",
           "exec 3<>/dev/tcp/" + server.host() + "/" + server.port() + " && cat '" +
               (dir / "request").string() + "' >&3 && capnp decode " + schema_file + " Response <&3"});
  INFO(sent.errors);
  REQUIRE(sent.code == 0);
  return sent.out;
}

}  // namespace

TEST_CASE("a client made of the published schema and stock tools can append and read", "[system]") {
  if (!has("capnp") || !has("bash")) return;
  support::TempDir dir;
  // The stock tool decodes until the stream ends: the server ends it soon.
  RunningServer server(dir / "data", {"--idle-timeout", "1"});
  auto appended = ask(server, R"((id = 7, append = (events = [(
      event = (id = 0x"6f1c1a526d0e4f5e9d6b0b6a5a0c0e01", source = "eskilstuna/ifoChild", subject = "case/c-elin",
               time = 1552467600000000, municipality = "0484", actor = "s-204", actorRole = childCaseworker,
               data = (caseOpened = (caseId = "c-elin", caseKind = child, subjectPersonId = "p-elin",
                                     unitId = "eskilstuna/ifoChild", area = childWelfare))),
      expected = (none = void))])))");
  CHECK(appended.find("id = 7") != std::string::npos);
  CHECK(appended.find("position = 1") != std::string::npos);
  CHECK(server.json({"history", "case/c-elin"}).at(0).at("data").at("subjectPersonId") == "p-elin");
  CHECK(ask(server, "(id = 8, head = void)").find("size = 2") != std::string::npos);
  CHECK(ask(server, R"((id = 9, case = (caseId = "c-elin")))").find("p-elin") != std::string::npos);
  CHECK(ask(server, R"((id = 10, history = (stream = "case/none")))").find("notFound") != std::string::npos);
  CHECK(ask(server, "(id = 11, inclusion = (position = 1))").find("hashes") != std::string::npos);
}

TEST_CASE("hundreds of requests of all kinds on one connection are each answered once, whatever the order",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  RawSocket socket(server.address());
  wire::AsOf now;
  std::vector<wire::RequestBody> kinds{wire::HeadRequest{},
                                       wire::CaseRequest{"c4-iris", now},
                                       wire::ObligationsRequest{"", "", "", {}, now},
                                       wire::ReadRequest{Position(3), 4},
                                       wire::HistoryRequest{"case/c4-iris", Version(0), {}},
                                       wire::IndicatorsRequest{{"I04"}, {}, {}, {}, now, false},
                                       wire::RulesRequest{now},
                                       wire::InclusionRequest{Position(5), {}},
                                       wire::HistoryRequest{"case/none", Version(0), {}}};
  constexpr std::uint64_t requests = 360;
  Bytes all;
  for (std::uint64_t id = 1; id <= requests; ++id) {
    auto frame = wire::encode(wire::Request{id, kinds[id % kinds.size()]}).value();
    all.insert(all.end(), frame.begin(), frame.end());
  }
  std::thread sender([&] {
    socket.send(all);
    socket.end_sending();
  });
  auto bytes = socket.until_closed();
  sender.join();
  wire::FrameReader reader;
  REQUIRE(reader.feed(bytes));
  std::multiset<std::uint64_t> answered;
  while (auto frame = reader.next()) {
    auto response = wire::decode_response(*frame).value();
    bool failed = std::holds_alternative<wire::Failure>(response.body);
    CHECK(failed == (response.id % kinds.size() == kinds.size() - 1));
    if (!response.more) answered.insert(response.id);
  }
  REQUIRE(answered.size() == requests);
  for (std::uint64_t id = 1; id <= requests; ++id) CHECK(answered.count(id) == 1);
}

TEST_CASE("appends of one connection enter the ledger in the order sent", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto connection = server.connect();
  std::mutex mutex;
  std::map<std::uint64_t, std::uint64_t> positions;
  auto answered = [&](std::uint64_t number, client::AppendOutcome outcome) {
    std::lock_guard lock(mutex);
    if (auto* appended = std::get_if<wire::AppendedAnswer>(&outcome))
      positions[number] = appended->places.at(0).position.value;
  };
  {
    client::AppendPipeline pipeline(connection, {}, answered);
    for (std::uint64_t i = 0; i < 3000; ++i) {
      auto line = i == 0 ? case_opened(0, "c-1") : child_heard(i, "c-1");
      REQUIRE(pipeline.submit({event::parse_json(line).value()}));
    }
    REQUIRE(pipeline.finish());
  }
  REQUIRE(positions.size() == 3000);
  for (auto& [number, position] : positions)
    if (position != number + 1) FAIL("append " << number << " is at " << position);
}

TEST_CASE("a subscription ends with cancel, and its connection goes on", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  RawSocket socket(server.address());
  for (auto& request : std::vector<wire::Request>{{1, wire::FollowRequest{Position(0)}},
                                                  {2, wire::CancelRequest{1}},
                                                  {3, wire::CancelRequest{99}},
                                                  {4, wire::HeadRequest{}}})
    socket.send(wire::encode(request).value());
  socket.end_sending();
  auto bytes = socket.until_closed();
  wire::FrameReader reader;
  REQUIRE(reader.feed(bytes));
  std::set<std::uint64_t> ended;
  while (auto frame = reader.next()) {
    auto response = wire::decode_response(*frame).value();
    if (!response.more) CHECK(ended.insert(response.id).second);
  }
  CHECK(ended == std::set<std::uint64_t>{1, 2, 3, 4});
}

TEST_CASE("an answer in many parts can be put together by whoever follows `more`", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  std::string input;
  for (std::uint64_t i = 0; i < 1200; ++i) input += case_opened(i, "c-" + std::to_string(i));
  server.json({"append"}, input);
  auto connection = server.connect();
  std::size_t parts = 0, obligations = 0;
  auto each = [&](wire::ResponseBody body) -> Result<void> {
    ++parts;
    obligations += std::get<wire::ObligationsAnswer>(body).obligations.size();
    return ok();
  };
  REQUIRE(connection.call(wire::ObligationsRequest{}, each));
  CHECK(parts > 1);
  CHECK(obligations == connection.obligations({}).value().obligations.size());
  CHECK(obligations >= 1200);
}
