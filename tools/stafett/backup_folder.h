#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "stafett/core/bytes.h"
#include "stafett/core/ids.h"
#include "stafett/core/result.h"
#include "stafett/crypto/sha256.h"
#include "stafett/merkle/hash.h"

// A backup as it lies in its folder; schema/README.md has it as a grammar. It knows no database: records are
// kept exactly as they are stored and hashed.
namespace stafett::tools {

struct BackupFile {
  std::string name;
  std::uint64_t bytes = 0;
  crypto::Digest sha256{};
};

// The records of the positions [first, first + count).
struct Segment {
  BackupFile file;
  Position first;
  std::uint64_t count = 0;
};

// The file BACKUP: what the backup consists of. It is written last, in one step; files that it does not name
// are remains.
struct Manifest {
  std::string origin, public_key;
  TreeSize size;
  merkle::Hash root{};
  std::vector<merkle::Hash> edge;  // from which the tree grows on (merkle/tree.h)
  std::vector<Segment> segments;   // in order, without gaps
  BackupFile keys;                 // stream, wrapped key, stream, wrapped key, …
  BackupFile head;                 // the signed note

  std::string to_text() const;
  // Errors: corruption.
  static Result<Manifest> parse(std::string_view text);
};

// Errors: not_found when the folder holds no backup; corruption.
Result<Manifest> read_manifest(const std::filesystem::path& folder);

// Writes items, each as its length (u32, big-endian) and its bytes, to a file that has its name only when it
// is whole and on the disk.
class ItemWriter {
 public:
  static Result<ItemWriter> create(std::filesystem::path path);
  ItemWriter(ItemWriter&&) noexcept;
  ~ItemWriter();

  Result<void> add(BytesView item);
  std::uint64_t bytes() const { return file_.bytes; }
  Result<BackupFile> finish();

 private:
  ItemWriter(std::filesystem::path path, int fd) : path_(std::move(path)), fd_(fd) {}
  Result<void> write(BytesView bytes);
  Result<void> flush();

  std::filesystem::path path_;
  int fd_;
  Bytes buffer_;
  BackupFile file_;
  crypto::Sha256 hash_;
};

// Reads the items of a file, and at the end checks it against what the manifest says of it. Errors:
// corruption.
Result<void> read_items(const std::filesystem::path& folder, const BackupFile& file,
                        const std::function<Result<void>(BytesView)>& each);

}  // namespace stafett::tools
