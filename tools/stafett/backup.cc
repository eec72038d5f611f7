#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <set>

#include "stafett/answers_json.h"
#include "stafett/backup_check.h"
#include "stafett/command.h"
#include "stafett/merkle/tree.h"
#include "stafett/storage/files.h"

namespace stafett::tools {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t segment_bytes = 256u << 20;

bool is_ours(const std::string& name) {
  for (const char* prefix : {"records-", "keys-", "head-", "BACKUP", "lock", "lost+found"})
    if (name.starts_with(prefix)) return true;
  return false;
}

Result<std::vector<fs::path>> files_in(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    out.push_back(it->path());
  if (error) return fail(ErrorCode::io_error, "cannot look into " + folder.string() + ": " + error.message());
  return out;
}

// The folder of a backup while one is being made: nobody else makes one there.
class Folder {
 public:
  // Errors: invalid_argument when it holds files of somebody else; unavailable when another backup is made
  // there.
  static Result<Folder> open(const fs::path& path) {
    STAFETT_TRY(storage::make_folder(path));
    STAFETT_TRY(const auto files, files_in(path));
    for (const auto& file : files)
      if (!is_ours(file.filename().string()))
        return fail(ErrorCode::invalid_argument,
                    path.string() + " holds files that are not a backup's; nothing has been touched");
    const int fd = ::open((path / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    Folder folder(path, fd);
    if (fd < 0) return fail(ErrorCode::io_error, "cannot write in " + path.string());
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
      return fail(ErrorCode::unavailable, "another backup is being made in " + path.string());
    return folder;
  }
  Folder(Folder&& other) noexcept : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}
  ~Folder() {
    if (fd_ >= 0) ::close(fd_);
  }
  const fs::path& path() const { return path_; }

 private:
  Folder(fs::path path, int fd) : path_(std::move(path)), fd_(fd) {}
  fs::path path_;
  int fd_;
};

// One backup, from where the one before it ends.
class Backup {
 public:
  Backup(client::Connection& connection, const Folder& folder,
         std::function<void(std::uint64_t, std::uint64_t)> say)
      : connection_(connection), folder_(folder.path()), say_(std::move(say)) {}

  Result<void> make() {
    STAFETT_TRY(begin());
    // A key that is destroyed between the head and the keys would lack its receipt: then both are taken
    // again.
    for (bool whole = false; !whole;) {
      STAFETT_TRY(take_head());
      STAFETT_TRY(take_records());
      STAFETT_TRY(take_keys());
      STAFETT_TRY(const bool erased, erased_since());
      whole = !erased;
    }
    STAFETT_TRY(write_head());
    manifest_.edge = edge();
    STAFETT_TRY(storage::write_file(folder_ / "BACKUP", manifest_.to_text()));
    return remove_remains();
  }

  const Manifest& manifest() const { return manifest_; }
  std::uint64_t added() const { return added_; }

 private:
  Result<void> begin() {
    auto there = read_manifest(folder_);
    if (!there && there.error().code == ErrorCode::not_found) return ok();
    STAFETT_TRY(manifest_, std::move(there));
    tree_ = merkle::Tree(manifest_.size, manifest_.edge);
    edge_ = manifest_.edge;
    if (tree_.root() != manifest_.root) return fail(ErrorCode::corruption, "the file BACKUP is damaged");
    for (const auto& segment : manifest_.segments) {
      std::error_code error;
      if (fs::file_size(folder_ / segment.file.name, error) != segment.file.bytes || error)
        return fail(ErrorCode::corruption,
                    segment.file.name +
                        " is missing or has another size: this backup is damaged; begin a "
                        "new one in another folder");
    }
    return ok();
  }

  Result<void> take_head() {
    STAFETT_TRY(head_, connection_.head());
    STAFETT_TRY(const auto key, crypto::NoteKey::parse(head_.public_key));
    STAFETT_TRY(const auto checkpoint, signed_by(head_.note, key));
    if (checkpoint.size != head_.size || checkpoint.root != head_.root)
      return fail(ErrorCode::corruption, "the server's signed head is not the head that it states");
    if (manifest_.public_key.empty()) {
      manifest_.public_key = head_.public_key;
      manifest_.origin = head_.origin;
    }
    if (manifest_.origin != head_.origin)
      return fail(ErrorCode::invalid_argument,
                  "the folder holds the backup of another ledger, " + manifest_.origin);
    if (manifest_.public_key != head_.public_key)
      return fail(
          ErrorCode::invalid_argument,
          "the ledger's heads are signed with another key than those of this backup; begin a new one in "
          "another folder");
    if (head_.size < manifest_.size)
      return fail(ErrorCode::invalid_argument,
                  "the ledger has " + std::to_string(head_.size.value) + " events, and this backup " +
                      std::to_string(manifest_.size.value) + ": the ledger is an older one");
    return ok();
  }

  Result<void> take_records() {
    const auto to = head_.size.value;
    while (tree_.size().value < to) {
      const auto first = tree_.size();
      char name[40];
      std::snprintf(name, sizeof name, "records-%020llu", static_cast<unsigned long long>(first.value));
      STAFETT_TRY(auto writer, ItemWriter::create(folder_ / name));
      // As many as make a file, asked for a lot at a time.
      while (tree_.size().value < to && writer.bytes() < segment_bytes) {
        constexpr std::uint64_t lot = 65536;
        const auto from = tree_.size().value;
        wire::ReadRequest request{Position(from), std::min(lot, to - from)};
        STAFETT_TRY(connection_.events(std::move(request), [&](wire::StoredEvent event) -> Result<void> {
          std::vector<merkle::Hash> completed;
          tree_.append(merkle::leaf_hash(event.record), completed);
          grow_edge(completed);
          say_(tree_.size().value, to);
          return writer.add(event.record);
        }));
        if (tree_.size().value == from) return fail(ErrorCode::corruption, "the server gave no records");
      }
      STAFETT_TRY(auto file, writer.finish());
      const auto count = tree_.size().value - first.value;
      manifest_.segments.push_back({std::move(file), Position(first.value), count});
      added_ += count;
    }
    if (tree_.root() != head_.root)
      return fail(
          ErrorCode::corruption,
          "the ledger does not continue this backup: the records do not give the root of its signed head");
    manifest_.size = head_.size;
    manifest_.root = head_.root;
    return ok();
  }

  Result<void> take_keys() {
    STAFETT_TRY(const auto keys, connection_.stream_keys());
    STAFETT_TRY(auto writer, ItemWriter::create(folder_ / unused_name("keys-")));
    for (const auto& key : keys.keys) {
      STAFETT_TRY(writer.add(as_bytes(key.stream)));
      STAFETT_TRY(writer.add(key.wrapped));
    }
    STAFETT_TRY(manifest_.keys, writer.finish());
    return ok();
  }

  Result<bool> erased_since() {
    static const auto receipt = event::find_event_type("PersonalDataErased")->ordinal;
    bool erased = false;
    wire::ReadRequest request{Position(head_.size.value), {}};
    STAFETT_TRY(connection_.events(std::move(request), [&](wire::StoredEvent event) -> Result<void> {
      STAFETT_TRY(const auto outline, event::outline_record(event.record));
      if (outline.type == receipt) erased = true;
      return ok();
    }));
    return erased;
  }

  Result<void> write_head() {
    STAFETT_TRY(auto writer, ItemWriter::create(folder_ / unused_name("head-")));
    STAFETT_TRY(writer.add(as_bytes(head_.note)));
    STAFETT_TRY(manifest_.head, writer.finish());
    return ok();
  }

  // Another name than that of the backup before, which must stay whole until this one is.
  std::string unused_name(const std::string& prefix) const {
    for (std::uint64_t n = 0;; ++n) {
      auto name = prefix + std::to_string(head_.size.value) + "-" + std::to_string(n);
      std::error_code error;
      if (!fs::exists(folder_ / name, error)) return name;
    }
  }

  void grow_edge(const std::vector<merkle::Hash>& completed) {
    // The last completed node stands for itself and the nodes it has joined.
    edge_.resize(edge_.size() - (completed.size() - 1));
    edge_.push_back(completed.back());
  }
  std::vector<merkle::Hash> edge() const { return edge_; }

  Result<void> remove_remains() {
    std::set<std::string> named{"BACKUP", "lock", "lost+found", manifest_.keys.name, manifest_.head.name};
    for (const auto& segment : manifest_.segments) named.insert(segment.file.name);
    STAFETT_TRY(const auto files, files_in(folder_));
    for (const auto& file : files)
      if (!named.contains(file.filename().string())) {
        STAFETT_TRY(storage::remove_file(file));
      }
    return ok();
  }

  client::Connection& connection_;
  const fs::path folder_;
  const std::function<void(std::uint64_t, std::uint64_t)> say_;
  Manifest manifest_;
  merkle::Tree tree_;
  std::vector<merkle::Hash> edge_;
  wire::HeadAnswer head_;
  std::uint64_t added_ = 0;
};

Result<int> make_backup(const Globals& globals, client::Connection& connection, const std::string& path) {
  STAFETT_TRY(const auto folder, Folder::open(path));
  std::optional<Progress> progress(std::in_place, false);
  Backup backup(connection, folder, [&](std::uint64_t done, std::uint64_t total) {
    if (done % 1024 == 0)
      progress->say(std::to_string(done) + globals.say(" of ", " av ") + std::to_string(total) +
                    globals.say(" events", " händelser"));
  });
  STAFETT_TRY(backup.make());
  progress.reset();
  const auto& m = backup.manifest();
  if (globals.json) {
    print(
        {{"size", m.size.value}, {"root", to_hex(m.root)}, {"added", backup.added()}, {"origin", m.origin}});
    return done;
  }
  std::printf("%s %llu %s, %llu %s %s\n%s %s\n", globals.say("backup:", "säkerhetskopia:"),
              static_cast<unsigned long long>(m.size.value), globals.say("events", "händelser"),
              static_cast<unsigned long long>(backup.added()),
              globals.say("of them new, in", "av dem nya, i"), path.c_str(), globals.say("root", "rot"),
              to_hex(m.root).c_str());
  return done;
}

int verify_backup(const Globals& globals, const std::string& path, const std::string& key) {
  CheckOptions options;
  if (!key.empty()) {
    auto given = key_from(key);
    if (!given) return report(given.error());
    options.key = given.value();
  }
  std::optional<Progress> progress(std::in_place, false);
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress->say(std::to_string(done) + globals.say(" of ", " av ") + std::to_string(total) +
                  globals.say(" events", " händelser"));
  };
  auto checked = check_backup(path, options);
  progress.reset();
  if (!checked) return report(checked.error());
  const auto& c = checked.value();
  const bool whole = c.problems.empty();
  if (globals.json) {
    print({{"same", whole},
           {"size", c.manifest.size.value},
           {"root", to_hex(c.manifest.root)},
           {"publickey", c.manifest.public_key},
           {"eventsPerSecond", number(c.events_per_s)},
           {"problems", c.problems}});
  } else {
    for (const auto& problem : c.problems) std::printf("%s\n", problem.c_str());
    std::printf("%s: %llu %s, %.0f %s\n%s %s\n%s %s\n",
                whole ? globals.say("whole", "hel") : globals.say("DAMAGED", "SKADAD"),
                static_cast<unsigned long long>(c.manifest.size.value),
                globals.say("events verified", "händelser kontrollerade"), c.events_per_s,
                globals.say("a second", "i sekunden"), globals.say("root", "rot"),
                to_hex(c.manifest.root).c_str(), globals.say("signed by", "signerad av"),
                c.signer.to_text().c_str());
  }
  return whole ? done : damaged;
}

}  // namespace

void add_backup(CLI::App& app, const Globals& globals, Run& run) {
  auto* command =
      app.add_subcommand("backup",
                         "copy the ledger's records, wrapped keys and signed head to a folder, while "
                         "it runs; what is there already is not copied again. Not in it: the "
                         "key-encryption key and the signing key");
  struct Options {
    std::string folder, key;
    bool verify = false;
  };
  auto options = std::make_shared<Options>();
  command->add_option("DIR", options->folder, "the folder of the backup; made when missing")->required();
  auto* verify =
      command->add_flag("--verify", options->verify,
                        "prove the backup in DIR instead, from its files alone and without a server");
  command
      ->add_option("--key", options->key,
                   "whose signature is wanted: a verifier key, or a file that holds it")
      ->type_name("PUBLICKEY")
      ->needs(verify);
  command->callback([&globals, &run, options] {
    run = [&globals, options] {
      if (options->verify) return verify_backup(globals, options->folder, options->key);
      return with_connection(globals,
                             [&](client::Connection& c) { return make_backup(globals, c, options->folder); });
    };
  });
}

}  // namespace stafett::tools
