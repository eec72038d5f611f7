#include "stafett/file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "stafett/output_file.h"

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
  STAFETT_TRY(auto out, OutputFile::open(path, OutputFile::For::everybody));
  STAFETT_TRY(out.write(content));
  return out.finish();
}

}  // namespace stafett::tools
