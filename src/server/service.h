#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "server/advance.h"
#include "server/budget.h"
#include "server/questions.h"
#include "server/upkeep.h"
#include "stafett/server/limits.h"

namespace stafett::server {

class Session;

// What all sessions of a server share. Outlives them.
struct Service {
  Service(ledger::Ledger& l, projection::Casebook& c, const Clock& clock, const Limits& lim)
      : limits(lim), ledger(l), casebook(c), questions(l, c, clock, limits), upkeep(l, c), advance(l) {}

  const Limits limits;
  ledger::Ledger& ledger;
  projection::Casebook& casebook;
  Questions questions;
  Upkeep upkeep;
  Advance advance;
  Budget small_requests{limits.small_request_bytes_max};
  Budget large_requests{limits.large_request_bytes_max};
  Budget responses{limits.all_response_bytes_max};
  Budget answers{limits.answer_bytes_max};

  // Appends that the ledger has not answered yet: it will call back into a session, so nothing may go before.
  std::atomic<std::size_t> appends_in_ledger = 0;
  // Parts that are being made.
  std::atomic<std::size_t> parts_in_the_making = 0;

  // Those who block: short reads of the ledger, and questions that may take long, apart so that neither waits
  // for the other.
  boost::asio::thread_pool readers{2};
  boost::asio::thread_pool answerers{4};

  // Sessions that are open.
  std::mutex sessions_mutex;
  std::unordered_map<Session*, std::weak_ptr<Session>> sessions;

  Budget& requests(std::size_t frame_size) {
    return frame_size <= small_request_max ? small_requests : large_requests;
  }

 private:
  static constexpr std::size_t small_request_max = 64u << 10;
};

}  // namespace stafett::server
