#pragma once

#include <cstddef>
#include <functional>

#include "stafett/core/ids.h"
#include "stafett/wire/messages.h"

namespace stafett::server {

// One piece of an answer, and what comes after it.
struct Part {
  enum class Then {
    more,  // ask for the next piece
    last,  // the answer is complete
    wait,  // nothing to send; ask again when the event at `there` has been acknowledged
  };
  wire::ResponseBody body;
  Then then = Then::last;
  Position there;
  // What the answer goes on holding for the parts that follow.
  std::size_t held_bytes = 0;
};

// An answer in the making: gives its parts one by one. May block; is called by one thread at a time. What it
// holds goes with it.
using Parts = std::function<Part()>;

inline Part failed(Error error) { return {wire::Failure{std::move(error), {}}, Part::Then::last, {}, 0}; }

// A whole answer as one part.
inline Part whole(wire::ResponseBody body) { return {std::move(body), Part::Then::last, {}, 0}; }

}  // namespace stafett::server
