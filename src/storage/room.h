#pragma once

#include <cstdint>
#include <filesystem>

#include "stafett/core/result.h"

namespace stafett::storage {

// Whether a write of that many bytes leaves the reserve free: a twentieth of the disk, at most 64 MiB, which
// flushing, closing and opening again need. Where the file system cannot say, the write will. Errors:
// unavailable.
Result<void> check_room(const std::filesystem::path& path, std::uintmax_t bytes);

}  // namespace stafett::storage
