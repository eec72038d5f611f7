#pragma once

#include <string>
#include <string_view>

#include "stafett/core/result.h"

namespace stafett::tools {

// The whole content. Errors: not_found, io_error, both naming the file.
Result<std::string> read_file(const std::string& path);

// Replaces the file by one of that content, or leaves it as it was. Errors: io_error.
Result<void> write_file(const std::string& path, std::string_view content);

}  // namespace stafett::tools
