#pragma once

#include <filesystem>
#include <string>

#include "stafett/core/bytes.h"
#include "stafett/core/result.h"

// Small files beside the store that must be whole or absent after any crash.
namespace stafett::storage {

// The whole content. Errors: not_found, io_error.
Result<std::string> read_file(const std::filesystem::path& path);

// Writes the content with mode 0600 under a temporary name, syncs it, gives it its name and syncs the folder:
// after a crash the file holds the old or the new content. Errors: unavailable when the disk is full,
// io_error.
Result<void> write_file(const std::filesystem::path& path, std::string_view content);

// Creates the folder with mode 0700, and those above it, unless it is there. Errors: io_error.
Result<void> make_folder(const std::filesystem::path& path);

// Makes names created in or removed from the folder outlive a crash. Errors: io_error.
Result<void> sync_folder(const std::filesystem::path& path);

}  // namespace stafett::storage
