#pragma once

#include <chrono>
#include <cstddef>

namespace stafett::server {

// What one server grants to whoever connects. With the defaults, what clients make it hold beside the
// casebook and the store stays under 1 GiB, however many they are: the sum of the budgets "of all connections
// together", and the few answers that are being made at one time.
struct Limits {
  // The next one is told `unavailable` and closed.
  std::size_t connections_max = 10'000;

  // Of one connection. When one of these is reached, its requests are not read until there is room again.
  // Besides, it has one question at a time to the read model (case, obligations, indicators, rules, adoption,
  // rebuild): the next is begun when the answer to the one before has been handed over to be sent.
  std::size_t requests_in_flight_max = 1024;
  // One more is refused; they count as requests in flight.
  std::size_t subscriptions_max = 64;
  // Parts of answers waiting for the client to take them, and parts being made.
  std::size_t response_bytes_max = 1u << 20;

  // Of all connections together. Requests beyond are told `unavailable`; long answers wait for room.
  // Requests up to 64 KiB are counted apart, so that a few large ones stop nobody.
  std::size_t small_request_bytes_max = 64u << 20;
  std::size_t large_request_bytes_max = 160u << 20;
  std::size_t all_response_bytes_max = 128u << 20;
  // Answers to questions while they are made, and what is not handed over of those that are made. One answer
  // counts at most three quarters, so that a small question finds room beside the largest; a question that
  // finds no room in time is told `unavailable`.
  std::size_t answer_bytes_max = 256u << 20;

  // Aim for the size of one part of a long answer.
  std::size_t part_bytes = 256u << 10;
  // Items in one part of a list.
  std::size_t part_items = 500;

  // Without requests and nothing in flight.
  std::chrono::milliseconds idle_timeout = std::chrono::minutes(10);
  // From a frame's first byte to its last.
  std::chrono::milliseconds frame_timeout = std::chrono::seconds(30);
  // For any progress of what is to be sent.
  std::chrono::milliseconds write_timeout = std::chrono::seconds(30);
  // For memory to read a request into.
  std::chrono::milliseconds room_timeout = std::chrono::seconds(2);
  // For memory to make an answer in. Longer than write_timeout, which frees what is held by who takes
  // nothing.
  std::chrono::milliseconds answer_room_timeout = std::chrono::seconds(40);
  // For the client to close after our last byte.
  std::chrono::milliseconds linger_timeout = std::chrono::seconds(1);
  // For accepted requests after stop().
  std::chrono::milliseconds stop_timeout = std::chrono::seconds(20);
};

}  // namespace stafett::server
