#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/progress.h"

namespace stafett::tools {
namespace {

Result<int> rebuild(const Globals& globals, client::Connection& connection) {
  std::optional<Progress> progress(std::in_place, false);
  auto say = [&](wire::ProgressAnswer p) {
    progress->say(std::to_string(p.done) + globals.say(" of ", " av ") + std::to_string(p.total) +
                  globals.say(" events", " händelser"));
  };
  STAFETT_TRY(auto report, connection.rebuild(say));
  progress.reset();
  if (globals.json) {
    Json line;
    line["same"] = report.same;
    line["events"] = report.events;
    line["eventsPerSecond"] = number(report.events_per_second);
    line["digest"] = report.digest;
    line["difference"] = report.difference.empty() ? Json() : Json(report.difference);
    print(line);
  } else {
    std::printf("%s: %llu %s, %.0f %s\n",
                report.same ? globals.say("same", "lika") : globals.say("DIFFERENT", "OLIKA"),
                static_cast<unsigned long long>(report.events),
                globals.say("events folded anew", "händelser räknade på nytt"), report.events_per_second,
                globals.say("a second", "i sekunden"));
    std::printf("%s %s\n", globals.say("state", "tillstånd"), report.digest.c_str());
    if (!report.difference.empty()) std::printf("%s\n", report.difference.c_str());
  }
  return report.same ? done : refused;
}

}  // namespace

void add_rebuild(CLI::App& app, const Globals& globals, Run& run) {
  auto* command =
      app.add_subcommand("rebuild", "fold the whole ledger anew and compare with the live answers");
  command->callback([&globals, &run] {
    run = [&globals] {
      return with_connection(globals,
                             [&](client::Connection& connection) { return rebuild(globals, connection); });
    };
  });
}

}  // namespace stafett::tools
