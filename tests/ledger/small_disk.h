#pragma once

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "support/temp_dir.h"

namespace stafett::support {

// A real file system of a few megabytes, in memory, that really fills up. Only root may make one, and not in
// every container.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size) {
    mounted_ = ::mount("stafett-test", dir_.path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(dir_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  std::filesystem::path operator/(const std::string& name) const { return dir_ / name; }

  // To the last byte; true when the disk said that it is full.
  bool fill() const {
    const int fd = ::open(filler().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) return errno == ENOSPC;
    const std::string block(1u << 20, 'x');
    auto size = block.size();
    ssize_t written = 0;
    // What is written in part is tried again with less.
    while (size > 0) {
      written = ::write(fd, block.data(), size);
      if (written < 0) size /= 2;
    }
    const bool full = errno == ENOSPC;
    ::close(fd);
    return full;
  }
  void make_room() const { std::filesystem::remove(filler()); }

 private:
  std::filesystem::path filler() const { return dir_ / "filler"; }

  TempDir dir_;
  bool mounted_ = false;
};

}  // namespace stafett::support
