#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stafett/core/result.h"
#include "stafett/crypto/sha256.h"
#include "stafett/merkle/stream_map.h"

// One case with everything that proves it, as a file: schema/bundle.capnp says what each part means. Pure;
// whoever makes a bundle and whoever checks one share this, and neither needs the ledger for it.
namespace stafett::evidence {

struct BundleStream {
  std::string name;
  merkle::StreamProof proof;
};

struct SchemaFile {
  std::string name, text;
};

// An older tree, and the proof that the bundle's continues it.
struct OlderTree {
  TreeSize size;
  merkle::Hash root{};
  std::vector<merkle::Hash> proof;
};

struct Bundle {
  std::string case_id;
  bool household = false;
  std::string note;
  std::vector<Bytes> records;
  std::vector<merkle::Hash> hashes;
  std::vector<BundleStream> streams;
  std::optional<OlderTree> older;
  std::vector<SchemaFile> schema;
};

// The file.
Bytes encode(const Bundle& bundle);
// Reads a file of anybody's. It has exactly one encoding: whatever is not what `encode` gives for some bundle
// is refused. Nothing is proved by that. Errors: corruption.
Result<Bundle> decode(BytesView file);

// The schema of this release, as bundles carry it.
const std::vector<SchemaFile>& schema_files();

// SHA-256 of what `sha256sum` prints for these files, a line each in their order: it can be had from a
// checkout of a release with coreutils alone. No name may hold an end of line.
crypto::Digest schema_digest(const std::vector<SchemaFile>& files);

}  // namespace stafett::evidence
