#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>

#include "stafett/command.h"

namespace {

namespace tools = stafett::tools;
using stafett::event::Language;

Language of_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("sv") ? Language::swedish : Language::english;
  }
  return Language::english;
}

// Does what the command line says, and gives the exit code.
int obey(int argc, char** argv) {
  CLI::App app("Stafett: an audit and follow-up ledger for child welfare", "stafett");
  tools::Globals globals;
  tools::Run run;
  globals.language = of_locale();

  app.set_version_flag("--version", std::string("stafett " STAFETT_RELEASE));
  app.add_option("--server", globals.server, "the server's HOST:PORT")
      ->envname("STAFETT_SERVER")
      ->capture_default_str();
  app.add_flag("--json", globals.json, "machine output: JSON Lines");
  auto choose = [&globals](const std::string& name) {
    globals.language = name == "sv" ? Language::swedish : Language::english;
  };
  app.add_option_function<std::string>("--lang", choose,
                                       "language of labels: sv or en (default: the locale's)")
      ->check(CLI::IsMember({"sv", "en"}));
  tools::add_number(app, "--at-least", globals.at_least,
                    "answer only when this position is taken in account");
  app.footer(
      "Ends with 0: done; 1: refused, invalid or different, also when the server says that it is at its "
      "limit\n"
      "(unavailable: nothing was done, try again later); 2: usage; 3: the server cannot be reached, or the\n"
      "connection was lost; 4: damaged data.");
  app.require_subcommand(1);
  app.fallthrough();

  tools::add_append(app, globals, run);
  tools::add_history(app, globals, run);
  tools::add_read(app, globals, run);
  tools::add_case(app, globals, run);
  tools::add_cases(app, globals, run);
  tools::add_obligations(app, globals, run);
  tools::add_explain(app, globals, run);
  tools::add_amended(app, globals, run);
  tools::add_consent(app, globals, run);
  tools::add_indicators(app, globals, run);
  tools::add_export(app, globals, run);
  tools::add_timeline(app, globals, run);
  tools::add_sample(app, globals, run);
  tools::add_late(app, globals, run);
  tools::add_rules(app, globals, run);
  tools::add_rebuild(app, globals, run);
  tools::add_erase(app, globals, run);
  tools::add_backup(app, globals, run);
  tools::add_restore(app, globals, run);
  tools::add_verify(app, globals, run);
  tools::add_prove(app, globals, run);
  tools::add_head(app, globals, run);
  tools::add_cosign(app, globals, run);
  tools::add_bundle(app, globals, run);
  tools::add_check(app, globals, run);

  try {
    app.parse(argc, argv);
    return run();
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? tools::done : tools::usage;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "stafett: %s\n", e.what());
    return tools::refused;
  }
}

}  // namespace

int main(int argc, char** argv) {
  auto code = obey(argc, argv);
  return tools::all_written() ? code : std::max<int>(code, tools::refused);
}
