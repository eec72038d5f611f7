#include <set>

#include "casework/random_history.h"

namespace stafett::history {

bool acceptable(const std::vector<std::string>& lines) {
  std::set<std::string> opened;
  for (auto& line : lines) {
    auto event = nlohmann::json::parse(line);
    std::string stream = event["subject"];
    if (event["type"] == "se.stafett.CaseOpened") opened.insert(stream);
    if (stream.rfind("case/", 0) == 0 && !opened.count(stream)) return false;
  }
  return true;
}

std::vector<std::string> shrunk(std::vector<std::string> lines,
                                const std::function<bool(const std::vector<std::string>&)>& fails) {
  bool smaller = true;
  for (auto step = std::max<std::size_t>(1, lines.size() / 2); step > 1 || smaller;
       step = std::max<std::size_t>(1, step / 2)) {
    smaller = false;
    for (std::size_t i = 0; i < lines.size();) {
      auto fewer = lines;
      fewer.erase(fewer.begin() + std::ptrdiff_t(i),
                  fewer.begin() + std::ptrdiff_t(std::min(i + step, fewer.size())));
      if (acceptable(fewer) && fails(fewer))
        lines = fewer, smaller = true;
      else
        i += step;
    }
  }
  return lines;
}

}  // namespace stafett::history
