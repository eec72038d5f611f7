#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stafett/core/bytes.h"
#include "stafett/core/result.h"

namespace stafett::load {

// What one connection has to do, made before the clock starts: appends in order, each with the stream it is
// to.
struct Work {
  std::vector<Bytes> frames;          // encoded append requests; the request's id is the append's number
  std::vector<std::uint32_t> stream;  // of each append, in `streams`
  std::vector<std::string> streams;   // names
};

// Events of a believable municipality of the connection's own (municipality/municipality.h), without its
// forums: all in the past, in the order they were recorded there.
Work work_of(std::uint64_t seed, std::size_t connection, std::size_t events, std::size_t record_bytes);

// The names in a file, one a line, dealt out to so many connections. Errors: not_found, invalid_argument.
Result<std::vector<std::vector<std::string>>> deal_streams(const std::string& file, std::size_t connections);

}  // namespace stafett::load
