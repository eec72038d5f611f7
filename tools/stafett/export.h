#pragma once

#include "stafett/command.h"
#include "stafett/output_file.h"

// What the kinds of `export` share.
namespace stafett::tools {

// --out.
void add_out(CLI::App& command, std::string& path);

// Says what was written where, once it is there: on standard output when that is free, else on standard error
// and only to people.
void say_written(const Globals& globals, const OutputFile& out, const std::string& json,
                 const std::string& words);

void add_export_events(CLI::App& command, const Globals& globals, Run& run);
void add_export_ocel(CLI::App& command, const Globals& globals, Run& run);
void add_export_figures(CLI::App& command, const Globals& globals, Run& run);

}  // namespace stafett::tools
