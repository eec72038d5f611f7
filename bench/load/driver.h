#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stafett/core/bytes.h"
#include "stafett/core/result.h"

namespace stafett::load {

struct Plan {
  std::string host, port;
  std::size_t connections = 8;
  std::size_t depth = 1;                   // requests that each connection keeps unanswered
  std::vector<std::vector<Bytes>> frames;  // for each connection the encoded append requests, in order
};

struct Outcome {
  double seconds = 0;                       // from the first request to the last answer
  std::vector<std::uint32_t> latencies_us;  // of each answered request, unsorted
  std::uint64_t errors = 0;                 // refused, or lost with the connection
};

// Connects all, then sends and receives on one thread. Errors: unavailable when the server cannot be reached.
Result<Outcome> drive(const Plan& plan);

}  // namespace stafett::load
