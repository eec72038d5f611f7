#include "layers/source_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace stafett::layers {
namespace {

// The file without CMake comments, with brackets set apart, so that words are what lies between blanks.
std::vector<std::string> cmake_words(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::string> words;
  for (std::string line; std::getline(in, line);) {
    line.erase(std::min(line.find('#'), line.size()));
    std::string spaced;
    for (const char c : line) {
      if (c == '(' || c == ')') {
        spaced += {' ', c, ' '};
      } else if (c != '"') {
        spaced += c;
      }
    }
    std::istringstream split(spaced);
    for (std::string word; split >> word;) words.push_back(word);
  }
  return words;
}

bool is_keyword(const std::string& word) {
  return word.size() >= 2 &&
         std::ranges::all_of(word, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

}  // namespace

std::vector<Include> read_includes(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<Include> includes;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    // Blanks may stand anywhere in "# include"; without them the directive has one spelling.
    std::string dense;
    std::ranges::copy_if(line, std::back_inserter(dense), [](char c) { return c != ' ' && c != '\t'; });
    static const std::string directive = "#include";
    if (!dense.starts_with(directive) || dense.size() <= directive.size()) continue;
    const char open = dense[directive.size()];
    if (open != '<' && open != '"') continue;
    const std::size_t begin = directive.size() + 1;
    const std::size_t end = dense.find(open == '<' ? '>' : '"', begin);
    if (end != std::string::npos) includes.push_back({number, dense.substr(begin, end - begin), open == '"'});
  }
  return includes;
}

std::vector<SourceFile> read_folder(const std::filesystem::path& root, const std::filesystem::path& folder) {
  std::vector<SourceFile> files;
  if (!std::filesystem::is_directory(root / folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (!entry.is_regular_file()) continue;
    SourceFile file{entry.path().lexically_relative(root), {}};
    const auto extension = file.path.extension();
    if (extension == ".h" || extension == ".cc") file.includes = read_includes(entry.path());
    files.push_back(std::move(file));
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<ListedTarget> read_listed(const std::filesystem::path& cmake_file, const std::string& function) {
  const std::vector<std::string> words = cmake_words(cmake_file);
  std::vector<ListedTarget> targets;
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    if (words[i] != function || words[i + 1] != "(") continue;
    ListedTarget target{words[i + 2], {}};
    std::string keyword;
    int depth = 1;
    for (i += 3; i < words.size(); ++i) {
      if (words[i] == "(") ++depth;
      if (words[i] == ")" && --depth == 0) break;
      if (is_keyword(words[i])) {
        keyword = words[i];
      } else {
        target.words[keyword].push_back(words[i]);
      }
    }
    targets.push_back(std::move(target));
  }
  return targets;
}

std::set<std::string> read_words(const std::filesystem::path& cmake_file) {
  const std::vector<std::string> words = cmake_words(cmake_file);
  return {words.begin(), words.end()};
}

}  // namespace stafett::layers
