#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

namespace stafett::layers {

struct Violation {
  std::string where;  // file, or file:line
  std::string what;   // a sentence: what is wrong and what the rule is
};
std::ostream& operator<<(std::ostream& out, const Violation& violation);

// Everything in the tree at `root` that breaks the house's layering, in the order of the files:
// - a file outside a layer, or one whose name has not found its noun (utils, common, helpers, manager);
// - an #include of a layer, a private header or an outside library that the file's layer may not see;
// - an #include of a layer that src/CMakeLists.txt does not list in its DEPS, directly or through one of
// them;
// - a source or test file that its CMakeLists.txt does not list, so that it would silently not be built.
std::vector<Violation> check_layers(const std::filesystem::path& root);

}  // namespace stafett::layers
