#pragma once

#include <string>
#include <vector>

#include "stafett/command.h"

// Lists of cases: which are wanted, and how they are shown.
namespace stafett::tools {

// --unit, --kind and --status.
void add_case_filters(CLI::App& command, wire::CasesRequest& request);

// Columns of a table of cases, and the row of one.
std::vector<std::string> case_columns(const Globals& globals);
std::vector<std::string> case_row(const Globals& globals, const wire::CaseSummary& summary);

}  // namespace stafett::tools
