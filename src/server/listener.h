#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <string>

#include "server/service.h"
#include "stafett/core/result.h"

namespace stafett::server {

// "127.0.0.1:7411", "[::1]:7411" or a host name. Errors: invalid_argument, unavailable when the name is not
// known.
Result<boost::asio::ip::tcp::endpoint> resolve(boost::asio::io_context& io, const std::string& listen);

// Accepts connections and makes sessions of them, up to the limit; beyond, says `unavailable` and closes.
class Listener {
 public:
  Listener(boost::asio::io_context& io, Service& service);

  // Errors: unavailable when the address cannot be listened on.
  Result<void> listen(const boost::asio::ip::tcp::endpoint& at);
  boost::asio::ip::tcp::endpoint local() const { return local_; }
  void start();
  // From any thread; sessions accepted meanwhile are there when `closed` has been called.
  void stop(std::function<void()> closed);

 private:
  using Socket = boost::asio::ip::tcp::socket;
  boost::asio::awaitable<void> accept();
  boost::asio::awaitable<void> turn_away(Socket socket);

  boost::asio::io_context& io_;
  Service& service_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  boost::asio::ip::tcp::endpoint local_;
  std::atomic<std::size_t> turning_away_ = 0;
};

}  // namespace stafett::server
