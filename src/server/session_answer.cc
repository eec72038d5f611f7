#include <algorithm>
#include <boost/asio/post.hpp>

#include "server/session.h"
#include "server/stream.h"
#include "stafett/core/assert.h"

namespace stafett::server {
namespace asio = boost::asio;
namespace {

constexpr std::size_t request_overhead = 4096;  // a stream, and what it remembers of its request

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
  auto stream = std::make_shared<Stream>(id, std::move(parts), pool, std::move(held), service_.responses);
  streams_.push_back(stream);
  proceed(stream);
  return stream;
}

void Session::proceed(StreamPointer stream) {
  if (stream->ended) return;
  if (stream->cancelled || (stopping_ && stream->subscription)) return end_subscription(stream);
  if (out_bytes_ >= service_.limits.response_bytes_max)
    parked_.push_back(stream);
  else if (!stream->room.resize(service_.limits.part_bytes))
    await_room(stream);
  else
    make(stream);
}

void Session::make(StreamPointer stream) {
  auto& pool = stream->pool;
  ++service_.parts_in_the_making;
  asio::post(pool, [&service = service_, self = shared_from_this(), stream = std::move(stream)]() mutable {
    Part part;
    try {
      part = stream->parts();
    } catch (const std::bad_alloc&) {
      part = failed({ErrorCode::unavailable, "the answer does not fit in the server's memory", {}, {}});
    }
    auto then = part.then;
    Bytes frame;
    if (then != Part::Then::wait) {
      frame = framed(stream->id, part);
      then = part.then;
    }
    auto executor = self->socket_.get_executor();
    asio::post(executor,
               [self = std::move(self), stream = std::move(stream), frame = std::move(frame), then,
                there = part.there]() mutable { self->made(stream, std::move(frame), then, there); });
    --service.parts_in_the_making;
  });
}

void Session::made(StreamPointer stream, Bytes frame, Part::Then then, Position there) {
  stream->room.resize(0);
  if (stream->ended) return;
  if (!frame.empty()) send(std::move(frame));
  switch (then) {
    case Part::Then::last:
      return end(stream);
    case Part::Then::more:
      return proceed(stream);
    case Part::Then::wait:
      return await_event(stream, there);
  }
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
  stream->request.resize(0);
  streams_.remove(stream);
  finish_request();
}

void Session::finish_request() {
  STAFETT_ASSERT(in_flight_ > 0);
  --in_flight_;
  note_rest();
  room_signal_.notify();
  if (draining_) out_signal_.notify();
}

void Session::resume_parked() {
  auto parked = std::move(parked_);
  parked_.clear();
  for (auto& stream : parked) proceed(stream);
}

}  // namespace stafett::server
