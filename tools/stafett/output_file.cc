#include "stafett/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace stafett::tools {
namespace {

int keep_open(std::FILE*) { return 0; }

// So that the name itself outlives a loss of power.
bool sync_folder_of(const std::string& path) {
  auto folder = std::filesystem::path(path).parent_path();
  int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

}  // namespace

Result<void> OutputFile::failed(int number) const {
  return fail(ErrorCode::io_error, "cannot write " + path_ + ": " + std::generic_category().message(number));
}

Result<OutputFile> OutputFile::open(std::string path, For readers) {
  if (path.empty()) return OutputFile({}, stdout, keep_open);
  std::error_code error;
  auto status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    return fail(ErrorCode::invalid_argument, "not a file that can be replaced: " + path);
  OutputFile out(std::move(path), nullptr, std::fclose);
  int descriptor = ::open(out.part().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                          readers == For::owner ? 0600 : 0666);
  if (descriptor < 0) {
    STAFETT_TRY(out.failed(errno));
  }
  out.file_.reset(::fdopen(descriptor, "w"));
  return out;
}

OutputFile::~OutputFile() {
  if (standard() || !file_) return;
  file_.reset();
  ::unlink(part().c_str());
}

Result<void> OutputFile::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size() && !standard())
    return failed(errno);
  return ok();
}

Result<void> OutputFile::finish() {
  if (standard()) return ok();
  if (std::fflush(file_.get()) != 0) return failed(errno);
  if (::fsync(::fileno(file_.get())) != 0) return failed(errno);
  if (std::rename(part().c_str(), path_.c_str()) != 0) return failed(errno);
  file_.reset();
  if (!sync_folder_of(path_)) return failed(errno);
  return ok();
}

}  // namespace stafett::tools
