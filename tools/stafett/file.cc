#include "stafett/file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace stafett::tools {

Result<std::string> read_file(const std::string& path) {
  const auto because = [&](int number) {
    return fail(number == ENOENT ? ErrorCode::not_found : ErrorCode::io_error,
                "cannot read " + path + ": " + std::generic_category().message(number));
  };
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return because(EISDIR);
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return because(errno);
  std::string content(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) return because(EIO);
  return content;
}

Result<void> write_file(const std::string& path, std::string_view content) {
  const auto beside = path + ".new";
  errno = 0;
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out)
      return fail(ErrorCode::io_error,
                  "cannot write " + beside + ": " + std::generic_category().message(errno));
  }
  std::error_code error;
  std::filesystem::rename(beside, path, error);
  if (error) return fail(ErrorCode::io_error, "cannot write " + path + ": " + error.message());
  return ok();
}

}  // namespace stafett::tools
