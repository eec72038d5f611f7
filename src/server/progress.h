#pragma once

#include <chrono>
#include <functional>

#include "stafett/wire/messages.h"

namespace stafett::server {

// How far long work has come, told at most four times a second.
inline auto now_and_then(std::function<void(wire::ProgressAnswer)> tell) {
  using Clock = std::chrono::steady_clock;
  return [tell = std::move(tell), said = Clock::now()](std::uint64_t done, std::uint64_t total) mutable {
    auto now = Clock::now();
    if (now - said < std::chrono::milliseconds(250)) return;
    said = now;
    tell({done, total});
  };
}

}  // namespace stafett::server
