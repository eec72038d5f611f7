#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/events_shown.h"
#include "stafett/in_words.h"
#include "stafett/table.h"

namespace stafett::tools {
namespace {

Json to_json(const wire::Amendment& a) {
  Json out;
  out["correction"] = a.correction.value;
  out["corrected"] = a.corrected.value;
  out["rule"] = a.rule;
  out["case"] = a.case_id.empty() ? Json() : Json(a.case_id);
  out["subject"] = a.subject;
  out["before"] = wire::to_string(a.before);
  out["after"] = a.gone ? Json() : Json(wire::to_string(a.after));
  out["recordedAt"] = format_utc(a.recorded_at);
  out["actor"] = a.actor.empty() ? Json() : Json(a.actor);
  out["correctedActor"] = a.corrected_actor.empty() ? Json() : Json(a.corrected_actor);
  out["sameActor"] = a.same_actor;
  return out;
}

void print_table(const Globals& globals, const RuleNames& names, const wire::AmendmentsAnswer& answer) {
  Table table({globals.say("correction", "rättelse"), globals.say("of", "av"),
               globals.say("recorded", "registrerad"), globals.say("rule", "regel"),
               globals.say("case", "ärende"), globals.say("subject", "gäller"),
               globals.say("without it", "utan den"), globals.say("with it", "med den"),
               globals.say("by", "av"), globals.say("corrected was by", "det rättade av"),
               globals.say("second person", "andra person"), globals.say("what", "vad")});
  auto who = [](const std::string& actor) { return actor.empty() ? "–" : actor; };
  for (auto& a : answer.amendments) {
    bool known = !a.actor.empty() && !a.corrected_actor.empty();
    table.add({std::to_string(a.correction.value), std::to_string(a.corrected.value),
               short_time(a.recorded_at), a.rule, a.case_id, a.subject, in_words(globals, a.before),
               a.gone ? globals.say("gone", "borta") : in_words(globals, a.after), who(a.actor),
               who(a.corrected_actor),
               a.same_actor ? globals.say("NO", "NEJ")
               : known      ? globals.say("yes", "ja")
                            : globals.say("not known", "inte känt"),
               names.of(a.rule)});
  }
  if (!table.empty()) table.print();
  auto n = answer.amendments.size();
  std::printf("%zu %s\n", n,
              globals.say("obligations that a correction made look better",
                          "skyldigheter som en rättelse förbättrat"));
}

}  // namespace

void add_amended(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand(
      "amended", "corrections that turned a breach, a delay or something overdue into something better");
  struct Options {
    wire::AmendedRequest request;
    TimeOptions times;
  };
  auto options = std::make_shared<Options>();
  add_filter(*command, "--unit", options->request.unit, "corrections by this unit");
  options->times.add_at(*command);
  options->times.add_known_at(*command);
  command->callback(asking(globals, run, [&globals, options](client::Connection& connection) -> Result<int> {
    auto asked = options->request;
    asked.as_of = options->times.as_of(globals);
    STAFETT_TRY(auto answer, patiently(globals, [&] { return connection.amended(asked); }));
    if (globals.json) {
      for (auto& a : answer.amendments) print(to_json(a));
      return done;
    }
    STAFETT_TRY(auto names, RuleNames::of(globals, connection, asked.as_of));
    print_table(globals, names, answer);
    return done;
  }));
}

}  // namespace stafett::tools
