// stafett-generate: makes a believable municipality's ledger of any size, straight into a folder.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "census.h"
#include "municipality/chance.h"
#include "stafett/core/calendar.h"
#include "writing.h"

namespace {

using namespace stafett;

// One line on a terminal, once a second.
class Progress {
 public:
  Progress(const char* verb, std::uint64_t all)
      : verb_(verb), all_(all), shown_(isatty(STDERR_FILENO) == 1) {}
  ~Progress() {
    if (on_screen_) std::fprintf(stderr, "\r\033[K");
  }
  void operator()(std::uint64_t done) {
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || now < next_) return;
    next_ = now + std::chrono::seconds(1);
    on_screen_ = true;
    const auto seconds = std::chrono::duration<double>(now - began_).count();
    const auto rate = static_cast<double>(done) / seconds;
    std::fprintf(stderr, "\r\033[K%s %llu", verb_, static_cast<unsigned long long>(done));
    if (all_ > 0 && done > 0)
      std::fprintf(stderr, " of %llu events, %.0f a second, %.0f s to go",
                   static_cast<unsigned long long>(all_), rate, static_cast<double>(all_ - done) / rate);
  }

 private:
  const char* verb_;
  std::uint64_t all_;
  bool shown_, on_screen_ = false;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now(),
                                        next_ = began_ + std::chrono::seconds(1);
};

void print(const generate::Census& c) {
  auto n = [](std::uint64_t v) { return static_cast<unsigned long long>(v); };
  std::printf("%llu events, %llu bytes a record, %llu with personal content\n", n(c.events),
              n(c.bytes / std::max<std::uint64_t>(c.events, 1)), n(c.sealed));
  std::printf("recorded from %s to %s; %llu more than 72 hours after they happened\n",
              format_local(c.first).c_str(), format_local(c.last).c_str(), n(c.late));
  for (const auto& [category, count] : c.streams)
    std::printf("%10llu streams of %s\n", n(count), category.c_str());
  if (!c.cases.empty()) {
    std::uint64_t in_cases = 0, longest = 0;
    for (const auto& [id, count] : c.cases)
      in_cases += count, longest = std::max<std::uint64_t>(longest, count);
    std::printf("%10.1f events a case, %llu the longest; %llu cases are open\n",
                static_cast<double>(in_cases) / static_cast<double>(c.cases.size()), n(longest),
                n(c.open_cases));
  }
  std::printf("events by type:\n");
  for (const auto& [type, count] : c.types) std::printf("%10llu %s\n", n(count), type.c_str());
}

nlohmann::ordered_json to_json(const generate::Census& c) {
  return {{"events", c.events},           {"bytes", c.bytes},           {"sealed", c.sealed},
          {"first", format_utc(c.first)}, {"last", format_utc(c.last)}, {"late", c.late},
          {"openCases", c.open_cases},    {"streams", c.streams},       {"types", c.types}};
}

// Names of case streams of that length, one a line, in an order that has nothing to do with their age.
bool write_cases(const generate::Census& c, const std::string& file,
                 const std::vector<std::uint32_t>& length) {
  std::vector<std::pair<std::uint64_t, std::string>> chosen;
  for (const auto& [id, count] : c.cases)
    if (length.empty() || (count >= length[0] && count <= length[1]))
      chosen.emplace_back(municipality::mixed(std::hash<std::string>{}(id)), id);
  std::sort(chosen.begin(), chosen.end());
  std::ofstream out(file);
  for (const auto& [luck, id] : chosen) out << "case/" << id << "\n";
  out.close();
  if (!out) std::fprintf(stderr, "stafett-generate: cannot write %s\n", file.c_str());
  return !!out;
}

int report(const Error& error) {
  std::fprintf(stderr, "stafett-generate: %s\n", error.message.c_str());
  return error.code == ErrorCode::corruption ? 4 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Makes the ledger of a believable municipality, of any size, straight into a new folder"};
  std::uint64_t events = 0, seed = 1;
  double years = 20;
  unsigned districts = 0;
  std::string data, until, cases;
  std::vector<std::uint32_t> case_events;
  std::size_t size = 512;
  bool check = false, json = false;
  app.add_option("--data", data, "folder of the ledger: a new one, or with --check alone one that is there")
      ->required();
  app.add_option("--events", events, "how many, the base rules included")
      ->check(CLI::Range(2ull, 1000000000ull));
  app.add_option("--seed", seed, "the same seed, years and end tell the same events")->capture_default_str();
  app.add_option("--years", years, "how long it took")->check(CLI::Range(0.1, 100.0))->capture_default_str();
  app.add_option("--until", until, "when it ends: a date or RFC 3339; default: today at 00:00");
  app.add_option("--districts", districts,
                 "each with its own units; default: one, and one more for each 500 000 events")
      ->check(CLI::Range(1, 100));
  app.add_option("--size", size, "bytes of a record, about: personal text fills it up; 0: no personal text")
      ->check(CLI::Range(0, 65536))
      ->capture_default_str();
  app.add_flag("--check", check, "decode the whole ledger and print what is in it");
  app.add_option("--cases", cases,
                 "with --check: file to write the names of the cases' streams to, one a line");
  app.add_option("--case-events", case_events, "only those cases of at least and at most so many events")
      ->expected(2);
  app.add_flag("--json", json, "JSON Lines instead of words");
  app.set_version_flag("--version", STAFETT_RELEASE);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  if (events == 0 && !check) {
    std::fprintf(stderr, "stafett-generate: --events says how many, or --check what there is\n");
    return 2;
  }
  if (events > 0) {
    municipality::Settings settings;
    settings.seed = seed;
    const auto end = until.empty() ? start_of_day(local_date(SystemClock().now())) : Instant{};
    settings.until = end;
    if (!until.empty()) {
      auto parsed = parse_time_argument(until);
      if (!parsed) {
        std::fprintf(stderr, "stafett-generate: --until: %s\n", parsed.error().message.c_str());
        return 2;
      }
      settings.until = parsed.value();
    }
    settings.from = settings.until - std::chrono::hours(static_cast<std::int64_t>(years * 365.25 * 24));
    settings.record_bytes = size;
    settings.districts =
        districts ? districts : 1 + static_cast<unsigned>(std::min<std::uint64_t>(events / 500000, 60));
    settings.gap = municipality::gap_for(settings, events);
    Progress progress("writing", events);
    auto written = generate::write_ledger(data, settings, events, std::ref(progress));
    if (!written) return report(written.error());
    const auto& w = written.value();
    const auto rate = static_cast<double>(w.events) / w.seconds;
    if (json)
      std::printf("%s\n", nlohmann::ordered_json{{"events", w.events},
                                                 {"households", w.households},
                                                 {"seconds", w.seconds},
                                                 {"events_per_s", rate},
                                                 {"seed", seed}}
                              .dump()
                              .c_str());
    else
      std::printf("%llu events of %llu households in %.1f s, %.0f a second, seed %llu\n",
                  static_cast<unsigned long long>(w.events), static_cast<unsigned long long>(w.households),
                  w.seconds, rate, static_cast<unsigned long long>(seed));
  }
  if (!check) return 0;
  Progress progress("reading", events);
  auto counted = generate::census(data, std::ref(progress));
  if (!counted) return report(counted.error());
  if (!cases.empty() && !write_cases(counted.value(), cases, case_events)) return 1;
  if (json)
    std::printf("%s\n", to_json(counted.value()).dump().c_str());
  else
    print(counted.value());
  return 0;
}
