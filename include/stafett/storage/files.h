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

// Changes of names that outlive a crash. `link_file` gives a file a second name, in place of whatever had it;
// `remove_file` does nothing when there is no such file. Errors: io_error.
Result<void> link_file(const std::filesystem::path& from, const std::filesystem::path& to);
Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to);
Result<void> remove_file(const std::filesystem::path& path);

// Overwrites the file's content where it lies, syncs that, and removes it; nothing when there is no such
// file. What a disk or a file system that copies on writing keeps elsewhere is out of reach. Errors:
// io_error.
Result<void> destroy_file(const std::filesystem::path& path);

// Creates the folder with mode 0700, and those above it, unless it is there. Errors: io_error.
Result<void> make_folder(const std::filesystem::path& path);

// Makes what others have written to the file outlive a crash. Errors: io_error.
Result<void> sync_file(const std::filesystem::path& path);

// Makes names created in or removed from the folder outlive a crash. Errors: io_error.
Result<void> sync_folder(const std::filesystem::path& path);

}  // namespace stafett::storage
