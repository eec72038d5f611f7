#include "storage/diagnostic_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>

#include "stafett/core/instant.h"

namespace stafett::storage {
namespace {

class Silence : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

class File : public rocksdb::Logger {
 public:
  explicit File(int fd) : Logger(rocksdb::WARN_LEVEL), fd_(fd) {}
  ~File() override { ::close(fd_); }

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    std::array<char, 2048> text;
    const auto length = std::vsnprintf(text.data(), text.size(), format, arguments);
    if (length <= 0) return;
    auto line = format_utc(SystemClock().now()) + " ";
    line.append(text.data(), std::min(static_cast<std::size_t>(length), text.size() - 1));
    if (line.back() != '\n') line += '\n';
    // One write, so that lines of different threads stay whole. A failure is nobody's business: see the
    // header.
    [[maybe_unused]] const auto written = ::write(fd_, line.data(), line.size());
  }
  // All options, at every opening: they are in the source.
  void LogHeader(const char*, va_list) override {}

 private:
  const int fd_;
};

}  // namespace

std::shared_ptr<rocksdb::Logger> diagnostic_log(const std::filesystem::path& folder) {
  constexpr std::uintmax_t size_max = 1u << 20;
  const auto path = folder / "LOG";
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  if (!ignored && size > size_max) std::filesystem::rename(path, folder / "LOG.old", ignored);
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return no_diagnostic_log();
  return std::make_shared<File>(fd);
}

std::shared_ptr<rocksdb::Logger> no_diagnostic_log() { return std::make_shared<Silence>(); }

}  // namespace stafett::storage
