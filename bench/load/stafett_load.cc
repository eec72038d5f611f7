// stafett-load: appends believable events over many connections, reads between them, and tells how fast it
// was acknowledged and answered.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <random>

#include "driver.h"

namespace {

using namespace stafett;

struct Settings {
  std::string server = "127.0.0.1:7411", streams, reads = "both";
  std::size_t connections = 8, depth = 1, events = 100000, size = 512;
  double rate = 0, read_share = 0;
  std::uint64_t seed = std::random_device{}();
  bool json = false;
};

Result<load::Plan> plan_of(const Settings& s) {
  load::Plan plan;
  const auto colon = s.server.rfind(':');
  if (colon == std::string::npos) return fail(ErrorCode::invalid_argument, "--server wants HOST:PORT");
  plan.host = s.server.substr(0, colon);
  plan.port = s.server.substr(colon + 1);
  plan.depth = s.depth;
  plan.rate = s.rate;
  plan.read_share = s.read_share;
  plan.reads = s.reads == "history" ? load::Reads::history
               : s.reads == "case"  ? load::Reads::cases
                                    : load::Reads::both;
  const auto lanes = std::min(s.connections, s.events);
  if (s.read_share >= 1 && s.streams.empty())
    return fail(ErrorCode::invalid_argument, "--read-share 1 appends nothing: --streams says what to read");
  if (!s.streams.empty()) {
    STAFETT_TRY(plan.streams, load::deal_streams(s.streams, lanes));
  }
  plan.requests = s.events / lanes;
  const auto appends = s.read_share >= 1 ? 0 : s.events;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const auto share = appends / lanes + (lane < appends % lanes ? 1 : 0);
    plan.work.push_back(load::work_of(s.seed, lane, share, s.size));
    if (isatty(STDERR_FILENO))
      std::fprintf(stderr, "\r\033[Kmaking events: %zu of %zu connections", lane + 1, lanes);
  }
  if (isatty(STDERR_FILENO)) std::fprintf(stderr, "\r\033[K");
  return plan;
}

void print_json(const Settings& s, const load::Outcome& o) {
  auto a_second = [&](std::size_t n) { return o.seconds > 0 ? static_cast<double>(n) / o.seconds : 0; };
  nlohmann::ordered_json out{{"events_per_s", a_second(o.appends.count())},
                             {"p50_us", o.appends.quantile(0.5)},
                             {"p90_us", o.appends.quantile(0.9)},
                             {"p99_us", o.appends.quantile(0.99)},
                             {"p999_us", o.appends.quantile(0.999)},
                             {"max_us", o.appends.quantile(1)},
                             {"errors", o.errors},
                             {"seed", s.seed}};
  if (s.read_share > 0) {
    out["reads_per_s"] = a_second(o.reads.count());
    out["read_p50_us"] = o.reads.quantile(0.5);
    out["read_p99_us"] = o.reads.quantile(0.99);
    out["read_max_us"] = o.reads.quantile(1);
  }
  std::printf("%s\n", out.dump().c_str());
}

void print_words(const Settings& s, const load::Outcome& o) {
  auto line = [&](const char* what, const load::Latencies& l) {
    if (l.count() == 0) return;
    std::printf("%zu %s over %zu connections, depth %zu: %.0f a second\n", l.count(), what, s.connections,
                s.depth, static_cast<double>(l.count()) / o.seconds);
    std::printf("  answered after: median %u us, 90 %% %u us, 99 %% %u us, 99.9 %% %u us, longest %u us\n",
                l.quantile(0.5), l.quantile(0.9), l.quantile(0.99), l.quantile(0.999), l.quantile(1));
  };
  line("events", o.appends);
  line("reads", o.reads);
  std::printf("%llu errors, seed %llu\n", static_cast<unsigned long long>(o.errors),
              static_cast<unsigned long long>(s.seed));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Puts load on a Stafett server over many connections and reports throughput and latency."};
  Settings s;
  app.add_option("--server", s.server, "HOST:PORT of the server")
      ->envname("STAFETT_SERVER")
      ->capture_default_str();
  app.add_option("--connections", s.connections, "connections open at once")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  app.add_option("--depth", s.depth, "unanswered requests a connection keeps")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  app.add_option("--events", s.events,
                 "events to append, over all connections; made before the clock starts, in some 800 bytes of "
                 "memory each")
      ->check(CLI::Range(1, 100000000))
      ->capture_default_str();
  app.add_option("--size", s.size, "bytes of a stored record, about")
      ->check(CLI::Range(1, 65536))
      ->capture_default_str();
  app.add_option("--rate", s.rate,
                 "requests a second in all (open loop): each has its time, and its latency counts from then. "
                 "Without: "
                 "each answer makes room for the next request (closed loop)")
      ->check(CLI::Range(0.001, 1e9));
  app.add_option("--read-share", s.read_share,
                 "share of reads among the requests, beside the events; 1: --events reads, no appends")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--reads", s.reads,
                 "what is read: the history of a case, the case with its obligations, or both by turns")
      ->check(CLI::IsMember({"history", "case", "both"}))
      ->capture_default_str();
  app.add_option("--streams", s.streams,
                 "file of streams that can be read, one a line; else only those appended to");
  app.add_option("--seed", s.seed, "the same seed makes the same events (a ledger takes each once)");
  app.add_flag("--json", s.json, "one JSON object instead of words");
  app.set_version_flag("--version", STAFETT_RELEASE);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  auto fail_with = [](const Error& error) {
    std::fprintf(stderr, "stafett-load: %s\n", error.message.c_str());
    return error.code == ErrorCode::unavailable ? 3 : 2;
  };
  auto plan = plan_of(s);
  if (!plan) return fail_with(plan.error());
  auto outcome = load::drive(plan.value());
  if (!outcome) return fail_with(outcome.error());
  auto& o = outcome.value();
  o.appends.sort();
  o.reads.sort();
  if (o.duplicates > 0)
    std::fprintf(stderr, "stafett-load: %llu events were in the ledger already: choose another --seed\n",
                 static_cast<unsigned long long>(o.duplicates));
  if (o.errors > 0) std::fprintf(stderr, "stafett-load: the first error: %s\n", o.first_error.c_str());
  s.json ? print_json(s, o) : print_words(s, o);
  return o.errors == 0 ? 0 : 1;
}
