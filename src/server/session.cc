#include "server/session.h"

#include <netinet/tcp.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/stream.h"

namespace stafett::server {
namespace asio = boost::asio;
namespace {

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t frames_a_write = 16;

}  // namespace

Session::Session(Service& service, Socket socket, const asio::ip::tcp::endpoint& peer)
    : service_(service),
      socket_(std::move(socket)),
      peer_(peer.address().to_string() + " port " + std::to_string(peer.port())),
      appender_("tcp:" + peer.address().to_string()),
      frame_share_(service.small_requests),
      out_signal_(socket_.get_executor()),
      room_signal_(socket_.get_executor()),
      question_timer_(socket_.get_executor()),
      watch_timer_(socket_.get_executor(), Time::max()) {}

Session::~Session() = default;

void Session::start() {
  auto self = shared_from_this();
  {
    std::lock_guard lock(service_.sessions_mutex);
    service_.sessions.emplace(this, self);
  }
  boost::system::error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  // A peer that has vanished without a word is found out in two minutes; nothing else would end a
  // subscription to it.
  socket_.set_option(asio::socket_base::keep_alive(true), ignored);
  socket_.set_option(asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPIDLE>(60), ignored);
  socket_.set_option(asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPINTVL>(15), ignored);
  socket_.set_option(asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPCNT>(4), ignored);
  asio::co_spawn(socket_.get_executor(), read(self), asio::detached);
  asio::co_spawn(socket_.get_executor(), write(self), asio::detached);
  asio::co_spawn(socket_.get_executor(), watch(self), asio::detached);
}

void Session::stop() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->stopping_ = true;
    self->drain();
  });
}

void Session::kill() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    if (!self->closed_) self->warn("still busy when the server stopped");
    self->close();
  });
}

void Session::send(Bytes frame) {
  if (closed_) return;
  service_.responses.force(frame.size());
  out_bytes_ += frame.size();
  out_.push_back(std::move(frame));
  out_signal_.notify();
}

// Takes what has gone out off the queue.
void Session::sent(std::size_t bytes) {
  out_sent_ += bytes;
  std::size_t freed = 0;
  while (!out_.empty() && out_sent_ >= out_.front().size()) {
    out_sent_ -= out_.front().size();
    freed += out_.front().size();
    out_.pop_front();
  }
  out_bytes_ -= freed;
  service_.responses.give_back(freed);
  if (freed == 0) return;
  room_signal_.notify();
  resume_parked();
}

asio::awaitable<void> Session::write(Self) {
  while (!closed_) {
    if (out_.empty()) {
      write_deadline_ = Time::max();
      if (draining_ && in_flight_ == 0) break;
      co_await out_signal_.wait();
      continue;
    }
    std::array<asio::const_buffer, frames_a_write> buffers;
    for (std::size_t i = 0; i < std::min(out_.size(), buffers.size()); ++i)
      buffers[i] = asio::buffer(out_[i]);
    buffers[0] += out_sent_;
    write_deadline_ = std::chrono::steady_clock::now() + service_.limits.write_timeout;
    deadline_moved();
    auto [failure, bytes] = co_await socket_.async_write_some(buffers, as_values);
    if (closed_) co_return;
    if (failure) {
      close();
      co_return;
    }
    sent(bytes);
  }
  if (closed_) co_return;
  // Closing with unread bytes in the socket would reset the connection, and the peer might lose our last
  // answer: say that nothing more comes, and give it a moment to close too.
  boost::system::error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  if (read_ended_)
    close();
  else
    set_read_deadline(std::chrono::steady_clock::now() + service_.limits.linger_timeout, nullptr);
}

asio::awaitable<void> Session::watch(Self) {
  while (!closed_) {
    auto deadline = std::min(read_deadline_, write_deadline_);
    if (std::chrono::steady_clock::now() >= deadline) {
      bool writing = write_deadline_ == deadline;
      if (writing) warn("takes nothing of what is to be sent");
      if (!writing && read_reason_) warn(read_reason_);
      close();
      co_return;
    }
    watch_timer_.expires_at(deadline);
    co_await watch_timer_.async_wait(as_values);
  }
}

void Session::set_read_deadline(Time deadline, const char* reason) {
  read_deadline_ = deadline;
  read_reason_ = reason;
  deadline_moved();
}

// A deadline that moves away is noticed when the timer runs out; only one that comes nearer needs it set
// anew.
void Session::deadline_moved() {
  if (std::min(read_deadline_, write_deadline_) < watch_timer_.expiry()) watch_timer_.cancel();
}

void Session::note_rest() {
  if (draining_ || closed_ || frames_.inside_frame()) return;
  if (in_flight_ == 0)
    set_read_deadline(std::chrono::steady_clock::now() + service_.limits.idle_timeout, "idle for too long");
  else
    set_read_deadline(Time::max(), nullptr);
}

void Session::drain() {
  if (closed_) return;
  if (!draining_) {
    draining_ = true;
    set_read_deadline(Time::max(), nullptr);
  }
  auto streams = streams_;
  for (auto& stream : streams)
    if (stream->subscription && (stream->waiting || stopping_)) end_subscription(stream);
  out_signal_.notify();
  room_signal_.notify();
}

void Session::close() {
  if (closed_) return;
  closed_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
  service_.responses.give_back(out_bytes_);
  out_.clear();
  out_bytes_ = 0;
  frame_share_.resize(0);
  frames_ = wire::FrameReader();
  parked_.clear();
  questions_.clear();
  auto streams = streams_;
  for (auto& stream : streams) end(stream);
  question_timer_.cancel();
  out_signal_.notify();
  room_signal_.notify();
  watch_timer_.cancel();
  spdlog::debug("{}: closed after {} requests", peer_, requests_);
  std::lock_guard lock(service_.sessions_mutex);
  service_.sessions.erase(this);
}

void Session::warn(const char* what) const { spdlog::warn("{}: {}", peer_, what); }

}  // namespace stafett::server
