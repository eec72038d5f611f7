// In the place of the C library's functions of these names, for the whole process: see disk.h. Files that are
// not on the simulated disk get what was asked for.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>

#include "simulation/disk_state.h"
#include "simulation/real.h"

using namespace stafett::simulation;

namespace {

long result_of(long value) {
  if (value >= 0) return value;
  errno = static_cast<int>(-value);
  return -1;
}

long failed(const Fate& fate) {
  errno = fate.error;
  return -1;
}

long open_file(int folder, const char* path, int flags, mode_t mode) {
  auto* disk = DiskState::in_use();
  const auto ours = disk ? disk->path_of(folder, path) : std::nullopt;
  const auto really = [&] {
    return call_system(SYS_openat, folder, as_long(path), flags, static_cast<long>(mode));
  };
  if (!ours) return result_of(really());
  const bool there = disk->names.now.contains(*ours);
  const bool makes = (flags & O_CREAT) && !there;
  if (const auto fate = disk->call(makes               ? Call::create
                                   : (flags & O_TRUNC) ? Call::truncate
                                                       : Call::open,
                                   *ours, 0);
      fate.error)
    return failed(fate);
  const auto fd = really();
  if (fd >= 0) disk->opened(static_cast<int>(fd), *ours, makes);
  return result_of(fd);
}

// The call with as many bytes as fate grants; `really` takes their number.
template <class Really>
ssize_t transfer(int fd, Call kind, std::size_t size, Really really) {
  auto* disk = DiskState::in_use();
  const auto* path = disk ? disk->path_of(fd) : nullptr;
  if (!path) return result_of(really(size));
  const auto fate = disk->call(kind, *path, size);
  if (fate.error && !fate.no_more) return failed(fate);
  const auto done = result_of(really(std::min(size, fate.no_more.value_or(size))));
  if (disk->plan.crash_at && disk->changes > *disk->plan.crash_at) disk->crash();
  // What failed half-way has still failed: some programs are told so only at the next call.
  return fate.error ? failed(fate) : done;
}

int sync_file(int fd, long number) {
  auto* disk = DiskState::in_use();
  const auto* path = disk ? disk->path_of(fd) : nullptr;
  if (!path) return static_cast<int>(result_of(call_system(number, fd)));
  if (const auto fate = disk->call(Call::sync, *path, 0); fate.error) return static_cast<int>(failed(fate));
  disk->synced(fd);
  return 0;
}

int remove_name(int folder, const char* path, int flags) {
  auto* disk = DiskState::in_use();
  const auto ours = disk ? disk->path_of(folder, path) : std::nullopt;
  const auto really = [&] { return call_system(SYS_unlinkat, folder, as_long(path), flags); };
  if (!ours) return static_cast<int>(result_of(really()));
  if (const auto fate = disk->call(Call::remove, *ours, 0); fate.error) return static_cast<int>(failed(fate));
  disk->bury(*ours);
  const auto result = really();
  if (result == 0) disk->removed(*ours);
  return static_cast<int>(result_of(result));
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const auto mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(list, mode_t) : 0;
  va_end(list);
  return static_cast<int>(open_file(AT_FDCWD, path, flags, mode));
}
int open64(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const auto mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(list, mode_t) : 0;
  va_end(list);
  return static_cast<int>(open_file(AT_FDCWD, path, flags, mode));
}
int openat(int folder, const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const auto mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(list, mode_t) : 0;
  va_end(list);
  return static_cast<int>(open_file(folder, path, flags, mode));
}

int close(int fd) {
  if (auto* disk = DiskState::in_use()) disk->closed(fd);
  return static_cast<int>(result_of(call_system(SYS_close, fd)));
}
// Files that are read in order are, through the C library, which does not call itself by name.
int fclose(FILE* file) {
  static auto* const real_fclose = real<decltype(::fclose)>("fclose");
  if (auto* disk = DiskState::in_use()) disk->closed(::fileno(file));
  return real_fclose(file);
}
std::size_t fread_unlocked(void* out, std::size_t size, std::size_t count, FILE* file) {
  static auto* const real_fread = real<decltype(::fread_unlocked)>("fread_unlocked");
  auto* disk = DiskState::in_use();
  const auto* path = disk ? disk->path_of(::fileno(file)) : nullptr;
  if (path) {
    const auto fate = disk->call(Call::read, *path, size * count);
    if (fate.error == EIO) {
      errno = EIO;
      return 0;
    }
  }
  return real_fread(out, size, count, file);
}

ssize_t read(int fd, void* out, std::size_t size) {
  return transfer(fd, Call::read, size, [&](std::size_t n) {
    return call_system(SYS_read, fd, as_long(static_cast<char*>(out)), static_cast<long>(n));
  });
}
ssize_t pread(int fd, void* out, std::size_t size, off_t offset) {
  return transfer(fd, Call::read, size, [&](std::size_t n) {
    return call_system(SYS_pread64, fd, as_long(static_cast<char*>(out)), static_cast<long>(n), offset);
  });
}
ssize_t write(int fd, const void* data, std::size_t size) {
  return transfer(fd, Call::write, size, [&](std::size_t n) {
    return call_system(SYS_write, fd, as_long(static_cast<const char*>(data)), static_cast<long>(n));
  });
}
ssize_t pwrite(int fd, const void* data, std::size_t size, off_t offset) {
  return transfer(fd, Call::write, size, [&](std::size_t n) {
    return call_system(SYS_pwrite64, fd, as_long(static_cast<const char*>(data)), static_cast<long>(n),
                       offset);
  });
}
int ftruncate(int fd, off_t size) noexcept {
  auto* disk = DiskState::in_use();
  if (const auto* path = disk ? disk->path_of(fd) : nullptr)
    if (const auto fate = disk->call(Call::truncate, *path, static_cast<std::size_t>(size)); fate.error)
      return static_cast<int>(failed(fate));
  return static_cast<int>(result_of(call_system(SYS_ftruncate, fd, size)));
}

int fsync(int fd) { return sync_file(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_file(fd, SYS_fdatasync); }
// Room is granted when it is asked for by writing.
int fallocate(int fd, int mode, off_t offset, off_t size) {
  if (const auto* disk = DiskState::in_use(); disk && disk->path_of(fd)) return 0;
  return static_cast<int>(result_of(call_system(SYS_fallocate, fd, mode, offset, size)));
}
// Begins to write, and promises nothing.
int sync_file_range(int, off_t, off_t, unsigned) noexcept { return 0; }

int rename(const char* from, const char* to) noexcept {
  auto* disk = DiskState::in_use();
  const auto ours = disk ? disk->path_of(AT_FDCWD, from) : std::nullopt;
  const auto target = disk ? disk->path_of(AT_FDCWD, to) : std::nullopt;
  const auto really = [&] { return call_system(SYS_rename, as_long(from), as_long(to)); };
  if (!ours || !target) return static_cast<int>(result_of(really()));
  if (const auto fate = disk->call(Call::rename, *target, 0); fate.error)
    return static_cast<int>(failed(fate));
  disk->bury(*target);
  const auto result = really();
  if (result == 0) disk->renamed(*ours, *target);
  return static_cast<int>(result_of(result));
}
int link(const char* from, const char* to) noexcept {
  auto* disk = DiskState::in_use();
  const auto ours = disk ? disk->path_of(AT_FDCWD, from) : std::nullopt;
  const auto target = disk ? disk->path_of(AT_FDCWD, to) : std::nullopt;
  if (ours && target)
    if (const auto fate = disk->call(Call::link, *target, 0); fate.error)
      return static_cast<int>(failed(fate));
  const auto result = call_system(SYS_link, as_long(from), as_long(to));
  if (result == 0 && ours && target) disk->linked(*ours, *target);
  return static_cast<int>(result_of(result));
}
int unlink(const char* path) noexcept { return remove_name(AT_FDCWD, path, 0); }
int rmdir(const char* path) noexcept { return remove_name(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int folder, const char* path, int flags) noexcept { return remove_name(folder, path, flags); }
int mkdir(const char* path, mode_t mode) noexcept {
  auto* disk = DiskState::in_use();
  const auto ours = disk ? disk->path_of(AT_FDCWD, path) : std::nullopt;
  if (ours)
    if (const auto fate = disk->call(Call::make_folder, *ours, 0); fate.error)
      return static_cast<int>(failed(fate));
  const auto result = call_system(SYS_mkdir, as_long(path), static_cast<long>(mode));
  if (result == 0 && ours) disk->made_folder(*ours);
  return static_cast<int>(result_of(result));
}

// Whether the machine's own disk is full does not matter.
int statvfs(const char*, struct statvfs* out) noexcept {
  *out = {};
  out->f_bsize = out->f_frsize = 4096;
  out->f_blocks = out->f_bfree = out->f_bavail = std::uint64_t{1} << 28;
  out->f_namemax = 255;
  return 0;
}

}  // extern "C"
