#include "stafett/storage/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace stafett::storage {
namespace {

Error error_of(int number, std::string what) {
  const auto code = number == ENOSPC || number == EDQUOT ? ErrorCode::unavailable : ErrorCode::io_error;
  return Error{code, std::move(what) + ": " + std::generic_category().message(number), {}, {}};
}

class File {
 public:
  File(const std::filesystem::path& path, int flags, mode_t mode = 0)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const { return fd_ >= 0; }
  int fd() const { return fd_; }

 private:
  int fd_;
};

Result<void> write_all(const File& file, std::string_view content, const std::string& name) {
  while (!content.empty()) {
    const auto n = ::write(file.fd(), content.data(), content.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(error_of(errno, "cannot write " + name));
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fsync(file.fd()) != 0) return fail(error_of(errno, "cannot sync " + name));
  return ok();
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  File file(path, O_RDONLY);
  if (!file) {
    if (errno == ENOENT) return fail(ErrorCode::not_found, path.string() + " does not exist");
    return fail(error_of(errno, "cannot open " + path.string()));
  }
  std::string content;
  char buffer[4096];
  for (;;) {
    const auto n = ::read(file.fd(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(error_of(errno, "cannot read " + path.string()));
    if (n == 0) return content;
    content.append(buffer, static_cast<std::size_t>(n));
  }
}

Result<void> write_file(const std::filesystem::path& path, std::string_view content) {
  auto temporary = path;
  temporary += ".new";
  {
    File file(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (!file) return fail(error_of(errno, "cannot create " + temporary.string()));
    STAFETT_TRY(write_all(file, content, temporary.string()));
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0)
    return fail(error_of(errno, "cannot name " + path.string()));
  return sync_folder(path.parent_path());
}

Result<void> link_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  STAFETT_TRY(remove_file(to));
  if (::link(from.c_str(), to.c_str()) != 0) return fail(error_of(errno, "cannot name " + to.string()));
  return sync_folder(to.parent_path());
}

Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return fail(error_of(errno, "cannot name " + to.string()));
  return sync_folder(to.parent_path());
}

Result<void> remove_file(const std::filesystem::path& path) {
  if (::unlink(path.c_str()) != 0) {
    if (errno == ENOENT) return ok();
    return fail(error_of(errno, "cannot remove " + path.string()));
  }
  return sync_folder(path.parent_path());
}

Result<void> destroy_file(const std::filesystem::path& path) {
  {
    File file(path, O_WRONLY);
    if (!file) {
      if (errno == ENOENT) return ok();
      return fail(error_of(errno, "cannot open " + path.string()));
    }
    struct stat status {};
    if (::fstat(file.fd(), &status) != 0) return fail(error_of(errno, "cannot look at " + path.string()));
    STAFETT_TRY(write_all(file, std::string(static_cast<std::size_t>(status.st_size), '\0'), path.string()));
  }
  return remove_file(path);
}

Result<void> make_folder(const std::filesystem::path& path) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
    return fail(error_of(errno, "cannot create " + path.string()));
  return ok();
}

Result<void> sync_file(const std::filesystem::path& path) {
  File file(path, O_RDONLY);
  if (!file) return fail(error_of(errno, "cannot open " + path.string()));
  if (::fsync(file.fd()) != 0) return fail(error_of(errno, "cannot sync " + path.string()));
  return ok();
}

Result<void> sync_folder(const std::filesystem::path& path) {
  File folder(path, O_RDONLY | O_DIRECTORY);
  if (!folder) return fail(error_of(errno, "cannot open " + path.string()));
  if (::fsync(folder.fd()) != 0) return fail(error_of(errno, "cannot sync " + path.string()));
  return ok();
}

}  // namespace stafett::storage
