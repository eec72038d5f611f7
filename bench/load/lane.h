#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "driver.h"
#include "stafett/wire/frame.h"

namespace stafett::load {

using Steady = std::chrono::steady_clock;

// One connection at work: one coroutine sends what is due, another takes the answers.
class Lane {
 public:
  Lane(boost::asio::ip::tcp::socket socket, const Plan& plan, std::size_t number, Outcome& out);

  void begin(Steady::time_point at);  // when the first request is planned
  boost::asio::awaitable<void> send();
  boost::asio::awaitable<void> receive();

 private:
  struct Sent {
    Steady::time_point planned;
    bool answered = false;
  };

  std::size_t total() const;
  std::size_t sent() const { return appends_.size() + reads_.size(); }
  Steady::time_point due() const;
  bool over() const { return lost_ || answered_ == total_; }
  bool may_send(Steady::time_point now) const;
  void write_next(Steady::time_point planned);
  void write_read();
  void take(BytesView frame);
  void fail(const std::string& why);
  void know(const std::string& stream);
  bool can_read() const { return !cases_.empty() || !others_.empty(); }
  bool room() const;

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer wake_;
  const Plan& plan_;
  const Work& work_;
  Outcome& out_;
  const std::size_t total_;
  Steady::time_point begin_;
  std::chrono::nanoseconds interval_{};
  std::vector<Sent> appends_, reads_;        // by their numbers
  std::vector<std::string> cases_, others_;  // streams that can be read
  std::vector<bool> is_known_;
  Bytes output_;
  std::size_t answered_ = 0;
  double reads_owed_ = 0;
  std::uint64_t luck_;
  bool lost_ = false;
};

}  // namespace stafett::load
