#include "stafett/server/server.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <future>
#include <optional>
#include <thread>
#include <vector>

#include "server/listener.h"
#include "server/service.h"
#include "server/session.h"

namespace stafett::server {
namespace asio = boost::asio;
namespace {

constexpr unsigned network_threads_max = 8;
constexpr auto look_again = std::chrono::milliseconds(10);
constexpr auto kill_timeout = std::chrono::seconds(2);

}  // namespace

struct Server::State {
  State(ledger::Ledger& ledger, projection::Casebook& casebook, const Clock& clock, const Limits& limits)
      : service(ledger, casebook, clock, limits), listener(io, service) {}

  std::vector<std::shared_ptr<Session>> open_sessions() {
    std::vector<std::shared_ptr<Session>> out;
    std::lock_guard lock(service.sessions_mutex);
    for (auto& [session, weak] : service.sessions)
      if (auto strong = weak.lock()) out.push_back(std::move(strong));
    return out;
  }

  bool at_rest() {
    std::lock_guard lock(service.sessions_mutex);
    return service.sessions.empty() && service.appends_in_ledger == 0 && service.parts_in_the_making == 0;
  }

  bool rests_before(std::chrono::steady_clock::time_point until) {
    while (!at_rest()) {
      if (std::chrono::steady_clock::now() >= until) return false;
      std::this_thread::sleep_for(look_again);
    }
    return true;
  }

  Service service;
  asio::io_context io;
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  Listener listener;
  std::vector<std::thread> threads;
  std::optional<bool> stopped;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(ledger::Ledger& ledger, projection::Casebook& casebook,
                                              const Clock& clock, Options options) {
  auto state = std::make_unique<State>(ledger, casebook, clock, options.limits);
  STAFETT_TRY(auto endpoint, resolve(state->io, options.listen));
  STAFETT_TRY(state->listener.listen(endpoint));
  state->listener.start();
  auto threads = std::clamp(std::thread::hardware_concurrency(), 2u, network_threads_max);
  for (unsigned i = 0; i < threads; ++i) state->threads.emplace_back([&io = state->io] { io.run(); });
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::string Server::address() const {
  auto local = state_->listener.local();
  auto host = local.address().to_string();
  if (local.address().is_v6()) host = "[" + host + "]";
  return host + ":" + std::to_string(local.port());
}

std::size_t Server::connections() const {
  std::lock_guard lock(state_->service.sessions_mutex);
  return state_->service.sessions.size();
}

bool Server::stop() {
  auto& s = *state_;
  if (s.stopped) return *s.stopped;
  auto begin = std::chrono::steady_clock::now();
  std::promise<void> closed;
  s.listener.stop([&closed] { closed.set_value(); });
  closed.get_future().wait();
  for (auto& session : s.open_sessions()) session->stop();
  auto limit = s.service.limits.stop_timeout;
  if (!s.rests_before(begin + limit / 2)) {
    spdlog::warn("still answering; questions that are running are ended");
    s.service.casebook.stop();
    s.service.upkeep.stop();
  }
  s.stopped = s.rests_before(begin + limit);
  if (!*s.stopped) {
    spdlog::warn("some requests were not answered in time");
    for (auto& session : s.open_sessions()) session->kill();
    s.stopped = s.rests_before(std::chrono::steady_clock::now() + kill_timeout);
    if (!*s.stopped) return false;
  }
  s.service.readers.join();
  s.service.answerers.join();
  s.work.reset();
  for (auto& thread : s.threads) thread.join();
  s.threads.clear();
  return true;
}

}  // namespace stafett::server
