// What stafett-load says of a server that stalls.
#include "driver.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <thread>

#include "stafett/wire/codec.h"
#include "stafett/wire/frame.h"

using namespace stafett;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// Takes one connection and answers every request, the first one only after a while.
class Stalling {
 public:
  explicit Stalling(std::chrono::milliseconds stall)
      : acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
        serving_([this, stall] { serve(stall); }) {}
  ~Stalling() { serving_.join(); }
  std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }

 private:
  void serve(std::chrono::milliseconds stall) {
    tcp::socket socket(io_);
    acceptor_.accept(socket);
    wire::FrameReader reader;
    Bytes input(64 << 10);
    boost::system::error_code error;
    for (;;) {
      const auto n = socket.read_some(asio::buffer(input), error);
      if (error || !reader.feed(BytesView(input).first(n))) return;
      while (auto frame = reader.next()) {
        std::this_thread::sleep_for(std::exchange(stall, {}));
        const auto request = std::get<wire::Request>(wire::decode_request(*frame));
        wire::Response response{request.id, false, wire::EventsAnswer{}};
        if (std::holds_alternative<wire::AppendRequest>(request.body)) response.body = wire::AppendedAnswer{};
        if (std::holds_alternative<wire::CaseRequest>(request.body)) response.body = wire::CaseAnswer{};
        asio::write(socket, asio::buffer(wire::encode(response).value()), error);
      }
    }
  }

  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::thread serving_;
};

load::Plan plan_for(const std::string& port, std::size_t events) {
  load::Plan plan;
  plan.host = "127.0.0.1";
  plan.port = port;
  plan.work.push_back(load::work_of(1, 0, events, 512));
  return plan;
}

}  // namespace

TEST_CASE("with a rate, a stall counts for all that should have been sent meanwhile", "[load]") {
  constexpr std::size_t events = 40;
  Stalling server(std::chrono::milliseconds(400));
  auto plan = plan_for(server.port(), events);
  plan.rate = 1000;  // all are planned within 40 ms, so each waits for most of the stall
  auto outcome = load::drive(plan);
  REQUIRE(outcome);
  auto& o = outcome.value();
  o.appends.sort();
  CHECK(o.errors == 0);
  REQUIRE(o.appends.count() == events);
  CHECK(o.appends.quantile(0) >= 300'000);
}

TEST_CASE("without a rate, requests that were not sent did not wait", "[load]") {
  constexpr std::size_t events = 40;
  Stalling server(std::chrono::milliseconds(400));
  auto outcome = load::drive(plan_for(server.port(), events));
  REQUIRE(outcome);
  auto& o = outcome.value();
  o.appends.sort();
  REQUIRE(o.appends.count() == events);
  CHECK(o.appends.quantile(1) >= 300'000);
  CHECK(o.appends.quantile(0) < o.appends.quantile(1));
}

TEST_CASE("reads are of what has been appended, and as many as their share says", "[load]") {
  Stalling server(std::chrono::milliseconds(0));
  auto plan = plan_for(server.port(), 30);
  plan.read_share = 0.75;
  plan.depth = 50;  // more than there is to append before anything can be read
  auto outcome = load::drive(plan);
  REQUIRE(outcome);
  CHECK(outcome.value().errors == 0);
  CHECK(outcome.value().appends.count() == 30);
  CHECK(outcome.value().reads.count() == 90);
}

TEST_CASE("a connection that is lost leaves its unanswered requests as errors", "[load]") {
  asio::io_context io;
  tcp::acceptor acceptor(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  std::thread closing([&] {
    tcp::socket socket(io);
    acceptor.accept(socket);
  });
  auto outcome = load::drive(plan_for(std::to_string(acceptor.local_endpoint().port()), 10));
  closing.join();
  REQUIRE(outcome);
  CHECK(outcome.value().errors == 10);
  CHECK(outcome.value().appends.count() == 0);
}
