#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/session.h"
#include "server/stream.h"

namespace stafett::server {
namespace asio = boost::asio;
namespace {

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 64u << 10;
constexpr auto room_retry = std::chrono::milliseconds(50);

}  // namespace

// No buffer waits with an idle connection: it waits until there is something to read, and then reads into a
// buffer of the thread.
asio::awaitable<void> Session::read(Self) {
  note_rest();
  while (!closed_) {
    auto [failure] = co_await socket_.async_wait(Socket::wait_read, as_values);
    if (closed_) co_return;
    if (failure) {
      close();
      co_return;
    }
    if (!read_available()) co_return;
    co_await take_requests();
    co_await room_for_frame();
    if (unreadable_) drain();
  }
}

// Reads once. False when there will be nothing more to read.
bool Session::read_available() {
  thread_local std::array<std::byte, read_size> buffer;
  boost::system::error_code failure;
  std::size_t bytes = socket_.read_some(asio::buffer(buffer), failure);
  if (failure == asio::error::would_block || failure == asio::error::try_again) return true;
  if (failure == asio::error::eof) {
    read_ended_ = true;
    if (frames_.inside_frame() && !draining_) warn("closed in the middle of a frame");
    bool said_all = draining_ && in_flight_ == 0 && out_.empty();
    if (said_all)
      close();
    else
      drain();
    return false;
  }
  if (failure) {
    close();
    return false;
  }
  if (draining_) return true;  // read and dropped, so that the peer can end well
  auto fed = frames_.feed(BytesView(buffer).first(bytes));
  if (!fed) {
    unreadable_ = true;
    warn(fed.error().code == ErrorCode::too_large ? "claims a frame over the limits"
                                                  : "sends what is no frame");
  } else if (frames_.inside_frame() && frames_.begun() != frames_begun_) {
    set_read_deadline(std::chrono::steady_clock::now() + service_.limits.frame_timeout,
                      "a frame was not complete in time");
  }
  frames_begun_ = frames_.begun();
  return true;
}

// Takes the memory of a frame that is coming in out of what all connections share, waiting a little for room.
asio::awaitable<void> Session::room_for_frame() {
  if (draining_ || closed_ || unreadable_) co_return;
  auto until = std::chrono::steady_clock::now() + service_.limits.room_timeout;
  asio::steady_timer pause(socket_.get_executor());
  while (!frame_share_.resize(service_.requests(frames_.footprint()), frames_.footprint())) {
    if (std::chrono::steady_clock::now() >= until) {
      warn("turned away: requests fill the memory set aside for them");
      refuse_for_lack_of_room(0);
      unreadable_ = true;
      co_return;
    }
    pause.expires_after(room_retry);
    co_await pause.async_wait(as_values);
    if (closed_) co_return;
  }
}

bool Session::may_take_request() const {
  // When all answers together fill their memory, this connection too has to take its answers before it asks
  // on.
  constexpr std::size_t answers_max_when_full = 4096;
  auto& limits = service_.limits;
  return in_flight_ < limits.requests_in_flight_max && out_bytes_ < limits.response_bytes_max &&
         (out_bytes_ < answers_max_when_full || !service_.responses.exhausted());
}

asio::awaitable<void> Session::take_requests() {
  while (auto frame = frames_.next()) {
    while (!draining_ && !closed_ && !may_take_request()) {
      set_read_deadline(Time::max(), nullptr);
      co_await room_signal_.wait();
      // We have not been reading: the frame that has begun gets its time again.
      if (!draining_ && !closed_ && frames_.inside_frame())
        set_read_deadline(std::chrono::steady_clock::now() + service_.limits.frame_timeout,
                          "a frame was not complete in time");
    }
    if (draining_ || closed_) co_return;
    accept(std::move(*frame));
  }
  note_rest();
}

void Session::accept(Bytes frame) {
  auto decoded = wire::decode_request(frame);
  std::size_t frame_size = frame.size();
  frame = Bytes();
  if (auto* request = std::get_if<wire::Request>(&decoded)) {
    ++requests_;
    carry_out(std::move(*request), frame_size);
    return;
  }
  auto& rejected = std::get<wire::Rejected>(decoded);
  if (rejected.id) answer(*rejected.id, std::move(rejected.failure));
  if (rejected.understood) return;
  warn("sends a frame that is no request");
  drain();
}

}  // namespace stafett::server
