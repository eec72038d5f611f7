#pragma once

#include <string>

#include "stafett/command.h"

// What the commands about signed heads share.
namespace stafett::tools {

// The note exactly; with --json its parts.
int print_head(const Globals& globals, const wire::HeadAnswer& head);

// The size that a file with a signed head says. Nothing is verified. Errors: not_found, io_error,
// invalid_argument.
Result<TreeSize> size_of_head(const std::string& file);

}  // namespace stafett::tools
