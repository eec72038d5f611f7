#include "peer.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "municipality/chance.h"

namespace stafett::peers {

std::string stream_name(std::uint64_t seed, std::size_t connection, std::size_t number) {
  return "case/c-" + std::to_string(seed) + "-" + std::to_string(connection) + "-" +
         std::to_string(number / stream_length);
}

Event event_of(const Settings& s, std::size_t connection, std::size_t number) {
  constexpr std::size_t around = 96;  // names, id, version, time
  municipality::Chance chance(s.seed + (connection << 32) + number);
  Event e;
  e.stream = stream_name(s.seed, connection, number);
  e.version = number % stream_length;
  e.type = "se.stafett.ChildHeard";
  char id[37];
  const auto a = chance.next(), b = chance.next();
  std::snprintf(id, sizeof id, "%08x-%04x-4%03x-a%03x-%012llx", static_cast<unsigned>(a),
                static_cast<unsigned>(a >> 32) & 0xffff, static_cast<unsigned>(a >> 48) & 0xfff,
                static_cast<unsigned>(b) & 0xfff, static_cast<unsigned long long>(b >> 16) & 0xffffffffffff);
  e.id = id;
  // Sealed content looks random and does not compress.
  e.data.resize(s.size > around ? s.size - around : 1);
  for (auto& c : e.data) c = static_cast<char>(chance.next());
  return e;
}

int run(int argc, char** argv, const char* name, Settings s,
        const std::function<Measured(const Settings&)>& append,
        const std::function<Measured(const Settings&)>& read) {
  CLI::App app{std::string("Appends to and reads from ") + name + " as stafett-load does from Stafett"};
  app.add_option("address", s.address, "HOST:PORT of the server, or the file")->required();
  app.add_option("--connections", s.connections)->check(CLI::Range(1, 10000))->capture_default_str();
  app.add_option("--depth", s.depth, "unanswered appends a connection keeps")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  app.add_option("--events", s.events)->check(CLI::Range(1, 100000000))->capture_default_str();
  app.add_option("--size", s.size, "bytes of an event, about")
      ->check(CLI::Range(1, 65536))
      ->capture_default_str();
  app.add_option("--histories", s.histories, "streams of ten events to read afterwards")
      ->capture_default_str();
  app.add_option("--readers", s.readers, "connections that read them")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--seed", s.seed)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  s.events -= s.events % (stream_length * s.connections);
  if (s.events == 0) s.events = stream_length * s.connections;
  try {
    auto appended = append(s);
    Measured histories = s.histories > 0 ? read(s) : Measured{};
    appended.latencies.sort();
    histories.latencies.sort();
    auto rate = [](const Measured& m) {
      return m.seconds > 0 ? static_cast<double>(m.latencies.count()) / m.seconds : 0;
    };
    nlohmann::ordered_json out{{"events_per_s", rate(appended)},
                               {"p50_us", appended.latencies.quantile(0.5)},
                               {"p90_us", appended.latencies.quantile(0.9)},
                               {"p99_us", appended.latencies.quantile(0.99)},
                               {"p999_us", appended.latencies.quantile(0.999)},
                               {"max_us", appended.latencies.quantile(1)},
                               {"errors", 0}};
    if (s.histories > 0) {
      out["reads_per_s"] = rate(histories);
      out["read_p50_us"] = histories.latencies.quantile(0.5);
      out["read_p99_us"] = histories.latencies.quantile(0.99);
    }
    std::printf("%s\n", out.dump().c_str());
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", name, e.what());
    return 1;
  }
}

}  // namespace stafett::peers
