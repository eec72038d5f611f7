#include <poll.h>

#include <cerrno>
#include <chrono>
#include <deque>
#include <stdexcept>

#include "municipality/chance.h"
#include "peer.h"

namespace stafett::peers {
namespace {

using Steady = std::chrono::steady_clock;

struct Lane {
  std::unique_ptr<Connection> connection;
  std::size_t sent = 0, total = 0;
  std::deque<Steady::time_point> waiting;
  bool unwritten = false;
};

// `next` puts a lane's request with that number into its connection.
Measured drive(std::vector<Lane>& lanes, std::size_t depth,
               const std::function<void(std::size_t lane, std::size_t number)>& next) {
  Measured out;
  std::vector<pollfd> polled(lanes.size());
  std::size_t left = 0;
  for (auto& lane : lanes) left += lane.total;
  const auto begin = Steady::now();
  auto fill = [&](std::size_t i) {
    auto& lane = lanes[i];
    const auto now = Steady::now();
    bool any = false;
    for (; lane.sent < lane.total && lane.waiting.size() < depth; any = true) {
      next(i, lane.sent++);
      lane.waiting.push_back(now);
    }
    if (any || lane.unwritten) lane.unwritten = lane.connection->write();
  };
  for (std::size_t i = 0; i < lanes.size(); ++i) fill(i);
  while (left > 0) {
    for (std::size_t i = 0; i < lanes.size(); ++i)
      polled[i] = {lanes[i].connection->socket(),
                   static_cast<short>(POLLIN | (lanes[i].unwritten ? POLLOUT : 0)), 0};
    if (::poll(polled.data(), polled.size(), 60000) <= 0 && errno != EINTR)
      throw std::runtime_error("no answer in a minute");
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      auto& lane = lanes[i];
      if (polled[i].revents & (POLLIN | POLLERR | POLLHUP)) {
        const auto answers = lane.connection->read();
        const auto now = Steady::now();
        for (std::size_t n = 0; n < answers; ++n) {
          const auto waited =
              std::chrono::duration_cast<std::chrono::microseconds>(now - lane.waiting.front());
          out.latencies.add(static_cast<std::uint32_t>(waited.count()));
          lane.waiting.pop_front();
        }
        left -= answers;
      }
      if (polled[i].revents) fill(i);
    }
  }
  out.seconds = std::chrono::duration<double>(Steady::now() - begin).count();
  return out;
}

std::vector<Lane> lanes_of(const Settings& s, std::size_t connections, std::size_t requests,
                           const Connect& connect) {
  std::vector<Lane> lanes(connections);
  for (std::size_t i = 0; i < connections; ++i) {
    lanes[i].connection = connect(s);
    lanes[i].total = requests / connections;
  }
  return lanes;
}

}  // namespace

Measured append_all(const Settings& s, const Connect& connect) {
  auto lanes = lanes_of(s, s.connections, s.events, connect);
  // Made before the clock starts, as stafett-load does.
  std::vector<std::vector<Event>> events(lanes.size());
  for (std::size_t i = 0; i < lanes.size(); ++i)
    for (std::size_t n = 0; n < lanes[i].total; ++n) events[i].push_back(event_of(s, i, n));
  return drive(lanes, s.depth,
               [&](std::size_t lane, std::size_t n) { lanes[lane].connection->append(events[lane][n]); });
}

Measured read_histories(const Settings& s, const Connect& connect) {
  auto lanes = lanes_of(s, s.readers, s.histories, connect);
  municipality::Chance chance(s.seed);
  const auto each = static_cast<std::uint32_t>(s.events / s.connections);
  return drive(lanes, 1, [&](std::size_t lane, std::size_t) {
    const auto of = chance.below(static_cast<std::uint32_t>(s.connections));
    lanes[lane].connection->history(stream_name(s.seed, of, chance.below(each)));
  });
}

}  // namespace stafett::peers
