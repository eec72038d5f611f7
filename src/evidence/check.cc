#include "stafett/evidence/check.h"

#include <algorithm>
#include <map>

#include "stafett/casework/dossier_index.h"
#include "stafett/merkle/proof.h"
#include "stafett/merkle/verify.h"

namespace stafett::evidence {
namespace {

using merkle::Verdict;

std::string number(auto ordinal) { return std::to_string(ordinal.value); }

// The checks, one after the other; each gives the flaw that it finds. What they find out on the way is in
// `found_`.
class Checks {
 public:
  Checks(const Bundle& bundle, const Trust& trust) : bundle_(bundle), trust_(trust) {}

  std::optional<Flaw> run() {
    using Check = std::optional<Flaw> (Checks::*)();
    for (const Check check : {&Checks::signature, &Checks::consistency, &Checks::known_head, &Checks::records,
                              &Checks::origin, &Checks::inclusion, &Checks::completeness, &Checks::sequence,
                              &Checks::rules, &Checks::scope, &Checks::schema})
      if (auto flaw = (this->*check)()) return flaw;
    return std::nullopt;
  }
  Verified take() { return std::move(found_); }

 private:
  std::optional<Flaw> signed_by(const crypto::SignedNote& note, const crypto::NoteKey& key, const char* check,
                                const std::string& what) {
    const auto verdict = crypto::verify(note, key);
    if (verdict == crypto::NoteVerdict::valid) return std::nullopt;
    return Flaw{check, what + ", key " + key.name + ": " + std::string(crypto::to_string(verdict)), {}, {}};
  }

  std::optional<Flaw> signature() {
    auto note = crypto::SignedNote::parse(bundle_.note);
    if (!note) return Flaw{"signature", note.error().message, {}, {}};
    if (auto flaw = signed_by(note.value(), trust_.key, "signature", "the head")) return flaw;
    auto head = merkle::Checkpoint::parse(note.value().text);
    if (!head) return Flaw{"signature", head.error().message, {}, {}};
    found_.head = std::move(head.value());
    if (found_.head.origin != trust_.key.name)
      return Flaw{
          "signature", "the head is of " + found_.head.origin + ", the key of " + trust_.key.name, {}, {}};
    for (const auto& witness : trust_.witnesses)
      // Under another name and algorithm too.
      if (witness.key == trust_.key.key)
        return Flaw{
            "witness", "the key of " + witness.name + " is the ledger's own, which is no witness", {}, {}};
    for (const auto& witness : trust_.witnesses)
      if (auto flaw = signed_by(note.value(), witness, "witness", "the head")) return flaw;
    return std::nullopt;
  }

  std::optional<Flaw> consistency() {
    if (!bundle_.older) return std::nullopt;
    const auto& older = *bundle_.older;
    const auto verdict =
        merkle::verify_consistency(older.size, found_.head.size, older.proof, older.root, found_.head.root);
    if (verdict == Verdict::valid) return std::nullopt;
    return Flaw{"consistency",
                "the tree of the head does not continue that of size " + number(older.size) + ": " +
                    std::string(merkle::to_string(verdict)),
                {},
                {}};
  }

  // One ledger that only grew: from the known head to the bundle's, or the other way.
  std::optional<Flaw> known_head() {
    if (!trust_.known) return std::nullopt;
    const auto &known = trust_.known->checkpoint, &head = found_.head;
    const auto different = [&](const std::string& what) {
      return Flaw{"consistency", "the known head of size " + number(known.size) + " " + what, {}, {}};
    };
    if (auto flaw = signed_by(trust_.known->note, trust_.key, "consistency", "the known head")) return flaw;
    if (known.origin != head.origin) return different("is of another ledger");
    if (known.size == head.size) {
      if (known.root != head.root) return different("has another root: the ledger has signed two stories");
      if (known.streams != head.streams)
        return different("says other ends of streams: the ledger has signed two stories");
      return std::nullopt;
    }
    if (known.size < head.size) {
      if (!bundle_.older || bundle_.older->size != known.size)
        return different("is older, and the bundle has no proof that it continues it (bundle --since)");
      if (bundle_.older->root != known.root) return different("is not what the bundle continues");
      return std::nullopt;
    }
    const auto& continues = trust_.known->continues;
    if (!continues || continues->size != head.size)
      return different("is newer, and its file has no proof that it continues the bundle's (head --since)");
    const auto verdict =
        merkle::verify_consistency(head.size, known.size, continues->proof, head.root, known.root);
    if (verdict != Verdict::valid)
      return different("does not continue the bundle's: " + std::string(merkle::to_string(verdict)));
    return std::nullopt;
  }

  std::optional<Flaw> records() {
    for (const auto& bytes : bundle_.records) {
      auto event = event::decode_record(bytes);
      if (!event) return Flaw{"format", "a record: " + event.error().message, {}, {}};
      const auto position = event.value().position;
      if (!found_.records.empty() && position <= found_.records.back().event.position)
        return Flaw{"format", "the records do not stand in their order", position, {}};
      found_.records.push_back({bytes, std::move(event.value())});
    }
    return std::nullopt;
  }

  std::optional<Flaw> origin() {
    constexpr std::size_t origin_bytes = 16;
    if (found_.records.empty() || found_.records.front().event.position != Position(0))
      return Flaw{"origin", "the ledger's first event, which it is named by, is not there", Position(0), {}};
    const auto leaf = merkle::leaf_hash(found_.records.front().bytes);
    if (found_.head.origin != "stafett/" + to_hex(BytesView(leaf).first(origin_bytes)))
      return Flaw{"origin", "the first event is not the one that the ledger is named by", Position(0), {}};
    return std::nullopt;
  }

  std::optional<Flaw> inclusion() {
    std::vector<Position> positions;
    for (const auto& record : found_.records) {
      if (record.event.position.value >= found_.head.size.value)
        return Flaw{"inclusion",
                    "position " + number(record.event.position) + " is not in a tree of size " +
                        number(found_.head.size),
                    record.event.position,
                    {}};
      positions.push_back(record.event.position);
    }
    const auto ranges = merkle::shared_inclusion_ranges(positions, found_.head.size);
    if (!ranges || ranges.value().size() != bundle_.hashes.size())
      return Flaw{"inclusion", "there are not as many hashes as the proofs need", {}, {}};
    std::map<merkle::LeafRange, merkle::Hash> hashes;
    for (std::size_t i = 0; i < bundle_.hashes.size(); ++i)
      hashes.emplace(ranges.value()[i], bundle_.hashes[i]);
    for (const auto& record : found_.records) {
      const auto position = record.event.position;
      std::vector<merkle::Hash> proof;
      const auto beside = merkle::inclusion_ranges(position, found_.head.size).value();
      for (const auto range : beside) proof.push_back(hashes.at(range));
      const auto verdict = merkle::verify_inclusion(merkle::leaf_hash(record.bytes), position,
                                                    found_.head.size, proof, found_.head.root);
      if (verdict != Verdict::valid)
        return Flaw{"inclusion",
                    "the record of position " + number(position) +
                        " is not what the ledger has there: " + std::string(merkle::to_string(verdict)),
                    position,
                    {}};
    }
    return std::nullopt;
  }

  std::optional<Flaw> completeness() {
    for (const auto& stream : bundle_.streams) {
      if (!ends_.emplace(stream.name, stream.proof.end).second || ends_.rbegin()->first != stream.name)
        return Flaw{"format", "the streams do not stand in their order", {}, stream.name};
      if (!merkle::verify_stream(merkle::stream_key(stream.name), stream.proof, found_.head.streams))
        return Flaw{
            "completeness", "where the stream ends is not what the ledger has signed", {}, stream.name};
      (stream.proof.end ? found_.complete : found_.absent).push_back(stream.name);
    }
    return std::nullopt;
  }

  // Of each stream every version, from 0 to the proved last one, and nothing else.
  std::optional<Flaw> sequence() {
    std::map<std::string_view, merkle::StreamEnd> reached;
    for (const auto& [bytes, event] : found_.records) {
      const auto proved = ends_.find(event.stream);
      if (proved == ends_.end() || !proved->second)
        return Flaw{"completeness", "a record is of a stream that is not proved", event.position,
                    std::string(event.stream)};
      const auto before = reached.find(event.stream);
      const auto expected = before == reached.end() ? Version(0) : before->second.last.next();
      if (event.version != expected)
        return Flaw{"sequence",
                    "version " + number(expected) + " is missing: version " + number(event.version) +
                        " stands in its place",
                    event.position, std::string(event.stream)};
      reached[event.stream] = {event.version, event.position};
    }
    for (const auto& [name, end] : ends_) {
      if (!end) continue;
      const auto there = reached.find(name);
      if (there == reached.end() || there->second != *end)
        return Flaw{"completeness",
                    "the stream ends at version " + number(end->last) + ", and the bundle's does not",
                    end->position, name};
    }
    return std::nullopt;
  }

  std::optional<Flaw> rules() {
    const auto& first = found_.records.front().event;
    if (first.event_type().name != "RuleSetAdopted")
      return Flaw{"rules", "the ledger does not begin with the adoption of rules", Position(0), {}};
    return std::nullopt;
  }

  std::optional<Flaw> scope() {
    const auto missing = [](const std::string& stream) {
      return Flaw{
          "scope", "the stream has to be there, or to be proved not to exist, and is not", {}, stream};
    };
    const auto own = "case/" + bundle_.case_id;
    const auto there = ends_.find(own);
    if (there == ends_.end() || !there->second) return missing(own);
    if (!bundle_.household) return std::nullopt;
    for (const auto& record : found_.records)
      for (const auto& stream : casework::tied_streams(record.event))
        if (!ends_.contains(stream)) return missing(stream);
    return std::nullopt;
  }

  // Whoever reads the records by other means reads them as this text says: childSeen that became childGone
  // would tell another story of the same bytes.
  std::optional<Flaw> schema() {
    const auto digest = schema_digest(bundle_.schema);
    if (digest == trust_.schema.value_or(schema_digest(schema_files()))) return std::nullopt;
    return Flaw{"schema",
                "the schema it carries has SHA-256 " + to_hex(digest) + ", which is not " +
                    (trust_.schema ? "the one that was asked for" : "this release's") +
                    ": nothing proves what it says",
                {},
                {}};
  }

  const Bundle& bundle_;
  const Trust& trust_;
  Verified found_;
  std::map<std::string, std::optional<merkle::StreamEnd>, std::less<>>
      ends_;  // by stream, absent where it is
};

}  // namespace

Outcome check(const Bundle& bundle, const Trust& trust) {
  Checks checks(bundle, trust);
  if (auto flaw = checks.run()) return std::move(*flaw);
  return checks.take();
}

}  // namespace stafett::evidence
