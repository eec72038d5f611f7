#pragma once

#include <string>

#include "stafett/core/error.h"

// The Swedish of names that answers carry: what the schema has a label for is said by its label, the rest is
// here. A name that is not known is said as it is.
namespace stafett::tools {

std::string swedish_dimension(const std::string& dimension);
std::string swedish_group_value(const std::string& dimension, const std::string& value);
// How a figure is shown: "andel" for share.
std::string swedish_show(const std::string& show);
std::string swedish_code(ErrorCode code);

}  // namespace stafett::tools
