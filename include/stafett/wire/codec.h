#pragma once

#include <cstdint>
#include <optional>

#include "stafett/core/bytes.h"
#include "stafett/wire/messages.h"

// Between plain values and frames. Bytes that come in are a hostile sender's: they are read with limits set
// from the size of the frame, and no exception leaves this layer. Pure and thread-safe.
namespace stafett::wire {

// One frame. Errors: too_large when it would be over frame_size_max.
Result<Bytes> encode(const Request& request);
Result<Bytes> encode(const Response& response);

// Why a frame is not a request that can be carried out.
struct Rejected {
  std::optional<std::uint64_t> id;  // where it could be read
  Failure failure;
  // The request was understood, but what it asks is malformed (an event of an append, say): answer, and go
  // on. Else the frame could not be understood: answer where there is an id, and close.
  bool understood = false;
};

std::variant<Request, Rejected> decode_request(BytesView frame);

// Errors: corruption when the frame is not a Response that this release knows.
Result<Response> decode_response(BytesView frame);

}  // namespace stafett::wire
