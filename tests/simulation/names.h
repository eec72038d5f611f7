#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stafett::simulation {

struct Inode {
  bool folder = false;
  std::string durable;                // as it was last synced
  std::optional<std::string> buried;  // as it was when its last name was removed
};
using InodePtr = std::shared_ptr<Inode>;
// Paths and what they name.
using Names = std::map<std::string, InodePtr>;

// One change of names, which takes effect at once or not at all.
struct NameChange {
  std::string parent;  // the folder whose sync makes it last
  std::vector<std::string> removed;
  Names added;
};

inline std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

// The names as the running process sees them, as the disk has them, and how one becomes the other.
class NameHistory {
 public:
  Names now, durable;

  void change(NameChange change) {
    apply(change, now);
    pending_.push_back(std::move(change));
  }
  void sync_folder(const std::string& folder) {
    std::erase_if(pending_, [&](const NameChange& change) {
      if (change.parent != folder) return false;
      apply(change, durable);
      return true;
    });
  }
  std::size_t pending() const { return pending_.size(); }
  // What there is after a crash that only so many changes outlive.
  Names after(std::size_t changes) const {
    auto names = durable;
    for (std::size_t i = 0; i < changes; ++i) apply(pending_[i], names);
    // What lies in a folder that is not there is not there either.
    std::erase_if(names, [&](const auto& name) {
      return name.first != root && !names.contains(parent_of(name.first));
    });
    return names;
  }
  std::string root;

 private:
  static void apply(const NameChange& change, Names& names) {
    for (const auto& path : change.removed) names.erase(path);
    for (const auto& [path, inode] : change.added) names[path] = inode;
  }
  std::vector<NameChange> pending_;
};

}  // namespace stafett::simulation
