#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <list>
#include <memory>
#include <string>

#include "server/part.h"
#include "server/service.h"
#include "server/signal.h"
#include "stafett/wire/codec.h"
#include "stafett/wire/frame.h"

namespace stafett::server {

// One connection. Three coroutines on one strand: one reads requests and starts them, one writes answers, one
// watches the clock. An answer in parts is a Stream: its next part is made on a thread that may block, one at
// a time, and only while there is room for it, so that nobody waits for a slow reader but himself. Questions
// to the read model may hold much from their first part to their last: a session has one at a time.
//
// Life: open, then draining (no more requests; what was accepted is answered), then closed. All members
// belong to the strand.
class Session : public std::enable_shared_from_this<Session> {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  // The socket's executor is the session's strand.
  Session(Service& service, Socket socket, const boost::asio::ip::tcp::endpoint& peer);
  ~Session();

  void start();
  // Ends gracefully; from any thread.
  void stop();
  // Closes at once; from any thread.
  void kill();

 private:
  using Time = std::chrono::steady_clock::time_point;
  using Self = std::shared_ptr<Session>;
  struct Stream;
  using StreamPointer = std::shared_ptr<Stream>;

  // Reading (session_read.cc)
  boost::asio::awaitable<void> read(Self self);
  boost::asio::awaitable<void> room_for_frame();
  boost::asio::awaitable<void> take_requests();
  bool read_available();
  bool may_take_request() const;
  void accept(Bytes frame);

  // Carrying out (session_requests.cc)
  struct Carrying;
  void carry_out(wire::Request request, std::size_t frame_size);
  void append(std::uint64_t id, wire::AppendRequest request, std::size_t frame_size);
  void appended(std::uint64_t id, ledger::AppendAnswer answer);
  void follow(std::uint64_t id, const wire::FollowRequest& request, std::size_t frame_size);
  void cancel(std::uint64_t id, std::uint64_t target);

  // Answering (session_answer.cc)
  void answer(std::uint64_t id, wire::ResponseBody body, bool more = false);
  void refuse_for_lack_of_room(std::uint64_t id);
  StreamPointer begin(std::uint64_t id, Parts parts, boost::asio::thread_pool& pool, std::size_t frame_size);
  void give(std::uint64_t id, Parts parts, std::size_t frame_size);
  void ask(std::uint64_t id, Parts parts, std::size_t bytes_to_make, std::size_t frame_size);
  void ask_next();
  void proceed(StreamPointer stream);
  void make(StreamPointer stream);
  void made(StreamPointer stream, Bytes frame, const Part& part);
  void await_event(StreamPointer stream, Position there);
  void await_room(StreamPointer stream);
  bool room_to_answer(Stream& stream);
  void await_room_to_answer(StreamPointer stream);
  bool may_make() const;
  void claim_room(Stream& stream);
  void unclaim_room(Stream& stream);
  void end_subscription(StreamPointer stream);
  void end(StreamPointer stream);
  void release(Stream& stream);
  void finish_request();
  void resume_parked();

  // Writing, time and ends (session.cc)
  boost::asio::awaitable<void> write(Self self);
  boost::asio::awaitable<void> watch(Self self);
  void send(Bytes frame);
  void sent(std::size_t bytes);
  void drain();
  void close();
  void warn(const char* what) const;
  void set_read_deadline(Time deadline, const char* reason);
  void deadline_moved();
  // Sets the deadline of a session that reads and is not inside a frame.
  void note_rest();

  Service& service_;
  Socket socket_;
  const std::string peer_;      // address and port, for the diagnostic log
  const std::string appender_;  // who is said to have appended

  wire::FrameReader frames_;
  std::uint64_t frames_begun_ = 0;
  Share frame_share_;          // of the request budgets, for the frame that is not complete
  bool unreadable_ = false;    // the bytes that follow are no frames
  std::size_t in_flight_ = 0;  // requests accepted and not fully answered, subscriptions included
  std::size_t subscriptions_ = 0;
  std::uint64_t requests_ = 0;  // accepted ever
  std::list<StreamPointer> streams_;
  std::deque<StreamPointer> parked_;     // streams that wait for room in out_
  StreamPointer question_;               // the one that is worked on or whose answer is held
  std::deque<StreamPointer> questions_;  // those whose turn comes after it

  std::deque<Bytes> out_;
  std::size_t out_bytes_ = 0;  // of all frames in out_, whole; held of the response budget
  std::size_t out_sent_ = 0;   // of the first in out_
  // What the parts that are being made, or have asked for room to be made, will add to out_bytes_. Counted
  // before the budget of all is asked, so that one connection cannot fill it with what it has not taken.
  std::size_t making_bytes_ = 0;

  bool draining_ = false;
  bool stopping_ = false;    // draining because the server stops
  bool read_ended_ = false;  // the client has closed its side
  bool closed_ = false;
  Signal out_signal_, room_signal_;
  Time read_deadline_ = Time::max(), write_deadline_ = Time::max();
  const char* read_reason_ = nullptr;  // what to warn of when the read deadline passes; null: nothing
  boost::asio::steady_timer question_timer_;
  boost::asio::steady_timer watch_timer_;
};

}  // namespace stafett::server
