#include "layers/layer_check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "layers/layer_table.h"
#include "layers/source_tree.h"

namespace stafett::layers {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

// Where a file stands: src/ledger/tail.h is {"ledger", private}, include/stafett/ledger/ledger.h {"ledger",
// public}.
struct Place {
  std::string layer;
  bool is_public = false;
};

std::vector<std::string> parts_of(const fs::path& path) {
  std::vector<std::string> parts;
  for (const auto& part : path) parts.push_back(part.string());
  return parts;
}

std::optional<Place> place_of(const fs::path& file) {
  const auto parts = parts_of(file);
  if (parts[0] == "tools") return Place{"tools", false};
  if (parts[0] == "src" && parts.size() >= 3 && may_include(parts[1])) return Place{parts[1], false};
  if (parts[0] == "include" && parts.size() >= 4 && parts[1] == "stafett" && may_include(parts[2])) {
    return Place{parts[2], true};
  }
  return std::nullopt;
}

class Check {
 public:
  explicit Check(fs::path root) : root_(std::move(root)) {
    for (auto& listed : read_listed(root_ / "src/CMakeLists.txt", "stafett_layer")) {
      listed_[listed.name] = std::move(listed.words);
    }
  }

  std::vector<Violation> run() {
    check_listed_dependencies();
    read_public_headers();
    for (const char* folder : {"include", "src", "tools"}) {
      for (const SourceFile& file : read_folder(root_, folder)) check_file(file);
    }
    check_names("tests");
    check_names("bench");
    check_names("schema");
    check_sources_are_listed();
    return std::move(violations_);
  }

 private:
  void report(std::string where, std::string what) {
    violations_.push_back({std::move(where), std::move(what)});
  }

  const std::vector<std::string>& listed(const std::string& layer, const std::string& keyword) const {
    static const std::vector<std::string> none;
    const auto words = listed_.find(layer);
    if (words == listed_.end()) return none;
    const auto found = words->second.find(keyword);
    return found == words->second.end() ? none : found->second;
  }

  // What `layer` reaches through the DEPS of src/CMakeLists.txt.
  Names reached_by(const std::string& layer) const {
    Names reached;
    std::vector<std::string> pending = listed(layer, "DEPS");
    while (!pending.empty()) {
      const std::string next = pending.back();
      pending.pop_back();
      if (!reached.insert(next).second) continue;
      for (const auto& further : listed(next, "DEPS")) pending.push_back(further);
    }
    return reached;
  }

  void check_listed_dependencies() {
    for (const auto& [layer, words] : listed_) {
      const Names* allowed = may_include(layer);
      if (!allowed) {
        report("src/CMakeLists.txt", layer + " is not a layer of the house");
        continue;
      }
      for (const auto& dependency : listed(layer, "DEPS")) {
        if (!allowed->contains(dependency)) {
          report("src/CMakeLists.txt", layer + " may not depend on " + dependency);
        }
      }
    }
  }

  void check_file(const SourceFile& file) {
    check_name(file.path);
    if (file.path.filename() == "CMakeLists.txt" && file.path.parent_path() == "src") return;
    const auto place = place_of(file.path);
    if (!place) return report(file.path.string(), "is in no layer");
    for (const Include& include : file.includes) {
      check_include(*place, file.path.string() + ":" + std::to_string(include.line), include);
    }
  }

  void check_include(const Place& place, const std::string& where, const Include& include) {
    const auto parts = parts_of(fs::path(include.path));
    if (parts[0] == "stafett" && parts.size() >= 3) {
      check_layer_include(place, where, parts[1], include.path);
    } else if (include.path.ends_with(".capnp.h")) {
      report(where, "generated headers are included as \"stafett/schema/file.capnp.h\"");
    } else if (include.quoted) {
      check_private_include(place, where, parts);
    } else if (const Library* library = library_of(include.path)) {
      check_library_include(place, where, *library);
    } else if (!is_system_header(include.path)) {
      report(where, "<" + include.path + "> belongs to a library that no layer owns");
    }
  }

  void read_public_headers() {
    for (SourceFile& file : read_folder(root_, "include")) {
      public_headers_[file.path.lexically_relative("include").string()] = std::move(file.includes);
    }
  }

  // The libraries whose types a public header shows, by its own includes or by those of the headers it
  // includes.
  std::set<const Library*> shown_by(const std::string& header) const {
    std::set<const Library*> libraries;
    Names seen;
    std::vector<std::string> pending = {header};
    while (!pending.empty()) {
      const std::string next = pending.back();
      pending.pop_back();
      if (!seen.insert(next).second) continue;
      if (next.ends_with(".capnp.h")) libraries.insert(library_of("capnp/"));
      const auto includes = public_headers_.find(next);
      if (includes == public_headers_.end()) continue;
      for (const Include& include : includes->second) {
        const Library* library = library_of(include.path);
        if (library && !library->in_public_headers) libraries.insert(library);
        pending.push_back(include.path);
      }
    }
    return libraries;
  }

  void check_layer_include(const Place& place, const std::string& where, const std::string& layer,
                           const std::string& header) {
    for (const Library* library : shown_by(header)) {
      if (library->owners.contains(place.layer)) continue;
      report(where, place.layer + " sees " + std::string(library->name) + " through " + header);
    }
    if (layer == place.layer) return;
    if (!may_include(place.layer)->contains(layer)) {
      report(where, place.layer + " may not include " + layer);
    } else if (listed_.contains(place.layer) && !reached_by(place.layer).contains(layer)) {
      report(where,
             place.layer + " includes " + layer + ", which its DEPS in src/CMakeLists.txt do not reach");
    }
  }

  // A private header is written "<layer>/file.h", from src; a program's own as it lies in tools.
  void check_private_include(const Place& place, const std::string& where,
                             const std::vector<std::string>& parts) {
    if (place.layer == "tools") {
      if (may_include(parts[0]) && parts[0] != "tools" && parts.size() > 1) {
        report(where, "tools may not include a private header of " + parts[0]);
      }
      return;
    }
    if (parts.size() < 2 || !may_include(parts[0])) {
      report(where, "private headers are included as \"<layer>/file.h\"");
    } else if (parts[0] != place.layer) {
      report(where, place.layer + " may not include a private header of " + parts[0]);
    } else if (place.is_public) {
      report(where, "a public header includes a private one");
    }
  }

  void check_library_include(const Place& place, const std::string& where, const Library& library) {
    if (!library.owners.contains(place.layer)) {
      report(where, place.layer + " may not include " + std::string(library.name));
    }
  }

  void check_names(const fs::path& folder) {
    for (const SourceFile& file : read_folder(root_, folder)) check_name(file.path);
  }

  void check_name(const fs::path& file) {
    static const Names nameless = {"util",   "utils",  "utility", "utilities",
                                   "common", "helper", "helpers", "manager"};
    for (const fs::path& part : file) {
      std::istringstream words(part.stem().string());
      for (std::string word; std::getline(words, word, '_');) {
        if (nameless.contains(word)) {
          return report(file.string(), "is called '" + word + "': it has not found its noun");
        }
      }
    }
  }

  void check_sources_are_listed() {
    for (const SourceFile& file : read_folder(root_, "src")) {
      const auto place = place_of(file.path);
      if (!place || file.path.extension() != ".cc") continue;
      const auto& sources = listed(place->layer, "SOURCES");
      const auto name = file.path.lexically_relative(fs::path("src") / place->layer).string();
      if (std::ranges::find(sources, name) == sources.end()) {
        report(file.path.string(), "is not listed in src/CMakeLists.txt");
      }
    }
    check_words_list("tests");
    check_words_list("tools");
    check_words_list("bench");
  }

  // These lists are freer in form, so a file counts as listed when its path, or its path within its first
  // folder, stands in one of the lists between it and `folder`.
  void check_words_list(const fs::path& folder) {
    for (const SourceFile& file : read_folder(root_, folder)) {
      if (file.path.extension() != ".cc") continue;
      bool found = false;
      for (fs::path list = file.path.parent_path();; list = list.parent_path()) {
        if (fs::exists(root_ / list / "CMakeLists.txt")) {
          const Names words = read_words(root_ / list / "CMakeLists.txt");
          const fs::path from_list = file.path.lexically_relative(list);
          fs::path within = from_list;
          if (from_list.has_parent_path()) within = from_list.lexically_relative(*from_list.begin());
          found = found || words.contains(from_list.string()) || words.contains(within.string());
        }
        if (list == folder || list.empty()) break;
      }
      if (!found) report(file.path.string(), "is not listed in " + folder.string() + "/CMakeLists.txt");
    }
  }

  fs::path root_;
  std::map<std::string, std::map<std::string, std::vector<std::string>>> listed_;
  std::map<std::string, std::vector<Include>> public_headers_;  // by the name they are included under
  std::vector<Violation> violations_;
};

}  // namespace

std::ostream& operator<<(std::ostream& out, const Violation& violation) {
  return out << violation.where << ": " << violation.what;
}

std::vector<Violation> check_layers(const fs::path& root) { return Check(root).run(); }

}  // namespace stafett::layers
