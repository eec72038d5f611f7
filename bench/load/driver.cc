#include "driver.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>

#include "lane.h"

namespace stafett::load {

namespace asio = boost::asio;
using asio::ip::tcp;

Result<Outcome> drive(const Plan& plan) {
  asio::io_context io(1);
  tcp::resolver resolver(io);
  boost::system::error_code error;
  auto found = resolver.resolve(plan.host, plan.port, error);
  if (error) return fail(ErrorCode::unavailable, "cannot resolve " + plan.host + ": " + error.message());
  Outcome out;
  std::vector<std::unique_ptr<Lane>> lanes;
  for (std::size_t i = 0; i < plan.work.size(); ++i) {
    tcp::socket socket(io);
    asio::connect(socket, found, error);
    if (error)
      return fail(ErrorCode::unavailable,
                  "cannot connect to " + plan.host + ":" + plan.port + ": " + error.message());
    socket.set_option(tcp::no_delay(true), error);
    lanes.push_back(std::make_unique<Lane>(std::move(socket), plan, i, out));
  }
  const auto begin = Steady::now();
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    // With a rate the connections take turns.
    const auto turn = plan.rate > 0 ? static_cast<double>(i) / plan.rate : 0;
    lanes[i]->begin(begin + std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 * turn)));
    asio::co_spawn(io, lanes[i]->send(), asio::detached);
    asio::co_spawn(io, lanes[i]->receive(), asio::detached);
  }
  io.run();
  out.seconds = std::chrono::duration<double>(Steady::now() - begin).count();
  return out;
}

}  // namespace stafett::load
