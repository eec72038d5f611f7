#include "domain_rows/story.h"

#include <filesystem>
#include <regex>
#include <set>
#include <stdexcept>

#include "casework/registry.h"

namespace stafett::domain_rows {
namespace {

std::string trimmed(const std::string& text) {
  auto begin = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
  return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

// The line with the file's unit and municipality where it has none of its own.
std::string placed(const std::string& line, const std::string& unit, const std::string& municipality) {
  auto words = line.substr(0, line.find('{'));
  std::smatch found;
  static const std::regex begin(R"(^(\S+ \S+ \S+))");
  if (!std::regex_search(line, found, begin)) throw std::runtime_error("no event: " + line);
  std::string out = found.str();
  if (words.find(" @") == std::string::npos) out += " @" + unit;
  if (words.find(" #") == std::string::npos) out += " #" + municipality;
  return out + line.substr(out.find(found.str()) + found.str().size());
}

}  // namespace

std::vector<std::string> row_ids(const std::string& text) {
  static const std::regex id("[A-Z]{3}-[0-9]{2}");
  return {std::sregex_token_iterator(text.begin(), text.end(), id), {}};
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  if (!line.starts_with("|") || line.find("---") != std::string::npos) return out;
  for (std::size_t begin = 1, end; (end = line.find('|', begin)) != std::string::npos; begin = end + 1)
    out.push_back(trimmed(line.substr(begin, end - begin)));
  return out;
}

std::vector<Story> stories_in(const std::string& file) {
  static const std::regex defaults(R"(Municipality (\d{4}), unit ([\w/-]+))");
  std::vector<Story> out;
  std::string municipality, unit;
  for (auto& line : support::read_lines("tests/" + file)) {
    std::smatch found;
    if (out.empty() && std::regex_search(line, found, defaults)) {
      municipality = found[1];
      unit = found[2];
    } else if (line.starts_with("## ")) {
      auto title = line.substr(3);
      auto ids = row_ids(title);
      if (ids.empty() || unit.empty()) throw std::runtime_error(file + ": " + line);
      auto after = title.rfind(ids.back()) + ids.back().size();
      out.push_back({file, trimmed(title.substr(after)), ids, {}, {}});
    } else if (line.starts_with("    ") && !out.empty()) {
      out.back().events.push_back(placed(trimmed(line), unit, municipality));
    } else if (auto row = cells(line); !row.empty() && row.front() != "at") {
      if (row.size() != 3 || out.empty()) throw std::runtime_error(file + ": " + line);
      out.back().expectations.push_back({row[0], row[1], row[2]});
    }
  }
  return out;
}

std::vector<Story> all_stories() {
  std::set<std::string> files;
  for (auto& entry :
       std::filesystem::directory_iterator(std::string(STAFETT_SOURCE_DIR) + "/tests/domain_rows"))
    if (auto name = entry.path().filename().string(); name.ends_with(".md") && name != "README.md")
      files.insert("domain_rows/" + name);
  std::vector<Story> out;
  for (auto& file : files)
    for (auto& story : stories_in(file)) out.push_back(std::move(story));
  return out;
}

}  // namespace stafett::domain_rows
