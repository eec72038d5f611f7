#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <thread>

#include "stafett/wire/codec.h"
#include "stafett/wire/frame.h"
#include "support/seed.h"
#include "system/raw_socket.h"
#include "system/running_server.h"

using namespace stafett;
using namespace stafett::system_test;

namespace {

Bytes request(std::uint64_t id, wire::RequestBody body) {
  return wire::encode(wire::Request{id, std::move(body)}).value();
}

std::vector<wire::Response> responses_in(const Bytes& bytes) {
  wire::FrameReader reader;
  REQUIRE(reader.feed(bytes));
  std::vector<wire::Response> out;
  while (auto frame = reader.next()) out.push_back(wire::decode_response(*frame).value());
  return out;
}

std::size_t resident_bytes(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/statm");
  std::size_t total = 0, resident = 0;
  in >> total >> resident;
  return resident * 4096;
}

// The most that was ever resident, in bytes.
std::size_t resident_bytes_peak(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6)) << 10;
  return 0;
}

// What the process has worked so far, in clock ticks of its own: it does not depend on what else the machine
// does.
std::size_t work_done(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string field;
  std::size_t user = 0, kernel = 0;
  for (int i = 1; i <= 13; ++i) in >> field;
  in >> user >> kernel;
  return user + kernel;
}

// A ledger whose whole list of obligations is long: thousands of children's cases, with all their duties.
std::string many_cases(std::uint64_t count) {
  std::string out;
  for (std::uint64_t i = 1; i <= count; ++i) out += case_opened(i, "c-" + std::to_string(i));
  return out;
}

// So many questions for the whole list at once, from somebody who will not read the answers.
RawSocket asking_and_not_reading(const RunningServer& server, std::uint64_t count) {
  Bytes all;
  for (std::uint64_t id = 1; id <= count; ++id) {
    auto one = request(id, wire::ObligationsRequest{});
    all.insert(all.end(), one.begin(), one.end());
  }
  RawSocket out(server.address());
  REQUIRE(out.send(all));
  return out;
}

// What memory may grow by where it should not grow. AddressSanitizer keeps what was freed for a while.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t growth_max = 1u << 30;
#else
constexpr std::size_t growth_max = 64u << 20;
#endif

// A connection that works all the while: proof that others are not disturbed.
void check_undisturbed(client::Connection& witness) {
  auto head = witness.head();
  REQUIRE(head);
  CHECK(head.value().size.value >= 1);
}

Bytes claiming(std::uint32_t segments, std::uint32_t words) {
  Bytes out;
  for (std::uint32_t n : {segments - 1, words})
    for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::byte>(n >> (8 * i)));
  return out;
}

}  // namespace

TEST_CASE("garbage closes its own connection and disturbs nobody", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto witness = server.connect();
  std::mt19937_64 random(support::seed());
  for (int round = 0; round < 200; ++round) {
    RawSocket socket(server.address());
    Bytes bytes(1 + random() % 3000);
    for (auto& b : bytes) b = static_cast<std::byte>(random());
    socket.send(bytes);
    socket.end_sending();
    socket.until_closed();
  }
  check_undisturbed(witness);
  CHECK(server.stop() == 0);
}

TEST_CASE("a claim over the limits closes the connection at once, without an allocation", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto witness = server.connect();
  auto before = resident_bytes(server.process().pid());
  for (int round = 0; round < 100; ++round) {
    for (auto& claim : {claiming(1, (16u << 20) / 8), claiming(0x10000, 1), claiming(0, 0)}) {
      RawSocket socket(server.address());
      socket.send(claim);
      CHECK(socket.until_closed().empty());
    }
  }
  CHECK(resident_bytes(server.process().pid()) < before + growth_max);
  check_undisturbed(witness);
}

TEST_CASE("claims of 16 MiB that are never filled cost next to nothing", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto witness = server.connect();
  auto before = resident_bytes(server.process().pid());
  std::vector<std::unique_ptr<RawSocket>> sockets;
  for (int i = 0; i < 500; ++i) {
    sockets.push_back(std::make_unique<RawSocket>(server.address()));
    sockets.back()->send(claiming(1, (16u << 20) / 8 - 1));
  }
  check_undisturbed(witness);
  CHECK(resident_bytes(server.process().pid()) < before + growth_max);
}

TEST_CASE("a frame that is no request is answered where its id can be read, and the connection is closed",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto witness = server.connect();
  auto frame = request(42, wire::HeadRequest{});
  frame.at(3 * 8) = std::byte{99};  // a kind that does not exist
  RawSocket socket(server.address());
  Bytes both = request(41, wire::HeadRequest{});
  both.insert(both.end(), frame.begin(), frame.end());
  auto never = request(43, wire::HeadRequest{});
  both.insert(both.end(), never.begin(), never.end());
  REQUIRE(socket.send(both));
  auto answers = responses_in(socket.until_closed());
  REQUIRE(answers.size() == 2);
  std::sort(answers.begin(), answers.end(), [](auto& a, auto& b) { return a.id < b.id; });
  CHECK(std::holds_alternative<wire::HeadAnswer>(answers[0].body));
  CHECK(answers[1].id == 42);
  REQUIRE(std::holds_alternative<wire::Failure>(answers[1].body));
  CHECK(std::get<wire::Failure>(answers[1].body).error.code == ErrorCode::invalid_argument);
  check_undisturbed(witness);
}

TEST_CASE("mutated requests are answered or refused, and the server lives", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto witness = server.connect();
  std::mt19937_64 random(support::seed());
  auto event = event::parse_json(case_opened(1, "c-1")).value();
  std::vector<Bytes> frames{
      request(1, wire::AppendRequest{{event}}),
      request(2, wire::ReadRequest{Position(0), 5}),
      request(3, wire::ObligationsRequest{"c-1", "x/y", "R01", {wire::State::open}, {}}),
      request(4, wire::IndicatorsRequest{{"I04"}, {}, {}, {"unit"}, {}, false}),
      request(5, wire::AdoptRequest{"{\"id\":\"x\"}"}),
      request(6, wire::InclusionRequest{Position(0), {}})};
  for (int round = 0; round < 300; ++round) {
    RawSocket socket(server.address());
    for (int i = 0; i < 5; ++i) {
      auto frame = frames[random() % frames.size()];
      for (auto flips = random() % 4; flips > 0; --flips)
        frame[8 + random() % (frame.size() - 8)] ^= static_cast<std::byte>(1 << (random() % 8));
      if (!socket.send(frame)) break;
    }
    if (round % 3 == 0) {
      socket.abort();
    } else {
      socket.end_sending();
      socket.until_closed();
    }
  }
  check_undisturbed(witness);
  CHECK(server.stop() == 0);
}

TEST_CASE("whatever is asked before the client closes its side is still answered", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  RawSocket socket(server.address());
  for (std::uint64_t id = 1; id <= 50; ++id)
    REQUIRE(socket.send(request(id, wire::ReadRequest{Position(0), {}})));
  REQUIRE(socket.send(request(51, wire::FollowRequest{Position(100)})));
  socket.end_sending();
  std::map<std::uint64_t, std::size_t> events;
  std::size_t ended = 0;
  for (auto& response : responses_in(socket.until_closed())) {
    events[response.id] += std::get<wire::EventsAnswer>(response.body).events.size();
    if (!response.more) ++ended;
  }
  CHECK(ended == 51);
  for (std::uint64_t id = 1; id <= 50; ++id) CHECK(events[id] == 107);
  CHECK(events[51] == 7);
}

TEST_CASE("a frame that drips, and a connection that idles, are closed in time; a subscriber is not idle",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data", {"--frame-timeout", "1", "--idle-timeout", "2"});
  Process subscriber({program("stafett"), "read", "--follow", "--json", "--server", server.address()});
  REQUIRE(subscriber.line());
  RawSocket idle(server.address());
  RawSocket dripping(server.address());
  std::thread drip([&] {
    // Always a byte more, never the whole.
    auto frame = request(1, wire::AdoptRequest{std::string(100'000, 'x')});
    for (std::size_t i = 0; i < frame.size(); ++i) {
      if (!dripping.send(BytesView(frame).subspan(i, 1))) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  CHECK(dripping.until_closed().empty());
  drip.join();
  CHECK(idle.until_closed().empty());
  server.json({"append"}, case_opened(1, "c-1"));
  auto line = subscriber.line();
  REQUIRE(line);
  CHECK(Json::parse(*line).at("id") == event_id(1));
}

TEST_CASE("a client that takes nothing is closed, and holds nobody up meanwhile", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data", {"--write-timeout", "1"});
  std::string input = case_opened(1, "c-1");
  for (std::uint64_t i = 2; i < 2000; ++i) input += child_heard(i, "c-1", std::string(3000, 'n'));
  server.json({"append"}, input);
  auto witness = server.connect();
  RawSocket slow(server.address());
  for (std::uint64_t id = 1; id <= 20; ++id)
    REQUIRE(slow.send(request(id, wire::ReadRequest{Position(0), {}})));
  check_undisturbed(witness);
  auto before = resident_bytes(server.process().pid());
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  CHECK(resident_bytes(server.process().pid()) < before + growth_max);
  // All of it would be 20 times the ledger; the kernel's buffers hold less than that.
  while (server.process().errors().find("takes nothing") == std::string::npos) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    check_undisturbed(witness);
  }
  CHECK(slow.until_closed().size() < 20u * input.size());
}

TEST_CASE("the connection after the last is told unavailable, and the stafett of it says so", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data", {"--max-connections", "3"});
  auto first = server.connect();
  auto second = server.connect();
  {
    auto third = server.connect();
    check_undisturbed(third);
    check_undisturbed(second);
    auto turned_away = server.stafett({"head"});
    CHECK(turned_away.code == 3);
    CHECK(turned_away.errors.find("unavailable") != std::string::npos);
    RawSocket raw(server.address());
    auto answers = responses_in(raw.until_closed());
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].id == 0);
    CHECK(std::get<wire::Failure>(answers[0].body).error.code == ErrorCode::unavailable);
  }
  // There is room again as soon as the server has seen the third go.
  Finished welcome;
  for (int i = 0; i < 200 && (welcome = server.stafett({"head"})).code != 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(welcome.code == 0);
  check_undisturbed(first);
}

TEST_CASE("a thousand idle connections cost less than 16 KiB each", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  auto witness = server.connect();
  check_undisturbed(witness);
  auto before = resident_bytes(server.process().pid());
  std::vector<std::unique_ptr<RawSocket>> sockets;
  for (int i = 0; i < 900; ++i) {
    sockets.push_back(std::make_unique<RawSocket>(server.address()));
    sockets.back()->send(request(1, wire::HeadRequest{}));
  }
  check_undisturbed(witness);
  CHECK(resident_bytes(server.process().pid()) < before + 900 * (16u << 10) + growth_max / 8);
}

TEST_CASE("one connection that asks for the ledger a thousand times and takes nothing stops no other reader",
          "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  std::string input = case_opened(1, "c-1");
  for (std::uint64_t i = 2; i < 500; ++i) input += child_heard(i, "c-1", std::string(3000, 'n'));
  server.json({"append"}, input);
  auto before = resident_bytes_peak(server.process().pid());
  Bytes all;
  for (std::uint64_t id = 1; id <= 1000; ++id) {
    auto one = request(id, wire::ReadRequest{Position(0), {}});
    all.insert(all.end(), one.begin(), one.end());
  }
  RawSocket greedy(server.address());
  REQUIRE(greedy.send(all));
  for (int i = 0; i < 10; ++i) {
    auto witness = server.connect();
    check_undisturbed(witness);
    CHECK(server.json({"read", "--limit", "1"}).size() == 1);
    CHECK(server.json({"case", "c-1"}).size() == 1);
  }
  // They did not have to wait until the greedy one had been given up.
  CHECK(server.process().errors().find("takes nothing") == std::string::npos);
  CHECK(resident_bytes_peak(server.process().pid()) < before + growth_max);
}

TEST_CASE("answers that are asked for at once and not taken are not held at once", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append"}, many_cases(3000));
  CHECK(server.json({"case", "c-1"}).size() == 1);
  auto before = resident_bytes_peak(server.process().pid());
  std::vector<RawSocket> greedy;
  for (int i = 0; i < 3; ++i) greedy.push_back(asking_and_not_reading(server, 40));
  // Each innocent question queues behind what was taken up before it.
  for (int i = 0; i < 5; ++i) CHECK(server.json({"case", "c-2"}).size() == 1);
  INFO("it grew by " << ((resident_bytes_peak(server.process().pid()) - before) >> 20) << " MiB");
  CHECK(resident_bytes_peak(server.process().pid()) < before + 2 * growth_max);
}

TEST_CASE("questions of a connection that has gone are not worked on", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append"}, many_cases(3000));
  auto pid = server.process().pid();
  CHECK(server.json({"case", "c-1"}).size() == 1);
  auto begin = work_done(pid);
  constexpr std::size_t measured = 4;
  for (std::size_t i = 0; i < measured; ++i) server.json({"obligations"});
  auto one = std::max<std::size_t>((work_done(pid) - begin) / measured, 1);
  begin = work_done(pid);
  auto gone = asking_and_not_reading(server, 200);
  while (work_done(pid) < begin + one) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  gone.abort();
  for (int i = 0; i < 5; ++i) CHECK(server.json({"case", "c-2"}).size() == 1);
  INFO("one question: " << one << " ticks, all after it: " << work_done(pid) - begin);
  CHECK(work_done(pid) < begin + 25 * one);
}

TEST_CASE("questions that one connection asks at once are all answered, one after the other", "[system]") {
  support::TempDir dir;
  RunningServer server(dir / "data");
  server.json({"append", scenario("eskilstuna-2019.jsonl")});
  auto one = server.json({"obligations"}).size();
  RawSocket socket(server.address());
  for (std::uint64_t id = 1; id <= 30; ++id) REQUIRE(socket.send(request(id, wire::ObligationsRequest{})));
  REQUIRE(socket.send(request(31, wire::RulesRequest{})));
  socket.end_sending();
  std::uint64_t ended = 0;
  std::size_t items = 0;
  for (auto& response : responses_in(socket.until_closed())) {
    // In the order asked: the next begins when the one before is complete.
    CHECK(response.id == ended + 1);
    if (!response.more) ++ended;
    if (auto* part = std::get_if<wire::ObligationsAnswer>(&response.body)) items += part->obligations.size();
  }
  CHECK(ended == 31);
  CHECK(items == 30 * one);
}
