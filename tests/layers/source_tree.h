#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

// Reading the project as text: its source files, what they include, and what the CMake lists say.
namespace stafett::layers {

struct Include {
  int line = 0;  // from 1
  std::string path;
  bool quoted = false;  // "path", else <path>
};

struct SourceFile {
  std::filesystem::path path;  // from the project's root
  std::vector<Include> includes;
};

// Every regular file below root/folder, sorted by path; none if there is no such folder. Only .h and .cc
// files have includes.
std::vector<SourceFile> read_folder(const std::filesystem::path& root, const std::filesystem::path& folder);

std::vector<Include> read_includes(const std::filesystem::path& file);

// One call of a CMake function whose first argument is a name: stafett_layer(core SOURCES a.cc DEPS b). Words
// are kept by keyword; those before the first keyword stand under "".
struct ListedTarget {
  std::string name;
  std::map<std::string, std::vector<std::string>> words;
};

// The calls of `function` in a CMake file, comments left out. Keywords are words of two or more capital
// letters.
std::vector<ListedTarget> read_listed(const std::filesystem::path& cmake_file, const std::string& function);

// All words of a CMake file outside comments, whatever the call.
std::set<std::string> read_words(const std::filesystem::path& cmake_file);

}  // namespace stafett::layers
