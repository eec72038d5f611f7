#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// The house's layering as data: which layer may see which, and which layers own an outside library. A new
// layer or library is a line here, and a decision. There are no exemptions.
namespace stafett::layers {

// The layers whose public headers `layer` may include, itself not among them; null if there is no such layer.
const std::set<std::string>* may_include(const std::string& layer);
const std::map<std::string, std::set<std::string>>& layer_table();

struct Library {
  std::string_view name;
  std::vector<std::string_view> prefixes;  // of what stands between < and >
  std::set<std::string> owners;            // the layers that may include it, or a header that shows it
  bool in_public_headers = false;          // true: part of the house's own face, seen by everybody
};

// The outside library that an #include names; null for the standard library and the system's own headers.
const Library* library_of(std::string_view include_path);

// Whether the path is a header of the C++ standard library, C or POSIX.
bool is_system_header(std::string_view include_path);

}  // namespace stafett::layers
