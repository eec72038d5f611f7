#include "stafett/ledger/verify.h"

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/progress.h"

namespace stafett::tools {
namespace {

void show(const Globals& globals, const ledger::Verification& verified) {
  if (globals.json) {
    Json line;
    line["same"] = verified.good();
    line["size"] = verified.head.size.value;
    line["root"] = to_hex(verified.head.root);
    line["eventsPerSecond"] = number(verified.events_per_s);
    line["problems"] = Json::array();
    for (const auto& p : verified.problems)
      line["problems"].push_back({{"where", p.where},
                                  {"what", p.what},
                                  {"position", p.position ? Json(p.position->value) : Json()}});
    line["moreProblems"] = verified.more_problems;
    print(line);
    return;
  }
  for (const auto& p : verified.problems) {
    const auto place = p.position ? ", position " + std::to_string(p.position->value) : std::string();
    std::printf("%s%s: %s\n", p.where.c_str(), place.c_str(), p.what.c_str());
  }
  if (verified.more_problems)
    std::printf("%s\n", globals.say("and more than can be listed", "och fler än som kan visas"));
  std::printf("%s: %llu %s, %.0f %s\n",
              verified.good() ? globals.say("whole", "hel") : globals.say("DAMAGED", "SKADAD"),
              static_cast<unsigned long long>(verified.head.size.value),
              globals.say("events verified", "händelser kontrollerade"), verified.events_per_s,
              globals.say("a second", "i sekunden"));
  std::printf("%s %s\n", globals.say("root", "rot"), to_hex(verified.head.root).c_str());
}

int verify_stopped(const Globals& globals, const std::string& data) {
  std::optional<Progress> progress(std::in_place, false);
  ledger::VerifyOptions options;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress->say(std::to_string(done) + globals.say(" of ", " av ") + std::to_string(total) +
                  globals.say(" events", " händelser"));
    return true;
  };
  auto verified = ledger::verify_folder(data, options);
  progress.reset();
  if (!verified) return report(verified.error());
  show(globals, verified.value());
  return verified.value().good() ? done : damaged;
}

}  // namespace

void add_verify(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand(
      "verify", "derive everything that is stored anew from the records, and say what is wrong and where");
  auto data = std::make_shared<std::string>();
  command
      ->add_option("--data", *data,
                   "the folder of a stopped ledger, read without a server; nothing in it is changed")
      ->type_name("DIR")
      ->required();
  command->callback(
      [&globals, &run, data] { run = [&globals, data] { return verify_stopped(globals, *data); }; });
}

}  // namespace stafett::tools
