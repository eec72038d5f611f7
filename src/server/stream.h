#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <chrono>

#include "server/budget.h"
#include "server/part.h"
#include "server/session.h"

namespace stafett::server {

// An answer in parts that is being given. At any time it is in one place only: with a thread that makes the
// next part, parked for room in its connection, waiting for room in what all share, or for an event; a
// question may also wait for its turn. Or it has ended.
struct Session::Stream {
  Stream(std::uint64_t request_id, Parts p, boost::asio::thread_pool& where, Share held, Service& service)
      : id(request_id),
        parts(std::move(p)),
        pool(where),
        request(std::move(held)),
        room(service.responses),
        answer(service.answers) {}

  const std::uint64_t id;
  Parts parts;  // while `making`: belongs to a thread of `pool`
  boost::asio::thread_pool& pool;
  Share request;  // what the request holds in memory
  Share room;     // what the part in the making may take
  Share answer;   // what the answer to a question takes while it is made, and then what it holds
  std::size_t bytes_to_make = 0;  // of a question whose first part has not been made; else 0
  std::chrono::steady_clock::time_point room_deadline{};  // to find those bytes; not set before the first try
  bool subscription = false;
  bool cancelled = false;
  std::atomic<bool> ended = false;  // also read by the thread that is about to make a part
  bool claims_room = false;         // counted in the session's making_bytes_
  bool making = false;
  bool awaiting_room = false;  // in the response budget
  bool waiting = false;        // for an event
  std::uint64_t ticket = 0;    // to forget the wait
};

}  // namespace stafett::server
