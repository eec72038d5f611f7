#include "stafett/evidence/bundle.h"

#include <capnp/message.h>
#include <capnp/serialize.h>

#include <algorithm>
#include <cstring>

#include "stafett/core/assert.h"
#include "stafett/core/utf8.h"
#include "stafett/crypto/sha256.h"
#include "stafett/schema/bundle.capnp.h"

namespace stafett::evidence {
namespace {

using merkle::Hash;

constexpr std::uint16_t format = 1;
constexpr std::size_t word = sizeof(capnp::word);
constexpr std::size_t framing_size = 8, checksum_at = framing_size + word;
constexpr std::uint64_t none = ~std::uint64_t{0};

auto damaged(const char* what) { return fail(ErrorCode::corruption, std::string("not a bundle: ") + what); }

kj::StringPtr text(const std::string& s) { return {s.c_str(), s.size()}; }
kj::ArrayPtr<const kj::byte> blob(BytesView bytes) {
  return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}
BytesView view(capnp::Data::Reader data) {
  return {reinterpret_cast<const std::byte*>(data.begin()), data.size()};
}
BytesView joined(const std::vector<Hash>& hashes) { return std::as_bytes(std::span(hashes)); }

Result<std::string> text_of(capnp::Text::Reader from) {
  std::string out(from.begin(), from.size());
  if (!is_utf8(out)) return damaged("a text is not UTF-8");
  return out;
}

Result<Hash> hash_of(capnp::Data::Reader from) {
  Hash hash;
  if (from.size() != hash.size()) return damaged("a hash is not of 32 bytes");
  std::memcpy(hash.data(), from.begin(), hash.size());
  return hash;
}

Result<std::vector<Hash>> hashes_of(capnp::Data::Reader from) {
  if (from.size() % sizeof(Hash) != 0) return damaged("hashes are not of 32 bytes each");
  std::vector<Hash> out(from.size() / sizeof(Hash));
  if (!out.empty()) std::memcpy(out.data(), from.begin(), from.size());
  return out;
}

void write(const BundleStream& from, schema::Bundle::Stream::Builder to) {
  to.setName(text(from.name));
  const auto& proof = from.proof;
  const auto end = proof.end ? proof.end : proof.other ? std::optional(proof.other->end) : std::nullopt;
  if (end) {
    to.setLast(end->last.value);
    to.setPosition(end->position.value);
  }
  if (proof.other) to.setOtherKey(blob(proof.other->key));
  if (!proof.siblings.empty()) to.setSiblings(blob(joined(proof.siblings)));
}

Result<BundleStream> read(schema::Bundle::Stream::Reader from) {
  BundleStream out;
  STAFETT_TRY(out.name, text_of(from.getName()));
  STAFETT_TRY(out.proof.siblings, hashes_of(from.getSiblings()));
  const merkle::StreamEnd end{Version(from.getLast()), Position(from.getPosition())};
  if (from.hasOtherKey()) {
    STAFETT_TRY(const auto key, hash_of(from.getOtherKey()));
    out.proof.other = merkle::StreamProof::Other{key, end};
  } else if (from.getLast() != none) {
    out.proof.end = end;
  }
  return out;
}

void write(const Bundle& from, schema::Bundle::Builder to) {
  to.setFormat(format);
  to.setHousehold(from.household);
  to.setCaseId(text(from.case_id));
  to.setNote(text(from.note));
  auto records = to.initRecords(static_cast<unsigned>(from.records.size()));
  for (unsigned i = 0; i < records.size(); ++i) records.set(i, blob(from.records[i]));
  to.setHashes(blob(joined(from.hashes)));
  auto streams = to.initStreams(static_cast<unsigned>(from.streams.size()));
  for (unsigned i = 0; i < streams.size(); ++i) write(from.streams[i], streams[i]);
  if (from.older) {
    to.setOlderSize(from.older->size.value);
    to.setOlderRoot(blob(from.older->root));
    to.setConsistency(blob(joined(from.older->proof)));
  }
  auto files = to.initSchema(static_cast<unsigned>(from.schema.size()));
  for (unsigned i = 0; i < files.size(); ++i) {
    files[i].setName(text(from.schema[i].name));
    files[i].setText(text(from.schema[i].text));
  }
}

Result<Bundle> read(schema::Bundle::Reader from) {
  if (from.getFormat() != format) return damaged("this release does not know its format");
  Bundle out;
  out.household = from.getHousehold();
  STAFETT_TRY(out.case_id, text_of(from.getCaseId()));
  STAFETT_TRY(out.note, text_of(from.getNote()));
  for (auto record : from.getRecords()) {
    const auto bytes = view(record);
    out.records.emplace_back(bytes.begin(), bytes.end());
  }
  STAFETT_TRY(out.hashes, hashes_of(from.getHashes()));
  for (auto stream : from.getStreams()) {
    STAFETT_TRY(auto one, read(stream));
    out.streams.push_back(std::move(one));
  }
  if (from.getOlderSize() != none) {
    OlderTree older{TreeSize(from.getOlderSize()), {}, {}};
    STAFETT_TRY(older.root, hash_of(from.getOlderRoot()));
    STAFETT_TRY(older.proof, hashes_of(from.getConsistency()));
    out.older = std::move(older);
  }
  for (auto file : from.getSchema()) {
    SchemaFile one;
    STAFETT_TRY(one.name, text_of(file.getName()));
    if (one.name.find('\n') != one.name.npos) return damaged("the name of a file has more than one line");
    STAFETT_TRY(one.text, text_of(file.getText()));
    out.schema.push_back(std::move(one));
  }
  return out;
}

// SHA-256 of the file with the bytes of the checksum zero.
crypto::Digest checksum_of(BytesView file) {
  constexpr crypto::Digest nothing{};
  return crypto::sha256(file.first(checksum_at), nothing, file.subspan(checksum_at + nothing.size()));
}

}  // namespace

Bytes encode(const Bundle& bundle) {
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<schema::Bundle>();
  write(bundle, root);
  const auto words = capnp::canonicalize(root.asReader());
  Bytes file(framing_size);
  const auto size = static_cast<std::uint32_t>(words.size());
  for (std::size_t i = 0; i < 4; ++i) file[4 + i] = static_cast<std::byte>(size >> (8 * i));
  const auto bytes = words.asBytes();
  file.insert(file.end(), reinterpret_cast<const std::byte*>(bytes.begin()),
              reinterpret_cast<const std::byte*>(bytes.end()));
  std::ranges::copy(checksum_of(file), file.begin() + checksum_at);
  return file;
}

Result<Bundle> decode(BytesView file) {
  if (file.size() < checksum_at + sizeof(crypto::Digest) || file.size() % word != 0)
    return damaged("it is too short, or not of whole words");
  if (!std::ranges::equal(checksum_of(file), file.subspan(checksum_at, sizeof(crypto::Digest))))
    return damaged("its checksum is another file's: a byte was changed, lost or added");
  std::vector<capnp::word> words(file.size() / word);
  std::memcpy(words.data(), file.data(), file.size());
  try {
    capnp::FlatArrayMessageReader message(
        kj::arrayPtr(words.data(), words.size()),
        {.traversalLimitInWords = words.size() * 2 + 64, .nestingLimit = 8});
    STAFETT_TRY(auto bundle, read(message.getRoot<schema::Bundle>()));
    if (encode(bundle) != Bytes(file.begin(), file.end()))
      return damaged("it is written in another way than the one there is");
    return bundle;
  } catch (const kj::Exception&) {
    return damaged("its structure is broken");
  }
}

crypto::Digest schema_digest(const std::vector<SchemaFile>& files) {
  std::string listing;
  for (const auto& file : files) {
    STAFETT_ASSERT(file.name.find('\n') == file.name.npos);
    listing += to_hex(crypto::sha256(as_bytes(file.text))) + "  " + file.name + "\n";
  }
  return crypto::sha256(as_bytes(listing));
}

}  // namespace stafett::evidence
