#include "simulation/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "simulation/disk_state.h"
#include "simulation/failure.h"
#include "simulation/real.h"
#include "simulation/scheduler.h"
#include "support/temp_dir.h"

namespace stafett::simulation {
namespace fs = std::filesystem;
namespace {

DiskState* state = nullptr;
thread_local bool bypass = false;

// While the disk itself touches the real files.
struct Bypass {
  Bypass() { bypass = true; }
  ~Bypass() { bypass = false; }
};

std::string content_at(const std::string& path) {
  const int fd = static_cast<int>(call_system(SYS_open, as_long(path.c_str()), O_RDONLY | O_CLOEXEC));
  if (fd < 0) return {};
  std::string content;
  char buffer[65536];
  for (;;) {
    const auto n = call_system(SYS_read, fd, as_long(&buffer[0]), sizeof buffer);
    if (n <= 0) break;
    content.append(buffer, static_cast<std::size_t>(n));
  }
  call_system(SYS_close, fd);
  return content;
}

void write_to(const std::string& path, std::string_view content) {
  const int fd = static_cast<int>(
      call_system(SYS_open, as_long(path.c_str()), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (fd < 0) give_up("the simulation cannot write " + path);
  while (!content.empty()) {
    const auto n = call_system(SYS_write, fd, as_long(content.data()), static_cast<long>(content.size()));
    if (n <= 0) give_up("the simulation cannot write " + path);
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  call_system(SYS_close, fd);
}

// A write of a few bytes is done or not: it lies in one page of memory, and in one sector of the disk.
constexpr std::size_t whole_write = 64;

bool changes_something(Call call) { return call != Call::open && call != Call::read; }

}  // namespace

void Disk::begin(const fs::path& folder, const DiskPlan& plan) {
  auto* made = new DiskState;
  made->plan = plan;
  made->choice = Random(plan.seed);
  auto& names = made->names;
  names.root = folder.string();
  names.now[names.root] = std::make_shared<Inode>();
  names.now[names.root]->folder = true;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    auto inode = std::make_shared<Inode>();
    inode->folder = entry.is_directory();
    if (!inode->folder) inode->durable = content_at(entry.path().string());
    names.now[entry.path().string()] = std::move(inode);
  }
  names.durable = names.now;
  state = made;
}

void Disk::crash() { state->crash(); }
bool Disk::errors_were_made() { return state->errors > 0; }
std::uint64_t Disk::changes() { return state->changes; }
std::uint64_t Disk::trace() { return state->trace; }
std::map<std::string, std::string> Disk::picture(const fs::path& folder) {
  const Bypass none;
  return support::picture_of(folder);
}
void Disk::heal() { state->healed = true; }

DiskState* DiskState::in_use() { return bypass || !Scheduler::here() ? nullptr : state; }

std::optional<std::string> DiskState::path_of(int folder_fd, const char* given) const {
  fs::path path(given);
  if (path.is_relative()) {
    const auto* folder = folder_fd == AT_FDCWD ? nullptr : path_of(folder_fd);
    if (!folder) return std::nullopt;
    path = *folder / path;
  }
  auto text = path.lexically_normal().string();
  if (text.ends_with('/')) text.pop_back();
  if (text != names.root && !text.starts_with(names.root + "/")) return std::nullopt;
  return text;
}

const std::string* DiskState::path_of(int fd) const {
  const auto i = static_cast<std::size_t>(fd);
  return fd >= 0 && i < open_.size() && open_[i] ? &open_[i]->path : nullptr;
}

Fate DiskState::call(Call call, std::string_view path, std::size_t size) {
  Scheduler::point();
  const auto number = calls++;
  const auto note = [this](std::uint64_t what) { trace = (trace ^ what) * 0x100000001b3 + (trace >> 47); };
  note(static_cast<std::uint64_t>(call));
  for (const char c : path.substr(names.root.size())) note(static_cast<unsigned char>(c));
  note(size);
  note(Scheduler::number());
  Fate fate;
  if (!healed && plan.error_at && number >= *plan.error_at && number < *plan.error_at + plan.errors)
    fate.error = EIO;
  if (changes_something(call)) {
    const auto change = changes++;
    if (plan.crash_at == change) {
      // A write may have got somewhere.
      if (call != Call::write || size <= whole_write || choice.once_in(2)) crash();
      fate.no_more = choice.below(size);
    } else if (plan.crash_at && change > *plan.crash_at) {
      crash();
    }
    const bool takes_room = call == Call::create || call == Call::write || call == Call::link ||
                            call == Call::make_folder || call == Call::rename;
    if (!healed && takes_room && plan.full_from && change >= *plan.full_from && change < *plan.full_to)
      fate.error = ENOSPC;
  }
  if (fate.error != 0) {
    ++errors;
    if (call == Call::write && size > whole_write && choice.once_in(2)) {
      fate.no_more = choice.below(size);
      if (*fate.no_more == 0) fate.no_more.reset();
    }
  } else if (!fate.no_more &&
             ((call == Call::read && size > 1) || (call == Call::write && size > whole_write)) &&
             choice.once_in(32)) {
    fate.no_more = 1 + choice.below(size - 1);
  } else if (!fate.no_more && (call == Call::read || call == Call::write) && choice.once_in(64)) {
    fate.error = EINTR;
  }
  note(static_cast<std::uint64_t>(fate.error));
  note(fate.no_more.value_or(~std::size_t{0}));
  return fate;
}

void DiskState::opened(int fd, const std::string& path, bool made) {
  if (static_cast<std::size_t>(fd) >= open_.size()) give_up("too many open files");
  if (made) names.change({parent_of(path), {}, {{path, std::make_shared<Inode>()}}});
  const auto found = names.now.find(path);
  if (found == names.now.end()) give_up("opened a file that the simulation does not know: " + path);
  open_[static_cast<std::size_t>(fd)] = Open{path, found->second};
}

void DiskState::closed(int fd) {
  if (path_of(fd)) open_[static_cast<std::size_t>(fd)].reset();
}

void DiskState::synced(int fd) {
  auto& open = *open_[static_cast<std::size_t>(fd)];
  if (open.inode->folder) return names.sync_folder(open.path);
  std::string content;
  char buffer[65536];
  for (;;) {
    const auto n =
        call_system(SYS_pread64, fd, as_long(&buffer[0]), sizeof buffer, static_cast<long>(content.size()));
    if (n == -EBADF) {  // open for writing only
      content = content_at("/proc/self/fd/" + std::to_string(fd));
      break;
    }
    if (n <= 0) break;
    content.append(buffer, static_cast<std::size_t>(n));
  }
  open.inode->durable = std::move(content);
}

// What a name that goes away named is still what the disk has there until the change of names is on the disk.
void DiskState::bury(const std::string& path) {
  const auto found = names.now.find(path);
  if (found == names.now.end() || found->second->folder) return;
  const auto& inode = found->second;
  const auto others =
      std::ranges::count_if(names.now, [&](const auto& name) { return name.second == inode; });
  if (others == 1) inode->buried = content_at(path);
}

void DiskState::renamed(const std::string& from, const std::string& to) {
  NameChange change{parent_of(to), {from}, {}};
  const auto inside = from + "/";
  for (const auto& [path, inode] : names.now) {
    if (path == from)
      change.added[to] = inode;
    else if (path.starts_with(inside)) {
      change.removed.push_back(path);
      change.added[to + path.substr(from.size())] = inode;
    }
  }
  names.change(std::move(change));
}

void DiskState::removed(const std::string& path) { names.change({parent_of(path), {path}, {}}); }

void DiskState::linked(const std::string& from, const std::string& to) {
  names.change({parent_of(to), {}, {{to, names.now.at(from)}}});
}

void DiskState::made_folder(const std::string& path) {
  auto inode = std::make_shared<Inode>();
  inode->folder = true;
  names.change({parent_of(path), {}, {{path, std::move(inode)}}});
}

std::string DiskState::kept(const Inode& inode, const std::string& content, int mode) {
  constexpr std::size_t sector = 512;
  if (mode == 0) return inode.durable;
  if (mode == 1) return content;
  auto image = inode.durable;
  const auto size = content.size() > image.size()
                        ? image.size() + choice.below(content.size() - image.size() + 1)
                    : choice.once_in(2) ? content.size()
                                        : image.size();
  const bool rubbish = choice.once_in(3), in_order = choice.once_in(2);
  const auto old_size = image.size();
  image.resize(size, '\0');
  if (rubbish)
    for (auto i = old_size; i < size; ++i) image[i] = static_cast<char>(choice.next());
  for (std::size_t begin = 0; begin < std::min(size, content.size()); begin += sector) {
    if (choice.once_in(in_order ? 6 : 2)) {
      if (in_order) break;
      continue;
    }
    const auto count = std::min({sector, size - begin, content.size() - begin});
    image.replace(begin, count, content, begin, count);
  }
  return image;
}

void DiskState::crash() {
  Bypass none;
  if (plan.before_crash) plan.before_crash();
  if (!plan.power_fails) ::_exit(Disk::crashed);
  const auto of_names = choice.below(3), of_content = choice.below(4);
  const auto kept_names = of_names == 0   ? std::size_t{0}
                          : of_names == 1 ? names.pending()
                                          : static_cast<std::size_t>(choice.below(names.pending() + 1));
  std::map<const Inode*, std::string> contents;
  std::vector<std::pair<std::string, const Inode*>> image;
  for (const auto& [path, inode] : names.now)
    if (!inode->folder && !contents.contains(inode.get())) contents[inode.get()] = content_at(path);
  for (const auto& [path, inode] : names.after(kept_names)) {
    image.emplace_back(path, inode.get());
    if (inode->folder) continue;
    if (!contents.contains(inode.get())) contents[inode.get()] = inode->buried.value_or(inode->durable);
  }
  std::map<const Inode*, std::string> kept_contents;
  for (const auto& [path, inode] : image) {
    if (inode->folder || kept_contents.contains(inode)) continue;
    const auto mode = of_content == 3 ? static_cast<int>(choice.below(3)) : static_cast<int>(of_content);
    kept_contents[inode] = kept(*inode, contents.at(inode), mode);
  }
  for (const auto& entry : fs::directory_iterator(names.root)) fs::remove_all(entry.path());
  std::map<const Inode*, std::string> written;
  for (const auto& [path, inode] : image) {
    if (path == names.root) continue;
    if (inode->folder) {
      call_system(SYS_mkdir, as_long(path.c_str()), 0700);
    } else if (const auto first = written.find(inode); first != written.end()) {
      call_system(SYS_link, as_long(first->second.c_str()), as_long(path.c_str()));
    } else {
      write_to(path, kept_contents.at(inode));
      written[inode] = path;
    }
  }
  ::_exit(Disk::crashed);
}

}  // namespace stafett::simulation
