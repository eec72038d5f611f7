#include "stafett/export.h"

#include <cstdio>

namespace stafett::tools {

void add_out(CLI::App& command, std::string& path) {
  command
      .add_option(
          "-o,--out", path,
          "file to write, complete or not at all: as FILE.part until it is (default: standard output)")
      ->type_name("FILE");
}

void say_written(const Globals& globals, const OutputFile& out, const std::string& json,
                 const std::string& words) {
  if (globals.json) {
    if (!out.standard()) std::printf("%s\n", json.c_str());
  } else {
    std::fprintf(out.standard() ? stderr : stdout, "%s\n", words.c_str());
  }
}

void add_export(CLI::App& app, const Globals& globals, Run& run) {
  auto* command = app.add_subcommand("export", "events, case histories and figures for other tools");
  command->require_subcommand(1);
  add_export_events(*command, globals, run);
  add_export_ocel(*command, globals, run);
  add_export_figures(*command, globals, run);
}

}  // namespace stafett::tools
