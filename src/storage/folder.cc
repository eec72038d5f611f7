#include "storage/folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "stafett/crypto/random.h"
#include "stafett/storage/files.h"
#include "storage/keys.h"

namespace stafett::storage {
namespace {

namespace fs = std::filesystem;

enum class Content : std::uint8_t { nothing, ledger, parts_of_a_ledger, foreign };

Result<Content> content_of(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return Content::nothing;
  if (!fs::is_directory(path, error))
    return fail(ErrorCode::invalid_argument, path.string() + " is not a folder");
  auto content = Content::nothing;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    const auto name = it->path().filename().string();
    if (name == "LEDGER") return Content::ledger;
    if (name == "store" || name == "keys" || name == "acknowledged")
      content = Content::parts_of_a_ledger;
    else if (name != "lock" && name != "LEDGER.new" && name != "lost+found" && content == Content::nothing)
      content = Content::foreign;
  }
  if (error) return fail(ErrorCode::io_error, "cannot list " + path.string() + ": " + error.message());
  return content;
}

// The database's diagnostic log and lock are not data and come and go.
bool is_data(const std::string& name) { return !name.starts_with("LOG") && name != "LOCK"; }

Result<std::vector<std::pair<std::string, std::uint64_t>>> list_files(const fs::path& path) {
  std::vector<std::pair<std::string, std::uint64_t>> files;
  std::error_code error;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    auto name = it->path().filename().string();
    if (!is_data(name)) continue;
    const auto size = it->file_size(error);
    if (error) break;
    files.emplace_back(std::move(name), size);
  }
  if (error) return fail(ErrorCode::io_error, "cannot list " + path.string() + ": " + error.message());
  std::ranges::sort(files);
  return files;
}

// The number and its complement, so that a stray overwrite is not taken for a promise.
std::array<std::byte, 16> mark_of(TreeSize size) {
  std::array<std::byte, 16> mark;
  put_number(mark.data(), size.value);
  put_number(mark.data() + 8, ~size.value);
  return mark;
}

}  // namespace

Result<std::unique_ptr<Folder>> Folder::open(const fs::path& given, Use use) {
  // Without a slash at the end, which would name something inside the folder.
  const auto path = given.has_filename() ? given : given.parent_path();
  STAFETT_TRY(auto content, content_of(path));
  if (content == Content::foreign)
    return fail(ErrorCode::invalid_argument,
                path.string() + " holds files that are not a ledger's; nothing has been touched");
  if (content == Content::parts_of_a_ledger)
    return fail(ErrorCode::corruption,
                path.string() + " holds parts of a ledger, but its file LEDGER is missing");
  if (content == Content::nothing && use == Use::read_only)
    return fail(ErrorCode::not_found, "there is no ledger in " + path.string());

  std::unique_ptr<Folder> folder(new Folder(path));
  if (content == Content::nothing) {
    STAFETT_TRY(make_folder(path));
  }
  STAFETT_TRY(folder->lock(use));
  // Looked at again under the lock: another process may have begun a ledger here meanwhile.
  STAFETT_TRY(content, content_of(path));
  if (content == Content::nothing) {
    STAFETT_TRY(folder->begin_new());
  } else {
    STAFETT_TRY(folder->read_identity());
  }
  if (use == Use::read_only && folder->identity_.state == Identity::State::creating)
    return fail(ErrorCode::not_found, "the ledger in " + path.string() + " was never completely created");
  STAFETT_TRY(folder->open_acknowledged(use));
  if (folder->identity_.state == Identity::State::stopped) {
    STAFETT_TRY(folder->check_files());
  }
  return folder;
}

Folder::~Folder() {
  if (acknowledged_fd_ >= 0) ::close(acknowledged_fd_);
  if (lock_fd_ >= 0) ::close(lock_fd_);
}

Result<void> Folder::lock(Use use) {
  const auto name = path_ / "lock";
  const bool write = use == Use::write;
  lock_fd_ = ::open(name.c_str(), (write ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0600);
  if (lock_fd_ < 0) {
    if (!write && errno == ENOENT) return ok();  // a copy on a medium that nobody writes to
    return fail(ErrorCode::io_error,
                "cannot open " + name.string() + ": " + std::generic_category().message(errno));
  }
  if (::flock(lock_fd_, (write ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0)
    return fail(ErrorCode::unavailable, "another process has the ledger in " + path_.string() + " open");
  return ok();
}

Result<void> Folder::begin_new() {
  identity_.ledger = crypto::random_bytes<16>();
  identity_.state = Identity::State::creating;
  STAFETT_TRY(write_file(path_ / "LEDGER", identity_.to_text()));
  STAFETT_TRY(sync_folder(fs::absolute(path_).parent_path()));
  return ok();
}

Result<void> Folder::read_identity() {
  STAFETT_TRY(auto text, read_file(path_ / "LEDGER"));
  STAFETT_TRY(identity_, Identity::parse(text));
  std::error_code error;
  if (identity_.state != Identity::State::creating && !fs::exists(store() / "CURRENT", error))
    return fail(ErrorCode::corruption,
                "the ledger in " + path_.string() + " has lost the file store/CURRENT");
  return ok();
}

Result<void> Folder::open_acknowledged(Use use) {
  const auto name = path_ / "acknowledged";
  const bool creating = identity_.state == Identity::State::creating;
  acknowledged_fd_ = ::open(
      name.c_str(), (use == Use::write ? O_RDWR | (creating ? O_CREAT : 0) : O_RDONLY) | O_CLOEXEC, 0600);
  if (acknowledged_fd_ < 0)
    return fail(errno == ENOENT ? ErrorCode::corruption : ErrorCode::io_error,
                "cannot open " + name.string() + ": " + std::generic_category().message(errno));
  if (creating) {
    acknowledge(TreeSize(0));
    return ok();
  }
  STAFETT_TRY(const auto text, read_file(name));
  const auto mark = as_bytes(text);
  acknowledged_ = TreeSize(mark.size() < 8 ? 0 : get_number(mark.data()));
  if (!std::ranges::equal(mark, mark_of(acknowledged_)))
    return fail(ErrorCode::corruption, name.string() + " is damaged");
  return ok();
}

Result<void> Folder::check_files() const {
  STAFETT_TRY(auto present, list_files(store()));
  for (const auto& expected : identity_.files) {
    const auto found =
        std::ranges::find(present, expected.first, &std::pair<std::string, std::uint64_t>::first);
    const auto name = (store() / expected.first).string();
    if (found == present.end())
      return fail(ErrorCode::corruption, name + " is missing: it was there when the ledger was stopped");
    if (found->second != expected.second)
      return fail(ErrorCode::corruption, name + " has " + std::to_string(found->second) + " bytes; it had " +
                                             std::to_string(expected.second) +
                                             " when the ledger was stopped");
  }
  return ok();
}

void Folder::acknowledge(TreeSize size) {
  const auto mark = mark_of(size);
  ssize_t written = 0;
  do written = ::pwrite(acknowledged_fd_, mark.data(), mark.size(), 0);
  while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(mark.size())) acknowledged_ = size;
}

Result<void> Folder::set_running() {
  // From here on a missing or empty file `acknowledged` means damage, so it must outlive a crash.
  if (::fsync(acknowledged_fd_) != 0)
    return fail(ErrorCode::io_error, "cannot sync " + (path_ / "acknowledged").string() + ": " +
                                         std::generic_category().message(errno));
  return note(Identity{identity_.ledger, Identity::State::running, {}, {}, {}});
}

Result<void> Folder::set_stopped(TreeSize size, const merkle::Hash& root) {
  // What is listed must outlive a failure of power, whoever has written it, or that would be taken for
  // damage.
  STAFETT_TRY(auto files, list_files(store()));
  for (const auto& file : files) {
    STAFETT_TRY(sync_file(store() / file.first));
  }
  STAFETT_TRY(sync_folder(store()));
  ::fsync(acknowledged_fd_);  // what the file LEDGER is about to say is more than it says
  return note(Identity{identity_.ledger, Identity::State::stopped, size, root, std::move(files)});
}

// What could not be written is not taken for done: it is tried again.
Result<void> Folder::note(Identity identity) {
  STAFETT_TRY(write_file(path_ / "LEDGER", identity.to_text()));
  identity_ = std::move(identity);
  return ok();
}

}  // namespace stafett::storage
