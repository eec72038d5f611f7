// What the account of all streams costs: time an event, and memory a stream.
#include "stafett/merkle/stream_map.h"

#include <malloc.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>

namespace {

using namespace stafett;
using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

// Scattered over all streams, as the events of a working day are.
std::uint64_t scattered(std::uint64_t n, std::uint64_t streams) { return n * 2654435761u % streams; }

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures the map of streams that signed heads stand on", "stafett-stream-map");
  std::uint64_t streams = 1'000'000, batch = 10'000, rounds = 20;
  app.add_option("--streams", streams, "streams in the map")->capture_default_str();
  app.add_option("--batch", batch, "events from one signed head to the next")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  const auto key = [](std::uint64_t n) { return merkle::stream_key("case/c" + std::to_string(n)); };
  const auto held_before = mallinfo2();
  auto begin = Steady::now();
  merkle::StreamMap map;
  for (std::uint64_t n = 0; n < streams; ++n) map.set(key(n), {Version(0), Position(n)});
  (void)map.root();
  std::printf("filled: %.0f streams/s\n", static_cast<double>(streams) / seconds_since(begin));
  const auto held = mallinfo2();
  std::printf("memory: %.0f bytes a stream\n",
              static_cast<double>(held.uordblks - held_before.uordblks + held.hblkhd - held_before.hblkhd) /
                  static_cast<double>(streams));
  begin = Steady::now();
  for (std::uint64_t n = 0; n < rounds * batch; ++n) {
    map.set(key(scattered(n, streams)), {Version(1 + n), Position(streams + n)});
    if ((n + 1) % batch == 0) (void)map.root();
  }
  std::printf("kept up: %.0f events/s with a root every %llu\n",
              static_cast<double>(rounds * batch) / seconds_since(begin),
              static_cast<unsigned long long>(batch));
  begin = Steady::now();
  std::size_t siblings = 0;
  for (std::uint64_t n = 0; n < 1000; ++n) siblings += map.prove(key(scattered(n, streams))).siblings.size();
  std::printf("proofs: %.1f hashes, %.1f us each\n", static_cast<double>(siblings) / 1000,
              seconds_since(begin) * 1000);
  return 0;
}
