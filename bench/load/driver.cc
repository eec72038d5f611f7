#include "driver.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>

#include "stafett/wire/codec.h"
#include "stafett/wire/frame.h"

namespace stafett::load {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Steady = std::chrono::steady_clock;

constexpr auto answer = asio::as_tuple(asio::use_awaitable);

class Lane {
 public:
  Lane(tcp::socket socket, const std::vector<Bytes>& frames, std::size_t depth, Outcome& out)
      : socket_(std::move(socket)), frames_(frames), depth_(depth), out_(out), sent_at_(frames.size()) {}

  // Fills the window, then sends one more for each answer; what is due together goes out in one write.
  asio::awaitable<void> run() {
    Bytes input(64 << 10);
    wire::FrameReader reader;
    while (answered_ < frames_.size()) {
      output_.clear();
      auto now = Steady::now();
      while (sent_ < frames_.size() && sent_ - answered_ < depth_) {
        output_.insert(output_.end(), frames_[sent_].begin(), frames_[sent_].end());
        sent_at_[sent_++] = now;
      }
      if (!output_.empty()) {
        auto buffer = asio::buffer(output_);
        auto [error, n] = co_await asio::async_write(socket_, buffer, answer);
        if (error) break;
      }
      auto space = asio::buffer(input);
      auto [error, n] = co_await socket_.async_read_some(space, answer);
      if (error || !reader.feed(BytesView(input).first(n))) break;
      while (auto frame = reader.next()) take(*frame);
    }
    out_.errors += frames_.size() - answered_;
  }

 private:
  void take(BytesView frame) {
    auto response = wire::decode_response(frame);
    bool appended = response && std::holds_alternative<wire::AppendedAnswer>(response.value().body);
    if (!appended) ++out_.errors;
    if (!response || response.value().id >= sent_) return;
    auto waited = Steady::now() - sent_at_[response.value().id];
    out_.latencies_us.push_back(
        static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(waited).count()));
    ++answered_;
  }

  tcp::socket socket_;
  const std::vector<Bytes>& frames_;
  std::size_t depth_;
  Outcome& out_;
  std::vector<Steady::time_point> sent_at_;
  Bytes output_;
  std::size_t sent_ = 0, answered_ = 0;
};

}  // namespace

Result<Outcome> drive(const Plan& plan) {
  asio::io_context io;
  tcp::resolver resolver(io);
  boost::system::error_code error;
  auto found = resolver.resolve(plan.host, plan.port, error);
  if (error) return fail(ErrorCode::unavailable, "cannot resolve " + plan.host + ": " + error.message());
  Outcome out;
  std::vector<std::unique_ptr<Lane>> lanes;
  for (auto& frames : plan.frames) {
    tcp::socket socket(io);
    asio::connect(socket, found, error);
    if (error)
      return fail(ErrorCode::unavailable,
                  "cannot connect to " + plan.host + ":" + plan.port + ": " + error.message());
    socket.set_option(tcp::no_delay(true), error);
    lanes.push_back(std::make_unique<Lane>(std::move(socket), frames, plan.depth, out));
  }
  auto begin = Steady::now();
  for (auto& lane : lanes) asio::co_spawn(io, lane->run(), asio::detached);
  io.run();
  out.seconds = std::chrono::duration<double>(Steady::now() - begin).count();
  return out;
}

}  // namespace stafett::load
