#include "stafett/ledger/ledger.h"

#include <algorithm>
#include <future>

#include "ledger/state.h"
#include "stafett/merkle/proof.h"

namespace stafett::ledger {

Ledger::Ledger(std::unique_ptr<State> state) : state_(std::move(state)) {}

Ledger::~Ledger() { (void)close(); }

Result<void> Ledger::close() {
  state_->sequencer.reset();
  if (state_->notary)
    state_->notary->stop(state_->options.heads_every.count() > 0 && !state_->options.read_only);
  state_->notary.reset();
  return state_->store->close();
}

void Ledger::append(std::vector<event::NewEvent> events, std::string appended_by,
                    std::function<void(AppendAnswer)> done) {
  if (!state_->sequencer) {
    done({{}, Refusal{0, {ErrorCode::unavailable, "the ledger is open for reading only", {}, {}}}});
    return;
  }
  state_->sequencer->submit({std::move(events), std::move(appended_by), std::move(done), 0, {}, {}});
}

AppendAnswer Ledger::append(std::vector<event::NewEvent> events, std::string appended_by) {
  std::promise<AppendAnswer> promise;
  auto answer = promise.get_future();
  append(std::move(events), std::move(appended_by),
         [&promise](AppendAnswer a) { promise.set_value(std::move(a)); });
  return answer.get();
}

AppendAnswer Ledger::erase(std::string stream, std::string reason, std::string appended_by) {
  if (!state_->sequencer)
    return {{}, Refusal{0, {ErrorCode::unavailable, "the ledger is open for reading only", {}, {}}}};
  std::promise<AppendAnswer> promise;
  auto answer = promise.get_future();
  state_->sequencer->submit({{},
                             std::move(appended_by),
                             [&promise](AppendAnswer a) { promise.set_value(std::move(a)); },
                             0,
                             {},
                             Erasure{std::move(stream), std::move(reason)}});
  return answer.get();
}

Result<std::vector<Ledger::WrappedKey>> Ledger::wrapped_keys(std::optional<std::string_view> after,
                                                             std::size_t limit) const {
  STAFETT_TRY(auto keys, state_->store->keys(after, limit));
  std::vector<WrappedKey> out;
  for (auto& [stream, value] : keys) out.push_back({std::move(stream), std::move(value)});
  return out;
}

TreeHead Ledger::head() const {
  std::lock_guard lock(state_->head_mutex);
  return state_->head;
}

Position Ledger::next_position() const { return Position(head().size.value); }

Result<SignedTreeHead> Ledger::signed_head() { return state_->notary->sign(); }

Result<std::vector<SignedTreeHead>> Ledger::signed_heads(TreeSize from, std::size_t limit) const {
  return state_->notary->history(from, limit);
}

Result<SignedTreeHead> Ledger::cosign(std::string_view note) { return state_->notary->cosign(note); }

Result<crypto::NoteKey> Ledger::note_key() const { return state_->notary->key(); }

Result<ProvedStreams> Ledger::prove_streams(std::span<const std::string> streams) {
  return state_->notary->prove(streams);
}

Result<std::vector<std::string>> Ledger::rules_streams() { return state_->notary->rules_streams(); }

storage::Health& Ledger::health() const { return state_->store->health(); }

std::shared_ptr<void> Ledger::on_advance(std::function<void(Position)> listener) {
  return state_->listeners.add(std::move(listener));
}

namespace {

std::vector<StoredRecord> stored(std::vector<storage::Store::Record> records) {
  std::vector<StoredRecord> out;
  out.reserve(records.size());
  for (auto& [position, bytes] : records) out.push_back({position, std::move(bytes)});
  return out;
}

}  // namespace

Result<std::vector<StoredRecord>> Ledger::read(Position from, std::size_t limit,
                                               std::size_t bytes_max) const {
  STAFETT_TRY(auto records, state_->store->read(from, next_position(), limit, bytes_max));
  return stored(std::move(records));
}

Result<void> Ledger::scan(Position from, Position to,
                          const std::function<Result<void>(Position, BytesView)>& each) const {
  return state_->store->scan(from, std::min(to, next_position()), each);
}

Result<std::vector<StoredRecord>> Ledger::read_at(const std::vector<Position>& positions) const {
  const auto next = next_position();
  for (const auto position : positions)
    if (position >= next)
      return fail(ErrorCode::not_found, "there is no position " + std::to_string(position.value));
  STAFETT_TRY(auto records, state_->store->read_at(positions));
  return stored(std::move(records));
}

Result<std::vector<StoredRecord>> Ledger::read_stream(std::string_view stream, Version from,
                                                      std::size_t limit, std::size_t bytes_max) const {
  constexpr std::size_t lot = 64;
  const auto& index = state_->store->index();
  const auto next = next_position();
  STAFETT_TRY(auto last, index.last_version(stream));
  if (!last) return fail(ErrorCode::not_found, "there is no stream of that name");
  std::vector<StoredRecord> out;
  std::size_t bytes = 0;
  while (out.size() < limit) {
    STAFETT_TRY(auto positions, index.positions(stream, from, std::min(lot, limit - out.size())));
    // What has been committed but not yet been acknowledged to anybody.
    std::erase_if(positions, [next](Position position) { return position >= next; });
    if (positions.empty()) break;
    STAFETT_TRY(auto records, state_->store->read_at(positions));
    for (auto& [position, record] : records) {
      if (!out.empty() && bytes + record.size() > bytes_max) return out;
      bytes += record.size();
      out.push_back({position, std::move(record)});
    }
    from = Version(from.value + positions.size());
  }
  return out;
}

Result<std::optional<Version>> Ledger::last_version(std::string_view stream) const {
  return state_->store->index().last_version(stream);
}

Result<event::PersonalView> Ledger::unseal(BytesView record) const {
  STAFETT_TRY(auto sealed, event::sealed_personal(record));
  if (sealed.empty()) return event::PersonalView{};
  STAFETT_TRY(auto event, event::decode_record(record));
  auto opened = state_->vault->open(event.stream, event.position, sealed);
  if (!opened) state_->store->health().note(opened.error());
  STAFETT_TRY(auto content, std::move(opened));
  if (!content) {
    STAFETT_TRY(const auto key, state_->vault->find(event.stream));
    return event::PersonalView{std::nullopt, key.erased};
  }
  STAFETT_TRY(auto personal, event::decode_personal(*content));
  crypto::wipe(*content);
  return event::PersonalView{std::move(personal)};
}

namespace {

// The hashes of leaf ranges, all nodes fetched in one go.
Result<std::vector<merkle::Hash>> hashes_of(const storage::Store& store,
                                            const std::vector<merkle::LeafRange>& ranges) {
  std::vector<merkle::NodeId> ids;
  std::vector<std::size_t> ends;
  for (const auto range : ranges) {
    const auto nodes = merkle::complete_nodes(range);
    ids.insert(ids.end(), nodes.begin(), nodes.end());
    ends.push_back(ids.size());
  }
  STAFETT_TRY(auto nodes, store.nodes(ids));
  std::vector<merkle::Hash> hashes;
  std::size_t begin = 0;
  for (const auto end : ends) {
    hashes.push_back(merkle::fold({nodes.begin() + static_cast<std::ptrdiff_t>(begin),
                                   nodes.begin() + static_cast<std::ptrdiff_t>(end)}));
    begin = end;
  }
  return hashes;
}

Result<void> check_size(TreeSize size, const TreeHead& head) {
  if (size <= head.size) return ok();
  return fail(ErrorCode::invalid_argument, "the ledger holds " + std::to_string(head.size.value) +
                                               " events; there is no tree of size " +
                                               std::to_string(size.value) + " yet");
}

}  // namespace

Result<std::vector<merkle::Hash>> Ledger::inclusion_proof(Position position, TreeSize size) const {
  STAFETT_TRY(check_size(size, head()));
  STAFETT_TRY(auto ranges, merkle::inclusion_ranges(position, size));
  return hashes_of(*state_->store, ranges);
}

Result<std::vector<merkle::Hash>> Ledger::shared_inclusion_proof(std::span<const Position> positions,
                                                                 TreeSize size) const {
  STAFETT_TRY(check_size(size, head()));
  STAFETT_TRY(auto ranges, merkle::shared_inclusion_ranges(positions, size));
  return hashes_of(*state_->store, ranges);
}

Result<std::vector<merkle::Hash>> Ledger::consistency_proof(TreeSize older, TreeSize newer) const {
  STAFETT_TRY(check_size(newer, head()));
  STAFETT_TRY(auto ranges, merkle::consistency_ranges(older, newer));
  return hashes_of(*state_->store, ranges);
}

Result<merkle::Hash> Ledger::root_at(TreeSize size) const {
  STAFETT_TRY(check_size(size, head()));
  STAFETT_TRY(auto hashes, hashes_of(*state_->store, {{0, size.value}}));
  return hashes.front();
}

}  // namespace stafett::ledger
