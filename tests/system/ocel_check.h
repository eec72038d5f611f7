#pragma once

#include <string>
#include <vector>

#include "system/running_server.h"

namespace stafett::system_test {

// What is wrong with an OCEL 2.0 log in JSON, in words; empty when nothing is. Checked is what its published
// JSON schema requires (ocel-standard.org/2.0/ocel20-schema-json.json: which members there must be and of
// which type, every value a string, every time a date-time of RFC 3339), and what its specification demands
// beyond a schema's means: ids are unique, types and attributes are declared and their values of the declared
// type, no name twice in an event, and every relationship leads to an object of the log.
std::vector<std::string> wrong_in_ocel(const Json& log);

}  // namespace stafett::system_test
