// stafett-ask: asks one question again and again over one connection, and tells how long the answers took.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>

#include "load/latencies.h"
#include "stafett/client/connection.h"
#include "stafett/core/calendar.h"

namespace {

using namespace stafett;
using Steady = std::chrono::steady_clock;

struct Settings {
  std::string server = "127.0.0.1:7411", at, known_at;
  std::vector<std::string> indicators, by;
  std::size_t times = 20;
  double seconds = 0;
  unsigned pause_ms = 0;
  bool first = false;
};

Result<wire::IndicatorsRequest> question(const Settings& s) {
  wire::IndicatorsRequest request;
  request.ids = s.indicators;
  request.by = s.by;
  if (!s.at.empty()) {
    STAFETT_TRY(request.as_of.at, parse_time_argument(s.at));
  }
  if (!s.known_at.empty()) {
    STAFETT_TRY(request.as_of.known_at, parse_time_argument(s.known_at));
  }
  return request;
}

Result<load::Latencies> ask(const Settings& s, std::size_t& figures) {
  STAFETT_TRY(auto request, question(s));
  STAFETT_TRY(auto connection, client::Connection::open(s.server));
  // What a server that has just started has to work out first is not what is asked about, unless it is.
  if (!s.first) {
    STAFETT_TRY(connection.figures(request));
  }
  load::Latencies latencies;
  const auto over =
      Steady::now() + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(s.seconds));
  for (std::size_t i = 0; s.seconds > 0 ? Steady::now() < over : i < s.times; ++i) {
    const auto begin = Steady::now();
    STAFETT_TRY(auto answer, connection.figures(request));
    latencies.add(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begin).count()));
    figures = answer.figures.size();
    std::this_thread::sleep_for(std::chrono::milliseconds(s.pause_ms));
  }
  latencies.sort();
  return latencies;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Asks a Stafett server for indicators again and again and prints how long the answers took, as JSON"};
  Settings s;
  app.add_option("indicators", s.indicators, "which; none: all");
  app.add_option("--server", s.server, "HOST:PORT of the server")
      ->envname("STAFETT_SERVER")
      ->capture_default_str();
  app.add_option("--by", s.by, "dimensions")->delimiter(',');
  app.add_option("--at", s.at, "judge as of then");
  app.add_option("--known-at", s.known_at, "what was recorded by then");
  app.add_option("--times", s.times, "how often")->check(CLI::Range(1, 1000000))->capture_default_str();
  app.add_option("--seconds", s.seconds, "for how long, instead of how often");
  app.add_option("--pause", s.pause_ms, "milliseconds between an answer and the next question")
      ->capture_default_str();
  app.add_flag("--first", s.first, "count the first answer too");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  std::size_t figures = 0;
  auto asked = ask(s, figures);
  if (!asked) {
    std::fprintf(stderr, "stafett-ask: %s\n", asked.error().message.c_str());
    return client::lost(asked.error()) ? 3 : 1;
  }
  auto& l = asked.value();
  std::printf("%s\n", nlohmann::ordered_json{{"answers", l.count()},
                                             {"figures", figures},
                                             {"p50_us", l.quantile(0.5)},
                                             {"p99_us", l.quantile(0.99)},
                                             {"max_us", l.quantile(1)}}
                          .dump()
                          .c_str());
}
