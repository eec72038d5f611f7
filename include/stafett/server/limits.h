#pragma once

#include <chrono>
#include <cstddef>

namespace stafett::server {

// What one server grants to whoever connects. The defaults keep the process under 1 GiB whatever clients do.
struct Limits {
  std::size_t connections_max = 10'000;  // the next one is told `unavailable` and closed

  // Of one connection. When one of these is reached, its requests are not read until there is room again.
  std::size_t requests_in_flight_max = 1024;
  std::size_t subscriptions_max = 64;         // one more is refused; they count as requests in flight
  std::size_t response_bytes_max = 1u << 20;  // answers waiting for the client to take them

  // Of all connections together. Requests beyond are told `unavailable`; long answers wait for room.
  std::size_t small_request_bytes_max =
      64u << 20;  // requests up to 64 KiB: apart, so that few large ones stop nobody
  std::size_t large_request_bytes_max = 160u << 20;  // requests over 64 KiB
  std::size_t all_response_bytes_max = 128u << 20;

  std::size_t part_bytes = 256u << 10;  // aim for the size of one part of a long answer
  std::size_t part_items = 500;         // items in one part of a list

  std::chrono::milliseconds idle_timeout =
      std::chrono::minutes(10);  // without requests and nothing in flight
  std::chrono::milliseconds frame_timeout =
      std::chrono::seconds(30);  // from a frame's first byte to its last
  std::chrono::milliseconds write_timeout =
      std::chrono::seconds(30);                                      // for any progress of what is to be sent
  std::chrono::milliseconds room_timeout = std::chrono::seconds(2);  // for memory to read a request into
  std::chrono::milliseconds linger_timeout =
      std::chrono::seconds(1);  // for the client to close after our last byte
  std::chrono::milliseconds stop_timeout = std::chrono::seconds(20);  // for accepted requests after stop()
};

}  // namespace stafett::server
