#pragma once

#include <array>
#include <string>
#include <string_view>

#include "simulation/disk.h"
#include "simulation/names.h"
#include "simulation/random.h"

// For interposed_files.cc: what it tells the disk and asks it.
namespace stafett::simulation {

enum class Call : std::uint8_t {
  open,
  create,
  read,
  write,
  sync,
  rename,
  remove,
  link,
  make_folder,
  truncate
};

// What is to happen to a call. At most one of these; none: it goes through.
struct Fate {
  int error = 0;                       // errno; nothing has happened, or, of a write, a part
  std::optional<std::size_t> no_more;  // a read or write of that many bytes at most
};

class DiskState {
 public:
  // Null while nobody is scheduled, or for a process without a disk.
  static DiskState* in_use();

  // The path, when it is below the folder.
  std::optional<std::string> path_of(int folder_fd, const char* path) const;
  // What an open file descriptor is of; null when it is none of ours.
  const std::string* path_of(int fd) const;

  Fate call(Call call, std::string_view path, std::size_t size);
  // After the call.
  void opened(int fd, const std::string& path, bool made);
  void closed(int fd);
  void synced(int fd);
  void renamed(const std::string& from, const std::string& to);
  void bury(const std::string& path);  // before its name goes away
  void removed(const std::string& path);
  void linked(const std::string& from, const std::string& to);
  void made_folder(const std::string& path);

  [[noreturn]] void crash();

  DiskPlan plan;
  NameHistory names;
  Random choice{0};
  std::uint64_t changes = 0, calls = 0, errors = 0, trace = 0;
  bool healed = false;

 private:
  std::string kept(const Inode& inode, const std::string& content, int mode);

  struct Open {
    std::string path;
    InodePtr inode;
  };
  std::array<std::optional<Open>, 4096> open_;
};

}  // namespace stafett::simulation
