#include <cstdio>
#include <memory>

#include "stafett/command.h"
#include "stafett/events_shown.h"
#include "stafett/merkle/hash.h"
#include "stafett/progress.h"

namespace stafett::tools {
namespace {

struct Options {
  std::uint64_t from = 0;
  std::optional<std::uint64_t> limit;
  bool follow = false;
  bool raw = false;
};

Result<void> show(const Globals& globals, const Options& options, const wire::StoredEvent& stored) {
  if (globals.json) {
    STAFETT_TRY(auto line, json_line(stored, options.raw));
    std::printf("%s\n", line.c_str());
    return ok();
  }
  STAFETT_TRY(auto event, event::decode_record(stored.record));
  auto line = short_line(globals, event);
  if (options.raw) line += "  " + to_hex(merkle::leaf_hash(stored.record));
  std::printf("%s\n", line.c_str());
  return ok();
}

Result<int> read(const Globals& globals, const Options& options, client::Connection& connection) {
  if (options.limit == 0) return done;
  Progress progress(true);
  std::uint64_t shown = 0;
  bool enough = false;
  auto each = [&](wire::StoredEvent stored) -> Result<void> {
    STAFETT_TRY(show(globals, options, stored));
    ++shown;
    progress.say(std::to_string(shown) + globals.say(" events", " händelser"));
    // Nor is there more to say to an output that takes nothing.
    enough = options.follow && (std::fflush(stdout) != 0 || (options.limit && shown >= *options.limit));
    // A subscription has no end of its own: this ends the call.
    if (enough) return fail(ErrorCode::not_found, "as many as were asked for");
    return ok();
  };
  wire::RequestBody request = wire::ReadRequest{Position(options.from), options.limit};
  if (options.follow) request = wire::FollowRequest{Position(options.from)};
  auto finished = connection.events(std::move(request), each);
  if (enough) return done;
  if (options.follow && !finished && finished.error().code == ErrorCode::unavailable) {
    // Only a server that is going, or too loaded, ends a subscription. Which one, the connection tells.
    auto still_there = connection.head();
    if (!still_there && client::lost(still_there.error())) {
      report(finished.error());
      return not_reachable;
    }
  }
  STAFETT_TRY(std::move(finished));
  return done;
}

}  // namespace

void add_read(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("read", "all events in the order of the ledger");
  auto options = std::make_shared<Options>();
  add_number(*command, "--from", options->from, "first position wanted")->type_name("POSITION");
  add_number(*command, "--limit", options->limit, "at most so many events")->type_name("N");
  command->add_flag("--follow", options->follow, "stay, and show new events as they come");
  command->add_flag("--raw", options->raw, "with the stored bytes (base64) and their leaf hash (hex)");
  command->callback(asking(globals, run, [&globals, options](client::Connection& connection) {
    return read(globals, *options, connection);
  }));
}

}  // namespace stafett::tools
