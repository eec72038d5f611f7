#include <malloc.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "base_rules.h"
#include "listen_address.h"
#include "stafett/casework/adoption.h"
#include "stafett/crypto/random.h"
#include "stafett/ledger/ledger.h"
#include "stafett/note_key.h"
#include "stafett/projection/casebook.h"
#include "stafett/server/server.h"
#include "stafett/storage/health.h"

namespace {

using namespace stafett;

enum Exit : int { done = 0, failed = 1, usage = 2, damaged = 4 };

constexpr rlim_t descriptors_beside_connections = 1024;  // of the store, mostly

struct Settings {
  std::string data;
  std::string log_level = "info";
  server::Options server;
  std::vector<std::string> witnesses;
  unsigned heads_every_min = 10;
  unsigned idle_s = 600, frame_s = 30, write_s = 30;
};

int report(const Error& error) {
  spdlog::error("{}", error.message);
  return error.code == ErrorCode::corruption ? damaged : failed;
}

// As many descriptors as the system lets us have, and no more connections than that.
void make_room_for_connections(server::Limits& limits) {
  rlimit room{};
  if (getrlimit(RLIMIT_NOFILE, &room) != 0) return;
  room.rlim_cur = room.rlim_max;
  setrlimit(RLIMIT_NOFILE, &room);
  if (room.rlim_cur == RLIM_INFINITY ||
      room.rlim_cur >= limits.connections_max + descriptors_beside_connections)
    return;
  rlim_t left = room.rlim_cur > 2 * descriptors_beside_connections
                    ? room.rlim_cur - descriptors_beside_connections
                    : room.rlim_cur / 2;
  spdlog::warn("the system allows {} open files: at most {} connections instead of {}", room.rlim_cur, left,
               limits.connections_max);
  limits.connections_max = left;
}

// The event that adopts the shipped base rules: the first of a new ledger (contract 7 no. 12).
Result<event::NewEvent> base_adoption(Instant now) {
  STAFETT_TRY(auto set, casework::RuleSet::parse(tools::base_rules()));
  return casework::adoption_event(set, tools::base_rules(), crypto::random_uuid(), now);
}

void say(storage::Health::Change change, const std::string& message) {
  switch (change) {
    case storage::Health::Change::damaged:
      return spdlog::error("{}", message);
    case storage::Health::Change::disk_full:
      return spdlog::warn("appends are refused: {}", message);
    case storage::Health::Change::room_again:
      return spdlog::info("{}: appends are taken", message);
  }
}

int serve(Settings settings) {
  if (auto free = tools::can_listen(settings.server.listen); !free) {
    auto code = report(free.error());
    return free.error().code == ErrorCode::invalid_argument ? usage : code;
  }
  // Signals are waited for, by this thread alone: blocked before any other thread exists.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  make_room_for_connections(settings.server.limits);
  SystemClock clock;
  ledger::Options options;
  options.data = settings.data;
  options.clock = &clock;
  options.heads_every = std::chrono::minutes(settings.heads_every_min);
  for (const auto& given : settings.witnesses) {
    auto key = tools::note_key_from(given);
    if (!key) {
      spdlog::error("--witness: {}", key.error().message);
      return usage;
    }
    options.witnesses.push_back(std::move(key.value()));
  }
  auto adoption = base_adoption(clock.now());
  if (!adoption) return report(adoption.error());
  options.first_event = std::move(adoption.value());
  auto opened = ledger::Ledger::open(std::move(options));
  if (!opened) return report(opened.error());
  auto& ledger = *opened.value();
  ledger.health().listen(say);
  auto casebook = projection::Casebook::open(ledger, clock);
  if (!casebook) return report(casebook.error());
  const auto events_before = ledger.next_position().value;
  std::atomic<std::uint64_t> batches = 0;
  auto counting = ledger.on_advance([&](Position) { ++batches; });
  auto started = server::Server::start(ledger, *casebook.value(), clock, settings.server);
  if (!started) return report(started.error());
  auto& server = *started.value();

  std::printf("stafettd ready on %s\n", server.address().c_str());
  std::fflush(stdout);
  spdlog::info("{} events in {}", ledger.next_position().value, settings.data);
  if (auto key = ledger.note_key()) spdlog::info("heads are signed with {}", key.value().to_text());

  int signal = 0;
  sigwait(&ends, &signal);
  spdlog::info("stopping");
  if (!server.stop()) {
    // Something still runs in there, and will not end: what was acknowledged is on disk, so leave as it is.
    spdlog::warn("ending without waiting longer");
    std::_Exit(ledger.health().damage() ? damaged : done);
  }
  started.value().reset();
  counting.reset();
  const auto taken = ledger.next_position().value - events_before;
  casebook.value().reset();
  const bool is_damaged = ledger.health().damage().has_value();
  opened.value().reset();
  spdlog::info("stopped: {} events taken in {} batches", taken, batches.load());
  return is_damaged ? damaged : done;
}

}  // namespace

int main(int argc, char** argv) {
  // An arena a thread would keep what the largest question ever took, once for each thread that answered one.
  mallopt(M_ARENA_MAX, 2);
  CLI::App app("stafettd: the server of Stafett, an audit and follow-up ledger for child welfare",
               "stafettd");
  Settings settings;
  auto& limits = settings.server.limits;
  app.set_version_flag("--version", std::string("stafettd " STAFETT_RELEASE));
  app.add_option("--data", settings.data, "folder of the ledger; made when missing")
      ->required()
      ->type_name("DIR");
  app.add_option("--listen", settings.server.listen,
                 "address; port 0 picks one. Tried before the folder is touched")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app.add_option("--log-level", settings.log_level, "of the diagnostic log on standard error")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  app.add_option("--max-connections", limits.connections_max, "the next one is turned away")
      ->capture_default_str();
  app.add_option(
         "--heads-every", settings.heads_every_min,
         "minutes from one signed head to the next while there are new events; 0: only when asked for")
      ->capture_default_str();
  app.add_option("--witness", settings.witnesses,
                 "verifier key of a witness whose lines are taken and kept with heads (stafett cosign); "
                 "repeatable, and nobody else's are")
      ->type_name("PUBLICKEY|FILE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--idle-timeout", settings.idle_s, "seconds without a request until a connection is closed")
      ->capture_default_str();
  app.add_option("--frame-timeout", settings.frame_s, "seconds for a request to come in whole")
      ->capture_default_str();
  app.add_option("--write-timeout", settings.write_s, "seconds for a client to take anything of its answer")
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? done : usage;
  }
  limits.idle_timeout = std::chrono::seconds(settings.idle_s);
  limits.frame_timeout = std::chrono::seconds(settings.frame_s);
  limits.write_timeout = std::chrono::seconds(settings.write_s);
  spdlog::set_default_logger(spdlog::stderr_logger_mt("stafettd"));
  spdlog::set_level(spdlog::level::from_str(settings.log_level));
  try {
    return serve(std::move(settings));
  } catch (const std::exception& e) {
    spdlog::error("{}", e.what());
    return failed;
  }
}
