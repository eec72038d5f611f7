#pragma once

#include <string>
#include <vector>

#include "stafett/answers_json.h"
#include "stafett/command.h"

// Lists of cases: which are wanted, and how they are shown.
namespace stafett::tools {

// --unit, --kind and --status.
void add_case_filters(CLI::App& command, wire::CasesRequest& request);

Json to_json(const wire::CaseSummary& summary);

// Columns of a table of cases, and the row of one.
std::vector<std::string> case_columns(const Globals& globals);
std::vector<std::string> case_row(const Globals& globals, const wire::CaseSummary& summary);

}  // namespace stafett::tools
