#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "stafett/core/result.h"

namespace stafett::tools {

// A file that is there whole or not at all: written beside its name, as FILE.part, and given the name once
// all of it is on disk. Dropped before that, it leaves what was there before. An empty name is standard
// output, which is written as it comes; whether it took all, the end of the command asks (all_written).
class OutputFile {
 public:
  enum class For { everybody, owner };  // whom the file lets read it, as far as the umask does

  // Errors: invalid_argument for a name that is something else than a file; io_error.
  static Result<OutputFile> open(std::string path, For readers);
  OutputFile(OutputFile&&) noexcept = default;
  ~OutputFile();

  bool standard() const { return path_.empty(); }
  const std::string& path() const { return path_; }

  // Errors: io_error, naming the file.
  Result<void> write(std::string_view text);
  // Gives the file its name. Nothing may be written afterwards.
  Result<void> finish();

 private:
  using Closer = int (*)(std::FILE*);
  OutputFile(std::string path, std::FILE* file, Closer closer)
      : path_(std::move(path)), file_(file, closer) {}
  std::string part() const { return path_ + ".part"; }
  Result<void> failed(int number) const;

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
};

}  // namespace stafett::tools
