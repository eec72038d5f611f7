#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace stafett::support {

// A fresh folder that goes away with the test.
class TempDir {
 public:
  TempDir() {
    std::string name = (std::filesystem::temp_directory_path() / "stafett-test-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path_ = name;
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

inline void write(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

// Everything below a folder: names and contents. Two equal pictures: nothing has been touched.
inline std::map<std::string, std::string> picture_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> picture;
  if (!std::filesystem::exists(folder)) return picture;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    picture[entry.path().lexically_relative(folder).string()] =
        entry.is_regular_file() ? content_of(entry.path()) : "(folder)";
  return picture;
}

}  // namespace stafett::support
