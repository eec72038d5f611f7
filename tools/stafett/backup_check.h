#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stafett/backup_folder.h"
#include "stafett/crypto/signed_note.h"
#include "stafett/merkle/checkpoint.h"

namespace stafett::tools {

// A signed head as a file holds it, signed by that key. Errors: invalid_argument.
Result<merkle::Checkpoint> signed_by(std::string_view note, const crypto::NoteKey& key);
// A verifier key given as text or as the name of a file that holds it. Errors: invalid_argument.
Result<crypto::NoteKey> key_from(const std::string& text_or_file);

// What a backup is found to be, from its files alone.
struct CheckedBackup {
  Manifest manifest;
  crypto::NoteKey signer;
  std::string note;                   // the signed head
  std::vector<std::string> problems;  // each with its file or position; at most 100
  double events_per_s = 0;
  std::optional<merkle::Hash> root_asked;  // at the size asked for
};

struct CheckOptions {
  std::optional<crypto::NoteKey> key;  // whose signature is wanted; nothing: that of the key the backup names
  std::optional<TreeSize> root_at;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

// Reads all of it: that each file is what was written; that the records' positions, versions and times follow
// each other and no id comes twice; that they give the root, and the ends of the streams, of the signed head;
// that every stream with personal content has a wrapped key, or the mark of its erasure and the receipt of
// it. Errors: not_found, corruption when there is not even a manifest.
Result<CheckedBackup> check_backup(const std::filesystem::path& folder, const CheckOptions& options);

}  // namespace stafett::tools
