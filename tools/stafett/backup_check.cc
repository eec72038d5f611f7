#include "stafett/backup_check.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "stafett/crypto/keyed_hash.h"
#include "stafett/event/new_event.h"
#include "stafett/merkle/stream_map.h"
#include "stafett/merkle/tree.h"
#include "stafett/storage/files.h"

namespace stafett::tools {
namespace {

constexpr std::size_t problems_max = 100;
constexpr std::byte erased_mark{0};

struct Check {
  CheckedBackup& out;
  const CheckOptions& options;
  merkle::Tree tree;
  struct Stream {
    Version last;
    Position position;
    bool sealed = false, receipt = false;
  };
  std::unordered_map<std::string, Stream, crypto::OutsideHash, std::equal_to<>> streams;
  std::vector<std::pair<event::EventId, Position>> ids;
  Instant recorded_at = instant_min;

  void problem(std::string what) {
    if (out.problems.size() < problems_max) out.problems.push_back(std::move(what));
  }
  void problem(Position position, const std::string& what) {
    problem("position " + std::to_string(position.value) + ": " + what);
  }

  void take(BytesView record) {
    static const auto receipt = event::find_event_type("PersonalDataErased")->ordinal;
    const Position position(tree.size().value);
    std::vector<merkle::Hash> completed;
    tree.append(merkle::leaf_hash(record), completed);
    if (options.root_at == tree.size()) out.root_asked = tree.root();
    const auto outline = event::outline_record(record);
    if (!outline) return problem(position, outline.error().message);
    const auto& r = outline.value();
    if (r.position != position) problem(position, "the record is another's");
    if (r.recorded_at < recorded_at) problem(position, "recorded earlier than the event before it");
    recorded_at = r.recorded_at;
    ids.emplace_back(r.id, position);
    auto found = streams.find(r.stream);
    const bool is_new = found == streams.end();
    if (is_new) found = streams.emplace(std::string(r.stream), Stream{}).first;
    auto& stream = found->second;
    if (r.version != (is_new ? Version(0) : stream.last.next()))
      problem(position, "version " + std::to_string(r.version.value) + " of " + std::string(r.stream) +
                            " does not follow the one before");
    stream.last = r.version;
    stream.position = position;
    stream.sealed = stream.sealed || r.sealed;
    stream.receipt = stream.receipt || r.type == receipt;
  }

  void read_records(const std::filesystem::path& folder) {
    const auto total = out.manifest.size.value;
    for (const auto& segment : out.manifest.segments) {
      const auto before = tree.size().value;
      auto read = read_items(folder, segment.file, [&](BytesView record) {
        take(record);
        if (options.progress && tree.size().value % 4096 == 0) options.progress(tree.size().value, total);
        return ok();
      });
      if (!read) problem(read.error().message);
      if (tree.size().value - before != segment.count) {
        problem(segment.file.name + " holds " + std::to_string(tree.size().value - before) +
                " records instead of " + std::to_string(segment.count));
        return;  // what follows would not be at its place
      }
    }
  }

  void check_ids() {
    std::ranges::sort(ids);
    for (std::size_t i = 1; i < ids.size(); ++i)
      if (ids[i].first == ids[i - 1].first)
        problem(ids[i].second,
                "has the id of the event at position " + std::to_string(ids[i - 1].second.value));
  }

  void check_head(const std::filesystem::path& folder) {
    const auto& m = out.manifest;
    if (tree.root() != m.root || tree.size() != m.size)
      problem("the records do not give the root of the backup");
    auto read = read_items(folder, m.head, [&](BytesView note) {
      out.note = std::string(as_chars(note));
      return ok();
    });
    if (!read) return problem(read.error().message);
    const auto head = signed_by(out.note, out.signer);
    if (!head) return problem(m.head.name + ": " + head.error().message);
    if (head.value().size != tree.size() || head.value().root != tree.root())
      problem("the records do not give the root of the signed head");
    merkle::StreamMap ends;
    for (const auto& [name, stream] : streams)
      ends.set(merkle::stream_key(name), {stream.last, stream.position});
    if (ends.root() != head.value().streams) problem("the streams do not end where the signed head says");
  }

  void check_keys(const std::filesystem::path& folder) {
    std::string stream;
    bool is_value = false, proof = false;
    std::size_t keyed = 0;
    auto read = read_items(folder, out.manifest.keys, [&](BytesView item) {
      if (is_value) {
        const auto found = streams.find(stream);
        const bool erased = item.size() == 1 && item.front() == erased_mark;
        proof = proof || stream.empty();
        if (found != streams.end()) {
          if (found->second.sealed) ++keyed;
          if (erased != found->second.receipt)
            problem(stream + (erased ? ": the data key has been destroyed, but there is no receipt of that"
                                     : ": there is a receipt of erasure, but the data key is there"));
          found->second.sealed = false;
        }
      } else {
        stream = std::string(as_chars(item));
      }
      is_value = !is_value;
      return ok();
    });
    if (!read) return problem(read.error().message);
    if (!proof || is_value) problem(out.manifest.keys.name + " is incomplete");
    for (const auto& [name, s] : streams)
      if (s.sealed) problem(name + ": the data key is missing");
  }
};

}  // namespace

Result<merkle::Checkpoint> signed_by(std::string_view text, const crypto::NoteKey& key) {
  STAFETT_TRY(const auto note, crypto::SignedNote::parse(text));
  if (const auto verdict = crypto::verify(note, key); verdict != crypto::NoteVerdict::valid)
    return fail(ErrorCode::invalid_argument,
                "the head is not signed by " + key.name + ": " + std::string(to_string(verdict)));
  return merkle::Checkpoint::parse(note.text);
}

Result<crypto::NoteKey> key_from(const std::string& text_or_file) {
  if (auto key = crypto::NoteKey::parse(text_or_file)) return key;
  auto content = storage::read_file(text_or_file);
  if (!content)
    return fail(ErrorCode::invalid_argument,
                "neither a verifier key nor a file that holds one: " + text_or_file);
  auto text = std::move(content.value());
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return crypto::NoteKey::parse(text);
}

Result<CheckedBackup> check_backup(const std::filesystem::path& folder, const CheckOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  CheckedBackup out;
  STAFETT_TRY(out.manifest, read_manifest(folder));
  const auto named = crypto::NoteKey::parse(out.manifest.public_key);
  if (!named) return fail(ErrorCode::corruption, "the file BACKUP is damaged");
  out.signer = options.key.value_or(named.value());
  Check check{out, options, {}, {}, {}};
  if (options.root_at == TreeSize(0)) out.root_asked = merkle::empty_root();
  check.read_records(folder);
  check.check_ids();
  check.check_head(folder);
  check.check_keys(folder);
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  out.events_per_s = seconds > 0 ? static_cast<double>(check.tree.size().value) / seconds : 0;
  return out;
}

}  // namespace stafett::tools
