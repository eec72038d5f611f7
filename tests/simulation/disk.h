#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

// A disk that does what POSIX allows and no more, below one folder.
//
// The files are real ones, but nothing of them is taken to be on the disk before it has been synced: content
// when its file, names when their folder has been. After a crash the folder holds what was on the disk, and
// of what was not, what the seed says: nothing, everything, or a part. Of content, each sector of 512 bytes
// is kept or not, and where a file has grown there may be zeros or rubbish instead. Names change in the order
// in which they were changed, as on every file system with a journal: a part of them is the first few.
//
// interposed_files.cc takes the place of the C library's functions, for this executable and every shared
// library in it, so that the database and the product's own files (keys, identity, acknowledged) are on the
// same disk.
namespace stafett::simulation {

struct DiskPlan {
  std::uint64_t seed = 0;
  // Counted in calls that change something, from the start.
  std::optional<std::uint64_t> crash_at;
  bool power_fails = true;  // otherwise only the process dies: what it has written is there
  std::optional<std::uint64_t> full_from, full_to;
  // Counted in all calls.
  std::optional<std::uint64_t> error_at;
  std::uint64_t errors = 1;  // how many calls fail from there
  std::function<void()> before_crash;
};

class Disk {
 public:
  // Everything in the folder is on the disk. From here on the calling process uses it.
  static void begin(const std::filesystem::path& folder, const DiskPlan& plan);
  // Ends the process as the plan says a crash does.
  [[noreturn]] static void crash();
  // How a process ends whose life was simulated to that end.
  static constexpr int crashed = 42;

  static bool errors_were_made();
  static std::uint64_t changes();
  // A hash of every call so far, with its thread and result: equal in two runs with the same seed.
  static std::uint64_t trace();
  // Names and contents as a process sees them that reads without a fault.
  static std::map<std::string, std::string> picture(const std::filesystem::path& folder);
  // From here on there is room, and no call fails.
  static void heal();
};

}  // namespace stafett::simulation
