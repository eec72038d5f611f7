// stafett-load: appends believable events over many connections and tells how fast they were acknowledged.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <random>

#include "driver.h"
#include "stafett/wire/codec.h"
#include "workload.h"

namespace {

using namespace stafett;

std::uint32_t quantile(const std::vector<std::uint32_t>& sorted, double q) {
  if (sorted.empty()) return 0;
  auto rank = static_cast<std::size_t>(q * static_cast<double>(sorted.size()));
  return sorted[std::min(rank, sorted.size() - 1)];
}

// The events of one connection as frames, so that making them is not part of what is measured.
std::vector<Bytes> frames_of(std::vector<event::NewEvent> events) {
  std::vector<Bytes> frames;
  for (auto& e : events) {
    wire::Request request;
    request.id = frames.size();
    wire::AppendRequest append;
    append.events.push_back(std::move(e));
    request.body = std::move(append);
    frames.push_back(wire::encode(request).value());
  }
  return frames;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Appends events to a Stafett server over many connections and reports throughput and latency."};
  std::string server = "127.0.0.1:7411";
  std::size_t connections = 8, depth = 1, events = 100000, size = 512;
  std::uint64_t seed = std::random_device{}();
  bool json = false;
  app.add_option("--server", server, "HOST:PORT of the server")
      ->envname("STAFETT_SERVER")
      ->capture_default_str();
  app.add_option("--connections", connections, "connections open at once")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  app.add_option("--depth", depth, "unanswered appends a connection keeps")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  app.add_option("--events", events, "events to append, over all connections")
      ->check(CLI::Range(1, 100000000))
      ->capture_default_str();
  app.add_option("--size", size, "bytes of a stored record, about")
      ->check(CLI::Range(1, 65536))
      ->capture_default_str();
  app.add_option("--seed", seed, "the same seed makes the same events (a ledger takes each once)");
  app.add_flag("--json", json, "one JSON object instead of words");
  app.set_version_flag("--version", STAFETT_RELEASE);
  CLI11_PARSE(app, argc, argv);

  auto colon = server.rfind(':');
  if (colon == std::string::npos) {
    std::fprintf(stderr, "stafett-load: --server wants HOST:PORT\n");
    return 2;
  }
  load::Plan plan;
  plan.host = server.substr(0, colon);
  plan.port = server.substr(colon + 1);
  plan.depth = depth;
  auto lanes = std::min(connections, events);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    auto share = events / lanes + (lane < events % lanes ? 1 : 0);
    plan.frames.push_back(frames_of(load::workload(seed, static_cast<std::uint32_t>(lane), share, size)));
  }
  auto outcome = load::drive(plan);
  if (!outcome) {
    std::fprintf(stderr, "stafett-load: %s\n", outcome.error().message.c_str());
    return 3;
  }
  auto& o = outcome.value();
  std::sort(o.latencies_us.begin(), o.latencies_us.end());
  auto rate = o.seconds > 0 ? static_cast<double>(o.latencies_us.size()) / o.seconds : 0;
  if (json) {
    nlohmann::ordered_json out{{"events_per_s", rate},
                               {"p50_us", quantile(o.latencies_us, 0.5)},
                               {"p90_us", quantile(o.latencies_us, 0.9)},
                               {"p99_us", quantile(o.latencies_us, 0.99)},
                               {"p999_us", quantile(o.latencies_us, 0.999)},
                               {"max_us", o.latencies_us.empty() ? 0 : o.latencies_us.back()},
                               {"errors", o.errors},
                               {"seed", seed}};
    std::printf("%s\n", out.dump().c_str());
  } else {
    std::printf("%zu events over %zu connections, depth %zu: %.0f events/s, seed %llu\n", events, lanes,
                depth, rate, static_cast<unsigned long long>(seed));
    std::printf("acknowledged after: median %u us, 90 %% %u us, 99 %% %u us, longest %u us; %llu errors\n",
                quantile(o.latencies_us, 0.5), quantile(o.latencies_us, 0.9), quantile(o.latencies_us, 0.99),
                o.latencies_us.empty() ? 0 : o.latencies_us.back(),
                static_cast<unsigned long long>(o.errors));
  }
  return o.errors == 0 ? 0 : 1;
}
