#include "ledger/notary.h"

#include <algorithm>

#include "ledger/key_file.h"
#include "stafett/core/assert.h"

namespace stafett::ledger {
namespace {

constexpr std::string_view signing_title = "stafett signing key 1";
constexpr std::string_view rules_category = "rules/";
constexpr std::size_t origin_bytes = 16;

// How far the map may be behind, so that a head that is asked for does not take long.
constexpr std::chrono::milliseconds follow_every{1000};

Result<SignedTreeHead> signed_head(std::string text) {
  auto note = crypto::SignedNote::parse(text);
  auto checkpoint = note ? merkle::Checkpoint::parse(note.value().text) : fail(std::move(note.error()));
  if (!checkpoint) return fail(ErrorCode::corruption, "a stored signed head is damaged");
  return SignedTreeHead{std::move(checkpoint.value()), std::move(text)};
}

bool same_key(const crypto::NoteSignature& a, const crypto::NoteSignature& b) {
  return a.name == b.name && a.key_id == b.key_id;
}

}  // namespace

Result<std::unique_ptr<Notary>> Notary::open(storage::Store& store, std::function<TreeHead()> head,
                                             std::vector<crypto::NoteKey> witnesses) {
  std::unique_ptr<Notary> notary(new Notary(store, std::move(head), std::move(witnesses)));
  STAFETT_TRY(notary->open_key());
  STAFETT_TRY(notary->check_witnesses());
  return notary;
}

Result<void> Notary::open_key() {
  const KeyFile file{store_.keys_folder() / "signing", signing_title};
  STAFETT_TRY(const auto noted, store_.signing_key());
  auto read = file.read();
  if (!read && read.error().code == ErrorCode::not_found) {
    if (noted)
      return fail(
          ErrorCode::corruption,
          "the key file " + file.path.string() +
              " is missing; heads have been signed with it, and a new one would hide that. Put the key back");
    if (store_.read_only()) return ok();
    auto made = crypto::Key::random();
    STAFETT_TRY(file.write(made));
    read = std::move(made);
  }
  STAFETT_TRY(auto seed, std::move(read));
  signing_key_.emplace(seed);
  if (noted && !std::ranges::equal(*noted, signing_key_->public_key()))
    return fail(ErrorCode::corruption, "the key file " + file.path.string() +
                                           " is not the key that this ledger's heads are signed with");
  if (store_.read_only()) return ok();
  STAFETT_TRY(file.check_private());
  if (noted) return ok();
  auto put = store_.put_signing_key(signing_key_->public_key());
  // With a full disk a ledger opens all the same; it is noted at the next opening.
  if (!put && put.error().code != ErrorCode::unavailable) return put;
  return ok();
}

Result<void> Notary::install(const std::filesystem::path& keys_folder, const std::filesystem::path& given,
                             const crypto::NoteKey& signer) {
  const KeyFile file{given, signing_title};
  STAFETT_TRY(const auto seed, file.read_given());
  if (crypto::SigningKey(seed).public_key() != signer.key)
    return fail(ErrorCode::invalid_argument,
                given.string() + " is not the key that signed the backup's head");
  return KeyFile{keys_folder / "signing", signing_title}.write(seed);
}

Notary::~Notary() { stop(false); }

void Notary::sign_every(std::chrono::milliseconds interval) {
  STAFETT_ASSERT(!timer_.joinable());
  timer_ = std::thread([this, interval] {
    auto due = std::chrono::steady_clock::now();
    while (!stopping_) {
      // When it fails for a full disk, whoever asks for a head is told.
      const auto now = std::chrono::steady_clock::now();
      if (auto followed = follow(now >= due); !followed) store_.health().note(followed.error());
      if (now >= due) due = now + interval;
      std::unique_lock lock(timer_mutex_);
      timer_changed_.wait_for(lock, std::min<std::chrono::milliseconds>(interval, follow_every),
                              [this] { return stopping_.load(); });
    }
  });
}

void Notary::stop(bool with_last_head) {
  {
    std::lock_guard lock(timer_mutex_);
    stopping_ = true;
  }
  timer_changed_.notify_all();
  if (timer_.joinable()) timer_.join();
  stopping_ = false;
  // The ledger stops cleanly without it too.
  if (with_last_head && filled_) (void)follow(true);
}

Result<void> Notary::follow(bool and_sign) {
  std::lock_guard lock(mutex_);
  if (head_().size.value == 0) return ok();
  STAFETT_TRY(auto head, bring_up_map());
  if (and_sign) {
    STAFETT_TRY(sign(head));
  }
  return ok();
}

std::string origin_of(BytesView first_record) {
  const auto leaf = merkle::leaf_hash(first_record);
  return "stafett/" + to_hex(BytesView(leaf).first(origin_bytes));
}

Result<std::string> Notary::origin() const {
  std::lock_guard lock(origin_mutex_);
  if (!origin_.empty()) return origin_;
  if (head_().size.value == 0)
    return fail(ErrorCode::not_found, "the ledger holds no events yet, so there is no head to sign");
  const Position first(0);
  STAFETT_TRY(const auto records, store_.read_at(std::span(&first, 1)));
  origin_ = origin_of(records.front().second);
  return origin_;
}

Result<crypto::NoteKey> Notary::key() const {
  STAFETT_TRY(auto name, origin());
  if (!signing_key_) return fail(ErrorCode::not_found, "this ledger has no signing key");
  return crypto::NoteKey{std::move(name), crypto::NoteAlgorithm::ed25519, signing_key_->public_key()};
}

Result<SignedTreeHead> Notary::sign() {
  STAFETT_TRY(auto found, stored(head_().size));
  if (found) return std::move(*found);
  std::lock_guard lock(mutex_);
  STAFETT_TRY(auto head, bring_up_map());
  return sign(head);
}

Result<ProvedStreams> Notary::prove(std::span<const std::string> streams) {
  std::lock_guard lock(mutex_);
  STAFETT_TRY(auto head, bring_up_map());
  ProvedStreams out;
  STAFETT_TRY(out.head, sign(head));
  if (out.head.checkpoint.streams != map_.root())
    return fail(ErrorCode::corruption,
                "the streams are not those of the signed head of size " + std::to_string(head.size.value));
  for (const auto& stream : streams) out.streams.push_back(map_.prove(merkle::stream_key(stream)));
  return out;
}

Result<std::optional<SignedTreeHead>> Notary::stored(TreeSize size) const {
  STAFETT_TRY(auto text, store_.note(size));
  if (!text) return std::optional<SignedTreeHead>();
  STAFETT_TRY(auto head, signed_head(std::move(*text)));
  return std::optional(std::move(head));
}

Result<SignedTreeHead> Notary::sign(const TreeHead& head) {
  STAFETT_TRY(auto found, stored(head.size));
  if (found && found->checkpoint.root != head.root)
    return fail(ErrorCode::corruption, "the signed head of size " + std::to_string(head.size.value) +
                                           " is of another tree than the ledger's");
  if (found) return std::move(*found);
  STAFETT_TRY(auto name, origin());
  if (!signing_key_) return fail(ErrorCode::not_found, "this ledger has no signing key");
  SignedTreeHead out{{name, head.size, head.root, map_.root()}, {}};
  crypto::SignedNote note{out.checkpoint.to_text(), {}};
  note.signatures.push_back(crypto::sign_note(note.text, name, *signing_key_));
  out.note = note.to_text();
  if (store_.read_only()) return out;
  // Signing again gives the same bytes: a head that a full disk does not take may be given out.
  auto put = store_.put_note(head.size, out.note);
  if (!put && put.error().code != ErrorCode::unavailable) return fail(std::move(put.error()));
  return out;
}

Result<std::vector<SignedTreeHead>> Notary::history(TreeSize from, std::size_t limit) const {
  STAFETT_TRY(auto notes, store_.notes(from, limit));
  std::vector<SignedTreeHead> out;
  for (auto& [size, text] : notes) {
    STAFETT_TRY(auto head, signed_head(std::move(text)));
    if (head.checkpoint.size != size) return fail(ErrorCode::corruption, "a stored signed head is another's");
    out.push_back(std::move(head));
  }
  return out;
}

Result<SignedTreeHead> Notary::cosign(std::string_view text) {
  STAFETT_TRY(auto given, crypto::SignedNote::parse(text));
  STAFETT_TRY(const auto checkpoint, merkle::Checkpoint::parse(given.text));
  STAFETT_TRY(const auto ours, key());
  if (crypto::verify(given, ours) != crypto::NoteVerdict::valid)
    return fail(ErrorCode::invalid_argument, "this ledger has not signed that head");
  std::lock_guard lock(mutex_);
  STAFETT_TRY(auto found, stored(checkpoint.size));
  if (!found)
    return fail(ErrorCode::not_found,
                "the ledger keeps no head of size " + std::to_string(checkpoint.size.value));
  STAFETT_TRY(auto note, crypto::SignedNote::parse(found->note));
  if (note.text != given.text)
    return fail(ErrorCode::id_conflict, "the head of size " + std::to_string(checkpoint.size.value) +
                                            " that the ledger keeps is another: its key has signed both");
  const auto kept = note.signatures;
  for (const auto& line : given.signatures) {
    if (std::ranges::find(kept, line) != kept.end() || same_key(line, {ours.name, ours.id(), {}})) continue;
    STAFETT_TRY(check_line(given, line));
    const bool has_one = std::ranges::any_of(kept, [&](const auto& l) { return same_key(l, line); });
    if (!has_one) note.signatures.push_back(line);
  }
  if (note.signatures.size() > crypto::SignedNote::signatures_max ||
      note.to_text().size() > crypto::SignedNote::size_max)
    return fail(ErrorCode::too_large, "a head takes at most 16 signatures, in at most 64 KiB");
  found->note = note.to_text();
  STAFETT_TRY(store_.put_note(checkpoint.size, found->note));
  return std::move(*found);
}

Result<void> Notary::check_witnesses() const {
  // The ledger's own line is one of those that a note may have.
  if (witnesses_.size() >= crypto::SignedNote::signatures_max)
    return fail(ErrorCode::invalid_argument, "a ledger has at most 15 witnesses: a head takes 16 lines");
  for (const auto& witness : witnesses_)
    if (signing_key_ && witness.key == signing_key_->public_key())
      return fail(ErrorCode::invalid_argument,
                  "the key of the witness " + witness.name + " is the ledger's own, which is no witness");
  return ok();
}

// Without this, lines of nobody could fill a head and shut the witnesses out.
Result<void> Notary::check_line(const crypto::SignedNote& note, const crypto::NoteSignature& line) const {
  for (const auto& witness : witnesses_) {
    if (witness.name != line.name || witness.id() != line.key_id) continue;
    if (crypto::verify(note, witness) == crypto::NoteVerdict::valid) return ok();
    return fail(ErrorCode::invalid_argument, "the signature of " + line.name + " is wrong");
  }
  return fail(ErrorCode::forbidden, line.name + " with that key is no witness that this ledger was told of " +
                                        "(stafettd --witness)");
}

Result<std::vector<std::string>> Notary::rules_streams() {
  std::lock_guard lock(mutex_);
  STAFETT_TRY(bring_up_map());
  return std::vector<std::string>(rules_streams_.begin(), rules_streams_.end());
}

// Gives the head at which the map stands.
Result<TreeHead> Notary::bring_up_map() {
  if (!filled_) {
    STAFETT_TRY(fill_map());
  }
  auto head = head_();
  // The index may know of a batch that is about to be acknowledged.
  for (; head.size.value < taken_.value; head = head_()) std::this_thread::yield();
  STAFETT_TRY(store_.scan(taken_, Position(head.size.value),
                          [&](Position position, BytesView record) -> Result<void> {
                            STAFETT_TRY(auto event, event::decode_record(record));
                            STAFETT_TRY(take(event.stream, {event.version, position}));
                            taken_ = position.next();
                            return ok();
                          }));
  return head;
}

Result<void> Notary::fill_map() {
  merkle::StreamMap empty;
  std::swap(map_, empty);
  rules_streams_.clear();
  STAFETT_TRY(taken_,
              store_.index().each_stream([&](std::string_view stream, Version last, Position position) {
                return take(stream, {last, position});
              }));
  filled_ = true;
  return ok();
}

Result<void> Notary::take(std::string_view stream, merkle::StreamEnd end) {
  if (stopping_) return fail(ErrorCode::unavailable, "the ledger is stopping");
  if (stream.starts_with(rules_category)) rules_streams_.emplace(stream);
  map_.set(merkle::stream_key(stream), end);
  return ok();
}

}  // namespace stafett::ledger
