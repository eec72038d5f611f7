#include "server/listener.h"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "server/session.h"
#include "stafett/core/assert.h"

namespace stafett::server {
namespace asio = boost::asio;
using asio::ip::tcp;
namespace {

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);
constexpr auto pause_without_sockets = std::chrono::milliseconds(100);
constexpr std::size_t turning_away_max = 256;  // told why; the rest is just closed

Bytes full_frame() {
  Error error{
      ErrorCode::unavailable, "the server has as many connections as it takes: try again later", {}, {}};
  auto frame = wire::encode(wire::Response{0, false, wire::Failure{std::move(error), {}}});
  STAFETT_ASSERT(frame.has_value());
  return std::move(frame).value();
}

}  // namespace

Result<tcp::endpoint> resolve(asio::io_context& io, const std::string& listen) {
  auto malformed = [&] {
    return fail(ErrorCode::invalid_argument, "not an address of the form HOST:PORT: " + listen, "listen");
  };
  auto colon = listen.rfind(':');
  if (colon == std::string::npos) return malformed();
  auto host = listen.substr(0, colon);
  auto port = listen.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host.empty() || port.empty() || port.size() > 5 ||
      port.find_first_not_of("0123456789") != std::string::npos || std::stoul(port) > 65535)
    return malformed();
  boost::system::error_code failure;
  auto number = static_cast<unsigned short>(std::stoul(port));
  auto address = asio::ip::make_address(host, failure);
  if (!failure) return tcp::endpoint(address, number);
  tcp::resolver resolver(io);
  auto found = resolver.resolve(host, port, failure);
  if (failure || found.empty())
    return fail(ErrorCode::unavailable, "no address is known for " + host, "listen");
  return tcp::endpoint(found.begin()->endpoint().address(), number);
}

Listener::Listener(asio::io_context& io, Service& service)
    : io_(io), service_(service), acceptor_(asio::make_strand(io)), pause_(acceptor_.get_executor()) {}

Result<void> Listener::listen(const tcp::endpoint& at) {
  boost::system::error_code failure;
  acceptor_.open(at.protocol(), failure);
  if (!failure) acceptor_.set_option(asio::socket_base::reuse_address(true), failure);
  if (!failure) acceptor_.bind(at, failure);
  if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
  if (!failure) local_ = acceptor_.local_endpoint(failure);
  if (failure)
    return fail(ErrorCode::unavailable, "cannot listen on " + at.address().to_string() + " port " +
                                            std::to_string(at.port()) + ": " + failure.message());
  return ok();
}

void Listener::start() { asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached); }

void Listener::stop(std::function<void()> closed) {
  asio::post(acceptor_.get_executor(), [this, closed = std::move(closed)] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    closed();
  });
}

asio::awaitable<void> Listener::accept() {
  bool complained = false;
  while (acceptor_.is_open()) {
    auto strand = asio::make_strand(io_);
    auto [failure, socket] = co_await acceptor_.async_accept(strand, as_values);
    if (!acceptor_.is_open()) co_return;
    if (failure) {
      // Out of descriptors, most likely: others must close first. A client that has gone again is no reason
      // to wait.
      if (failure == asio::error::connection_aborted) continue;
      if (!complained) spdlog::warn("cannot accept a connection: {}", failure.message());
      complained = true;
      pause_.expires_after(pause_without_sockets);
      co_await pause_.async_wait(as_values);
      continue;
    }
    complained = false;
    boost::system::error_code gone;
    auto peer = socket.remote_endpoint(gone);
    if (gone) continue;
    std::size_t open = 0;
    {
      std::lock_guard lock(service_.sessions_mutex);
      open = service_.sessions.size();
    }
    if (open < service_.limits.connections_max) {
      spdlog::debug("{} port {}: connected", peer.address().to_string(), peer.port());
      std::make_shared<Session>(service_, std::move(socket), peer)->start();
      continue;
    }
    spdlog::warn("{} port {}: turned away, {} connections are open", peer.address().to_string(), peer.port(),
                 open);
    if (turning_away_ >= turning_away_max) continue;
    ++turning_away_;
    asio::co_spawn(strand, turn_away(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> Listener::turn_away(Socket socket) {
  auto frame = full_frame();
  auto buffer = asio::buffer(frame);
  // A few hundred bytes always fit in a new connection's send buffer.
  co_await asio::async_write(socket, buffer, as_values);
  boost::system::error_code ignored;
  socket.shutdown(Socket::shutdown_send, ignored);
  // What the client may have sent already is read, and its close awaited: a reset could destroy the answer.
  auto timer = std::make_shared<asio::steady_timer>(socket.get_executor(), service_.limits.linger_timeout);
  auto expired = [&socket, timer](boost::system::error_code failure) {
    if (!failure) socket.close();
  };
  timer->async_wait(expired);
  std::array<std::byte, 1024> dropped;
  auto into = asio::buffer(dropped);
  for (;;) {
    auto [failure, bytes] = co_await socket.async_read_some(into, as_values);
    if (failure) break;
  }
  timer->cancel();
  --turning_away_;
}

}  // namespace stafett::server
