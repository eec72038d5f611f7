#include "ledger/verify_heads.h"

#include <algorithm>

#include "ledger/notary.h"
#include "stafett/crypto/signed_note.h"

namespace stafett::ledger {
namespace {

constexpr std::size_t notes_at_once = 1024;

std::string of(TreeSize size) { return "the signed head of size " + std::to_string(size.value); }

}  // namespace

HeadsCheck::HeadsCheck(const storage::Store& store, TreeSize size, Problems& problems) : problems_(problems) {
  read(store, size);
}

void HeadsCheck::read(const storage::Store& store, TreeSize size) {
  auto key = store.signing_key();
  if (!key) return problems_.add("head", key.error().message);
  if (key.value() && key.value()->size() != std::tuple_size_v<crypto::PublicKey>)
    return problems_.add("head", "the public key that is noted is damaged");
  for (TreeSize from(0);;) {
    auto notes = store.notes(from, notes_at_once);
    if (!notes) return problems_.add("head", notes.error().message);
    for (const auto& [at, text] : notes.value()) {
      from = at.next();
      if (at > size) continue;  // signed since this began, unless it is beyond all events
      auto note = crypto::SignedNote::parse(text);
      auto checkpoint = note ? merkle::Checkpoint::parse(note.value().text) : fail(std::move(note.error()));
      if (!checkpoint || checkpoint.value().size != at) {
        problems_.add("head", of(at) + " is damaged");
        continue;
      }
      crypto::NoteKey signer{checkpoint.value().origin, crypto::NoteAlgorithm::ed25519, {}};
      if (key.value()) std::ranges::copy(*key.value(), signer.key.begin());
      if (!key.value() || crypto::verify(note.value(), signer) != crypto::NoteVerdict::valid)
        problems_.add("head", of(at) + " is not signed by the ledger's key");
      heads_.push_back(std::move(checkpoint.value()));
    }
    if (notes.value().size() < notes_at_once) break;
  }
  const auto beyond = store.notes(store.head().size.next(), 1);
  if (beyond && !beyond.value().empty())
    problems_.add("head", of(beyond.value().front().first) + " is of more events than there are");
}

void HeadsCheck::root(const std::optional<merkle::Hash>& root) {
  const auto& head = heads_[next_++];
  if (root && *root != head.root)
    problems_.add("head", of(head.size) + " has another root than the events give",
                  Position(head.size.value - 1));
}

void HeadsCheck::first_record(BytesView record) {
  const auto origin = origin_of(record);
  for (const auto& head : heads_)
    if (head.origin != origin) problems_.add("head", of(head.size) + " is of another ledger");
}

void HeadsCheck::streams(const merkle::Hash& root) {
  if (!heads_.empty() && heads_.back().streams != root)
    problems_.add("head", of(newest()) + " has another root of the streams than the events give");
}

}  // namespace stafett::ledger
