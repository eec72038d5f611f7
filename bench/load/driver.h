#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "latencies.h"
#include "stafett/core/result.h"
#include "work.h"

namespace stafett::load {

enum class Reads : std::uint8_t { history, cases, both };

struct Plan {
  std::string host, port;
  std::size_t depth = 1;  // requests that each connection keeps unanswered, at most
  double rate = 0;  // requests a second over all connections, sent when their time has come; 0: as soon as
                    // an answer makes room
  double read_share = 0;  // of all requests
  Reads reads = Reads::both;
  std::size_t requests = 0;  // a connection, when there is nothing to append
  std::vector<Work> work;    // of each connection
  std::vector<std::vector<std::string>>
      streams;  // of each connection: what there is to read before anything is appended
};

struct Outcome {
  double seconds = 0;  // from the first request to the last answer
  Latencies appends, reads;
  std::uint64_t errors = 0;  // refused, or lost with the connection
  std::string first_error;
  std::uint64_t duplicates = 0;  // appends of what was in the ledger already; they count as answered
};

// Connects all, then sends and receives on one thread. With a rate, a request's time counts from when it was
// planned, also when the connection was still waiting for the answers of earlier ones. Errors: unavailable
// when the server cannot be reached.
Result<Outcome> drive(const Plan& plan);

}  // namespace stafett::load
