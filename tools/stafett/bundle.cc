#include <memory>

#include "stafett/answers_json.h"
#include "stafett/command.h"
#include "stafett/file.h"
#include "stafett/heads_shown.h"

namespace stafett::tools {
namespace {

struct Options {
  std::string case_id, output, since;
  bool household = false;
};

Result<int> fetch(const Globals& globals, client::Connection& connection, const Options& options) {
  wire::BundleRequest request{options.case_id, options.household, {}};
  if (!options.since.empty()) {
    STAFETT_TRY(request.older, size_of_head(options.since));
  }
  std::string file;
  std::optional<Progress> progress(std::in_place, false);
  auto each = [&](const Bytes& part) -> Result<void> {
    file += as_chars(part);
    progress->say(std::to_string(file.size()) + globals.say(" bytes", " byte"));
    return ok();
  };
  STAFETT_TRY(patiently(globals, [&] { return connection.bundle(std::move(request), each); }));
  progress.reset();
  STAFETT_TRY(write_file(options.output, file));
  if (globals.json) {
    Json line;
    line["file"] = options.output;
    line["bytes"] = file.size();
    print(line);
  } else {
    std::printf(
        "%s: %zu %s\n", options.output.c_str(), file.size(),
        globals.say("bytes. It holds no personal content: nothing in a record commits to what it says.",
                    "byte. Inga personuppgifter följer med: ingenting i en post binder vad de säger."));
  }
  return done;
}

}  // namespace

void add_bundle(CLI::App& app, const Globals& globals, Run& run) {
  auto* command =
      app.add_subcommand("bundle", "a case with everything that proves it, as one file for an auditor");
  auto options = std::make_shared<Options>();
  auto spelt = [options](const std::string& id) { options->case_id = case_id(id); };
  command->add_option_function<std::string>("CASE", spelt, "id of the case")->required();
  command->add_option("-o,--output", options->output, "file to write")->required()->type_name("FILE");
  command->add_flag("--household", options->household,
                    "with the streams of every person, household and case that it is tied to");
  command
      ->add_option("--since", options->since,
                   "a head that the reader has: with the proof that this one continues it")
      ->type_name("HEADFILE");
  command->callback(asking(globals, run, [&globals, options](client::Connection& connection) {
    return fetch(globals, connection, *options);
  }));
}

}  // namespace stafett::tools
