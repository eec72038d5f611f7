#pragma once

#include <map>

#include "stafett/evidence/check.h"
#include "stafett/merkle/proof.h"
#include "stafett/merkle/tree.h"
#include "support/event_builder.h"

namespace stafett::evidence {

// A ledger made of the pure parts alone: records, tree, streams, key. Makes bundles of what it holds.
struct SmallLedger {
  std::vector<Bytes> records;
  std::vector<std::string> stream_of;  // by position
  std::map<std::string, merkle::StreamEnd> ends;
  std::vector<merkle::Hash> nodes;
  merkle::Tree tree;
  std::vector<merkle::Hash> roots{merkle::empty_root()};  // by size
  crypto::SigningKey key{crypto::Key::random()};

  void append(const support::Draft& draft) {
    const auto event = draft.build();
    const auto found = ends.find(event.stream);
    const auto version = found == ends.end() ? Version(0) : found->second.last.next();
    const Position position(records.size());
    records.push_back(event::encode_record(
        event, {position, version, instant_from_micros(1'552'467'601'000'000), "s1"}, {}));
    stream_of.push_back(event.stream);
    ends[event.stream] = {version, position};
    tree.append(merkle::leaf_hash(records.back()), nodes);
    roots.push_back(tree.root());
  }

  // Rules, then `cases` cases with `events` events each in turn.
  SmallLedger(std::uint64_t cases, std::uint64_t events) {
    append({support::event_id(1000), "RuleSetAdopted", "rules/base",
            R"("ruleSetId":"base","inForceFrom":"1900-01-01","rules":[])"});
    for (std::uint64_t n = 0; n < cases * events; ++n) {
      const auto id = "c" + std::to_string(n % cases);
      append(n < cases ? support::case_opened(n, id) : support::child_heard(n, id));
    }
  }

  std::string origin() const {
    return "stafett/" + to_hex(BytesView(merkle::leaf_hash(records[0])).first(16));
  }
  crypto::NoteKey note_key() const { return {origin(), crypto::NoteAlgorithm::ed25519, key.public_key()}; }

  merkle::StreamMap map() const {
    merkle::StreamMap out;
    for (const auto& [stream, end] : ends) out.set(merkle::stream_key(stream), end);
    return out;
  }

  merkle::Checkpoint checkpoint() const { return {origin(), tree.size(), tree.root(), map().root()}; }
  std::string signed_note(const merkle::Checkpoint& head) const {
    crypto::SignedNote note{head.to_text(), {}};
    note.signatures.push_back(crypto::sign_note(note.text, origin(), key));
    return note.to_text();
  }

  std::vector<merkle::Hash> hashes_of(const std::vector<merkle::LeafRange>& ranges) const {
    std::vector<merkle::Hash> hashes;
    for (const auto range : ranges) {
      std::vector<merkle::Hash> parts;
      for (const auto node : merkle::complete_nodes(range)) parts.push_back(nodes.at(merkle::place_of(node)));
      hashes.push_back(merkle::fold(parts));
    }
    return hashes;
  }
  std::vector<merkle::Hash> consistency(std::uint64_t older, std::uint64_t newer) const {
    return hashes_of(merkle::consistency_ranges(TreeSize(older), TreeSize(newer)).value());
  }

  // The records of these positions, with proofs of their inclusion.
  void put_records(Bundle& bundle, const std::vector<Position>& positions) const {
    bundle.records.clear();
    for (const auto position : positions) bundle.records.push_back(records[position.value]);
    bundle.hashes = hashes_of(merkle::shared_inclusion_ranges(positions, tree.size()).value());
  }

  Bundle bundle_of(const std::string& case_id, std::vector<std::string> streams,
                   bool household = false) const {
    Bundle bundle;
    bundle.case_id = case_id;
    bundle.household = household;
    bundle.note = signed_note(checkpoint());
    streams.insert(streams.end(), {"case/" + case_id, "rules/base"});
    std::sort(streams.begin(), streams.end());
    auto all = map();
    (void)all.root();
    for (const auto& name : streams) bundle.streams.push_back({name, all.prove(merkle::stream_key(name))});
    std::vector<Position> positions;
    for (std::uint64_t p = 0; p < records.size(); ++p)
      if (std::find(streams.begin(), streams.end(), stream_of[p]) != streams.end())
        positions.push_back(Position(p));
    put_records(bundle, positions);
    bundle.schema = small_schema();
    return bundle;
  }

  static std::vector<SchemaFile> small_schema() {
    return {{"a.capnp", "struct A { childSeen @4 :Bool; }"}, {"b.capnp", "text"}};
  }

  // In somebody who takes that for the schema of the release.
  Trust trust() const { return {note_key(), {}, {}, schema_digest(small_schema())}; }
};

// The name of the check that fails; empty when none does.
inline std::string flaw_of(const Bundle& bundle, const Trust& trust) {
  const auto outcome = check(bundle, trust);
  const auto* flaw = std::get_if<Flaw>(&outcome);
  return flaw ? flaw->check : "";
}

}  // namespace stafett::evidence
