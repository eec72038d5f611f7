#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

#include "stafett/client/connection.h"
#include "stafett/core/calendar.h"
#include "stafett/event/catalogue.h"
#include "stafett/progress.h"
#include "stafett/wire/messages.h"

// What the subcommands of `stafett` share: the global options, the exit codes of the contract, and the words
// of two languages.
namespace stafett::tools {

enum Exit : int { done = 0, refused = 1, usage = 2, not_reachable = 3, damaged = 4 };

struct Globals {
  std::string server = "127.0.0.1:7411";
  bool json = false;
  event::Language language = event::Language::english;
  std::optional<std::uint64_t> at_least;

  // The text in the language of the user.
  const char* say(const char* english, const char* swedish) const {
    return language == event::Language::swedish ? swedish : english;
  }
};

// The command that was chosen. Set while the command line is parsed, run afterwards; gives the exit code.
using Run = std::function<int()>;

// Says on standard error what went wrong, and gives the exit code for it.
int report(const Error& error);

// Whether standard output took all that was printed; else says that it did not. Every command ends with it,
// and none looks by itself.
bool all_written();

// Runs `body` with a connection to the server, or reports that there is none.
int with_connection(const Globals& globals, const std::function<Result<int>(client::Connection&)>& body);

// What a command's callback does when all it has to do is to ask the server: `body` runs later, connected.
std::function<void()> asking(const Globals& globals, Run& run,
                             std::function<Result<int>(client::Connection&)> body);

// Makes a call to the server, and says on a terminal that it is being waited for when it takes long.
auto patiently(const Globals& globals, auto call) {
  Waiting waiting(globals.say("the server is working:", "servern arbetar:"));
  return call();
}

// --at and --known-at.
struct TimeOptions {
  std::optional<Instant> at, known_at;
  void add_at(CLI::App& command);
  void add_known_at(CLI::App& command);
  wire::AsOf as_of(const Globals& globals) const;
};

// An option whose value is a time or a date of the contract; anything else is a usage error.
void add_time(CLI::App& command, const std::string& name, std::optional<Instant>& into,
              const std::string& help);
void add_date(CLI::App& command, const std::string& name, std::optional<Date>& into, const std::string& help);

// A period of no day at all is a usage error; for a command's callback, before it runs.
void check_period(const std::optional<Date>& from, const std::optional<Date>& to);

// With one end of the period given, the other is that of the calendar year in which the given one lies; the
// end is exclusive, so its year is that of the last day. With neither, the server takes the year of --at.
void complete_period(std::optional<Date>& from, std::optional<Date>& to);

// An option or argument whose value is a whole number, 0 or more; anything else is a usage error.
CLI::Option* add_number(CLI::App& command, const std::string& name, std::uint64_t& into,
                        const std::string& help);
CLI::Option* add_number(CLI::App& command, const std::string& name, std::optional<std::uint64_t>& into,
                        const std::string& help);

// An option that narrows a question, after `spelt` where given; an empty value, which would not narrow it, is
// a usage error.
void add_filter(CLI::App& command, const std::string& name, std::string& into, const std::string& help,
                std::string (*spelt)(std::string) = nullptr);

// The id of a case as it is asked for: without "case/".
std::string case_id(std::string id);

// One a subcommand, in the file of its name.
void add_append(CLI::App& app, const Globals& globals, Run& run);
void add_history(CLI::App& app, const Globals& globals, Run& run);
void add_read(CLI::App& app, const Globals& globals, Run& run);
void add_case(CLI::App& app, const Globals& globals, Run& run);
void add_amended(CLI::App& app, const Globals& globals, Run& run);
void add_consent(CLI::App& app, const Globals& globals, Run& run);
void add_explain(CLI::App& app, const Globals& globals, Run& run);
void add_export(CLI::App& app, const Globals& globals, Run& run);
void add_cases(CLI::App& app, const Globals& globals, Run& run);
void add_sample(CLI::App& app, const Globals& globals, Run& run);
void add_timeline(CLI::App& app, const Globals& globals, Run& run);
void add_late(CLI::App& app, const Globals& globals, Run& run);
void add_obligations(CLI::App& app, const Globals& globals, Run& run);
void add_indicators(CLI::App& app, const Globals& globals, Run& run);
void add_rules(CLI::App& app, const Globals& globals, Run& run);
void add_rebuild(CLI::App& app, const Globals& globals, Run& run);
void add_erase(CLI::App& app, const Globals& globals, Run& run);
void add_backup(CLI::App& app, const Globals& globals, Run& run);
void add_restore(CLI::App& app, const Globals& globals, Run& run);
void add_verify(CLI::App& app, const Globals& globals, Run& run);
void add_prove(CLI::App& app, const Globals& globals, Run& run);
void add_head(CLI::App& app, const Globals& globals, Run& run);
void add_cosign(CLI::App& app, const Globals& globals, Run& run);
void add_bundle(CLI::App& app, const Globals& globals, Run& run);
void add_check(CLI::App& app, const Globals& globals, Run& run);

}  // namespace stafett::tools
