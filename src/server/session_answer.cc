#include <algorithm>
#include <boost/asio/post.hpp>

#include "server/session.h"
#include "server/stream.h"
#include "stafett/core/assert.h"

namespace stafett::server {
namespace asio = boost::asio;
namespace {

constexpr std::size_t request_overhead = 4096;  // a stream, and what it remembers of its request
constexpr auto answer_room_retry = std::chrono::milliseconds(100);

// The part as a frame; where it cannot be one, the error as the last part.
Bytes framed(std::uint64_t id, Part& part) {
  auto frame = wire::encode(wire::Response{id, part.then != Part::Then::last, std::move(part.body)});
  if (frame) return std::move(frame).value();
  part.then = Part::Then::last;
  frame = wire::encode(wire::Response{id, false, wire::Failure{std::move(frame).error(), {}}});
  STAFETT_ASSERT(frame.has_value());
  return std::move(frame).value();
}

}  // namespace

void Session::answer(std::uint64_t id, wire::ResponseBody body, bool more) {
  Part part{std::move(body), more ? Part::Then::more : Part::Then::last, {}};
  send(framed(id, part));
}

void Session::refuse_for_lack_of_room(std::uint64_t id) {
  Error error{ErrorCode::unavailable, "the server is at its limit: try again later", {}, {}};
  answer(id, wire::Failure{std::move(error), {}});
}

// Null when there is no room for it; then that has been answered.
Session::StreamPointer Session::begin(std::uint64_t id, Parts parts, asio::thread_pool& pool,
                                      std::size_t frame_size) {
  Share held(service_.requests(frame_size));
  if (!held.resize(frame_size + request_overhead)) {
    refuse_for_lack_of_room(id);
    return nullptr;
  }
  ++in_flight_;
  auto stream = std::make_shared<Stream>(id, std::move(parts), pool, std::move(held), service_);
  streams_.push_back(stream);
  return stream;
}

void Session::give(std::uint64_t id, Parts parts, std::size_t frame_size) {
  auto stream = begin(id, std::move(parts), service_.readers, frame_size);
  if (stream) proceed(std::move(stream));
}

void Session::ask(std::uint64_t id, Parts parts, std::size_t bytes_to_make, std::size_t frame_size) {
  auto stream = begin(id, std::move(parts), service_.answerers, frame_size);
  if (!stream) return;
  stream->bytes_to_make = std::min(bytes_to_make, service_.limits.answer_bytes_max / 4 * 3);
  questions_.push_back(std::move(stream));
  ask_next();
}

void Session::ask_next() {
  if (question_ || questions_.empty()) return;
  question_ = std::move(questions_.front());
  questions_.pop_front();
  proceed(question_);
}

void Session::proceed(StreamPointer stream) {
  if (stream->ended) return;
  if (stream->cancelled || (stopping_ && stream->subscription)) return end_subscription(stream);
  if (!stream->claims_room && !may_make()) {
    parked_.push_back(std::move(stream));
    return;
  }
  claim_room(*stream);
  if (!stream->room.resize(service_.limits.part_bytes)) return await_room(std::move(stream));
  if (!room_to_answer(*stream)) return await_room_to_answer(std::move(stream));
  make(std::move(stream));
}

bool Session::may_make() const { return out_bytes_ + making_bytes_ < service_.limits.response_bytes_max; }

void Session::claim_room(Stream& stream) {
  if (stream.claims_room) return;
  stream.claims_room = true;
  making_bytes_ += service_.limits.part_bytes;
}

void Session::unclaim_room(Stream& stream) {
  stream.room.resize(0);
  if (!stream.claims_room) return;
  stream.claims_room = false;
  making_bytes_ -= service_.limits.part_bytes;
}

// Whether there is room for the whole answer of a question; for all other parts there is nothing to ask.
bool Session::room_to_answer(Stream& stream) {
  if (stream.bytes_to_make == 0) return true;
  if (!stream.answer.resize(stream.bytes_to_make)) return false;
  stream.bytes_to_make = 0;
  return true;
}

// Asks again now and then rather than in a queue: a small question need not wait behind a large one. Nothing
// of what readers share is kept meanwhile.
void Session::await_room_to_answer(StreamPointer stream) {
  unclaim_room(*stream);
  auto now = std::chrono::steady_clock::now();
  if (stream->room_deadline == Time()) stream->room_deadline = now + service_.limits.answer_room_timeout;
  if (now >= stream->room_deadline) {
    refuse_for_lack_of_room(stream->id);
    return end(std::move(stream));
  }
  question_timer_.expires_at(std::min(now + answer_room_retry, stream->room_deadline));
  question_timer_.async_wait(
      [self = shared_from_this(), stream](boost::system::error_code) { self->proceed(stream); });
  resume_parked();
}

void Session::make(StreamPointer stream) {
  auto& pool = stream->pool;
  stream->making = true;
  ++service_.parts_in_the_making;
  asio::post(pool, [&service = service_, self = shared_from_this(), stream = std::move(stream)]() mutable {
    // Not for a client that has gone while this was in the queue.
    Part part{wire::DoneAnswer{}, Part::Then::wait, {}, 0};
    try {
      if (!stream->ended) part = stream->parts();
    } catch (const std::bad_alloc&) {
      part = failed({ErrorCode::unavailable, "the answer does not fit in the server's memory", {}, {}});
    }
    auto then = part.then;
    Bytes frame;
    if (then != Part::Then::wait) {
      frame = framed(stream->id, part);
      then = part.then;
    }
    part.then = then;
    part.body = {};
    auto executor = self->socket_.get_executor();
    asio::post(executor, [self = std::move(self), stream = std::move(stream), frame = std::move(frame),
                          part = std::move(part)]() mutable { self->made(stream, std::move(frame), part); });
    --service.parts_in_the_making;
  });
}

void Session::made(StreamPointer stream, Bytes frame, const Part& part) {
  stream->making = false;
  unclaim_room(*stream);
  if (stream->ended) return release(*stream);
  stream->answer.force(std::min(part.held_bytes, service_.limits.answer_bytes_max / 4 * 3));
  if (!frame.empty()) send(std::move(frame));
  switch (part.then) {
    case Part::Then::last:
      end(std::move(stream));
      break;
    case Part::Then::more:
      // Behind those of this connection that wait already: all of them get on.
      parked_.push_back(std::move(stream));
      break;
    case Part::Then::wait:
      await_event(std::move(stream), part.there);
      break;
  }
  resume_parked();
}

void Session::await_event(StreamPointer stream, Position there) {
  if (draining_ || stream->cancelled) return end_subscription(stream);
  auto wake = [weak = weak_from_this(), stream] {
    auto self = weak.lock();
    if (!self) return;
    auto executor = self->socket_.get_executor();
    asio::post(executor, [self = std::move(self), stream] {
      stream->waiting = false;
      self->proceed(stream);
    });
  };
  stream->waiting = true;
  stream->ticket = service_.advance.when_there(there, std::move(wake));
}

void Session::await_room(StreamPointer stream) {
  auto waiter = [weak = weak_from_this(), &responses = service_.responses, stream]() -> bool {
    auto self = weak.lock();
    if (!self) return false;
    auto executor = self->socket_.get_executor();
    asio::post(executor, [self = std::move(self), stream, &responses] {
      stream->awaiting_room = false;
      self->proceed(stream);
      // Called, and not in need of it after all: another may be.
      if (!stream->awaiting_room && stream->room.held() == 0) responses.wake_next();
    });
    return true;
  };
  stream->awaiting_room = true;
  service_.responses.when_room(std::move(waiter));
}

// The last word to a subscriber.
void Session::end_subscription(StreamPointer stream) {
  if (stopping_) {
    Error error{ErrorCode::unavailable, "the server is stopping", {}, {}};
    answer(stream->id, wire::Failure{std::move(error), {}});
  } else {
    answer(stream->id, wire::EventsAnswer{{}, TreeSize(service_.ledger.next_position().value)});
  }
  end(stream);
}

void Session::end(StreamPointer stream) {
  if (stream->ended) return;
  stream->ended = true;
  if (stream->waiting) service_.advance.forget(stream->ticket);
  if (stream->subscription) --subscriptions_;
  streams_.remove(stream);
  if (!stream->making) release(*stream);
  finish_request();
  if (question_ != stream) return;
  question_ = nullptr;
  ask_next();
}

// Lets go of what an ended stream holds; not while a thread is making a part of it.
void Session::release(Stream& stream) {
  unclaim_room(stream);
  stream.parts = nullptr;
  stream.answer.resize(0);
  stream.request.resize(0);
}

void Session::finish_request() {
  STAFETT_ASSERT(in_flight_ > 0);
  --in_flight_;
  note_rest();
  room_signal_.notify();
  if (draining_) out_signal_.notify();
}

void Session::resume_parked() {
  while (!parked_.empty() && may_make()) {
    auto stream = std::move(parked_.front());
    parked_.pop_front();
    proceed(std::move(stream));
  }
}

}  // namespace stafett::server
