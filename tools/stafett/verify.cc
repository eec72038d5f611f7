#include "stafett/ledger/verify.h"

#include <algorithm>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/progress.h"

namespace stafett::tools {
namespace {

using Verified = wire::VerifiedAnswer;

// A folder that could not be opened has no head to speak of.
bool nothing_read(const Verified& verified) {
  return std::ranges::any_of(verified.problems, [](const auto& p) { return p.where == "folder"; });
}

void show_json(const Verified& verified) {
  Json line;
  line["same"] = verified.same;
  line["size"] = verified.events;
  line["root"] = nothing_read(verified) ? Json() : Json(to_hex(verified.head.root));
  line["eventsPerSecond"] = number(verified.events_per_second);
  line["problemsFound"] = verified.problems_found;
  line["problems"] = Json::array();
  for (const auto& p : verified.problems)
    line["problems"].push_back(
        {{"where", p.where}, {"what", p.what}, {"position", p.position ? Json(p.position->value) : Json()}});
  print(line);
}

std::string in_words(const Globals& globals, const std::string& where) {
  if (where == "record") return globals.say("record", "post");
  if (where == "node") return globals.say("tree", "träd");
  if (where == "index") return globals.say("index", "register");
  if (where == "key") return globals.say("key", "nyckel");
  if (where == "head") return globals.say("signed head", "signerat huvud");
  if (where == "projection") return globals.say("answers", "svar");
  if (where == "folder") return globals.say("folder", "mapp");
  return where;
}

int show(const Globals& globals, const Verified& verified) {
  if (globals.json) {
    show_json(verified);
    return verified.same ? done : damaged;
  }
  for (const auto& p : verified.problems) {
    const auto place =
        p.position ? std::string(", position ") + std::to_string(p.position->value) : std::string();
    std::printf("%s%s: %s\n", in_words(globals, p.where).c_str(), place.c_str(), p.what.c_str());
  }
  if (verified.problems_found > verified.problems.size())
    std::printf("%s %llu\n", globals.say("problems found so far:", "problem funna hittills:"),
                static_cast<unsigned long long>(verified.problems_found));
  if (nothing_read(verified)) {
    std::printf("%s\n",
                globals.say("DAMAGED: the ledger cannot be opened, so no event could be read or verified",
                            "SKADAD: liggaren kan inte öppnas, så ingen händelse kunde läsas eller "
                            "kontrolleras"));
    return damaged;
  }
  std::printf("%s: %llu %s, %.0f %s\n",
              verified.same ? globals.say("whole", "hel") : globals.say("DAMAGED", "SKADAD"),
              static_cast<unsigned long long>(verified.events),
              globals.say("events verified", "händelser kontrollerade"), verified.events_per_second,
              globals.say("a second", "i sekunden"));
  std::printf("%s %s\n", globals.say("root", "rot"), to_hex(verified.head.root).c_str());
  return verified.same ? done : damaged;
}

// Shows how far the work has come, until it is ended.
class Events {
 public:
  explicit Events(const Globals& globals) : globals_(globals) {}
  void say(std::uint64_t done, std::uint64_t total) {
    line_.say(std::to_string(done) + globals_.say(" of ", " av ") + std::to_string(total) +
              globals_.say(" events", " händelser"));
  }

 private:
  const Globals& globals_;
  Progress line_{false};
};

int verify_stopped(const Globals& globals, const std::string& data) {
  Verified out;
  {
    Events events(globals);
    ledger::VerifyOptions options;
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
      events.say(done, total);
      return true;
    };
    auto verified = ledger::verify_folder(data, options);
    if (!verified) return report(verified.error());
    auto& v = verified.value();
    out = {v.good(), v.head.size.value, v.events_per_s, {}, v.problems_found, {}};
    out.head.size = v.head.size;
    out.head.root = v.head.root;
    for (auto& p : v.problems) out.problems.push_back({std::move(p.where), std::move(p.what), p.position});
  }
  return show(globals, out);
}

Result<int> verify_running(const Globals& globals, client::Connection& connection) {
  std::optional<Events> events(std::in_place, globals);
  auto say = [&](wire::ProgressAnswer p) { events->say(p.done, p.total); };
  STAFETT_TRY(auto verified, connection.verify(say));
  events.reset();
  return show(globals, verified);
}

}  // namespace

void add_verify(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand(
      "verify", "derive everything that is stored anew from the records, and say what is wrong and where");
  auto data = std::make_shared<std::optional<std::string>>();
  command
      ->add_option("--data", *data,
                   "the folder of a stopped ledger instead of a server's; nothing in it is changed")
      ->type_name("DIR");
  command->callback([&globals, &run, data] {
    run = [&globals, data] {
      if (*data) return verify_stopped(globals, **data);
      return with_connection(globals, [&](client::Connection& c) { return verify_running(globals, c); });
    };
  });
}

}  // namespace stafett::tools
