#pragma once

#include <boost/asio/thread_pool.hpp>

#include "server/budget.h"
#include "server/part.h"
#include "server/session.h"

namespace stafett::server {

// An answer in parts that is being given. At any time it is in one place only: with a thread that makes the
// next part, parked for room, or waiting for an event; or it has ended.
struct Session::Stream {
  Stream(std::uint64_t request_id, Parts p, boost::asio::thread_pool& where, Share held, Budget& responses)
      : id(request_id), parts(std::move(p)), pool(where), request(std::move(held)), room(responses) {}

  const std::uint64_t id;
  Parts parts;  // only called by `pool`
  boost::asio::thread_pool& pool;
  Share request;  // what the request holds in memory
  Share room;     // what the part in the making may take
  bool subscription = false;
  bool cancelled = false;
  bool ended = false;
  bool awaiting_room = false;  // in the response budget
  bool waiting = false;        // for an event
  std::uint64_t ticket = 0;    // to forget the wait
};

}  // namespace stafett::server
