#include "ledger/state.h"

namespace stafett::ledger {

// The tree's right edge and the time of the last event.
Result<Standing> Ledger::State::read_standing() const {
  const auto committed = store->head();
  STAFETT_TRY(auto edge, store->nodes(merkle::complete_nodes({0, committed.size.value})));
  Standing standing{merkle::Tree(committed.size, std::move(edge)), instant_min};
  if (standing.tree.root() != committed.root)
    return fail(ErrorCode::corruption,
                "the tree's nodes do not give the root that was stored with the last batch");
  if (committed.size.value > 0) {
    const Position last(committed.size.value - 1);
    STAFETT_TRY(auto records, store->read_at(std::span(&last, 1)));
    STAFETT_TRY(auto event, event::decode_record(records.front().second));
    standing.recorded_at = event.recorded_at;
  }
  return standing;
}

// All the recovery there is: the events above the index's watermark are added to it from the records.
Result<void> Ledger::State::complete_index() {
  constexpr std::size_t lot = 1024;
  auto& index = store->index();
  std::vector<storage::IndexEntry> entries;
  auto add = [&]() -> Result<void> {
    STAFETT_TRY(index.wait_for_room());
    STAFETT_TRY(index.add(std::exchange(entries, {})));
    return ok();
  };
  STAFETT_TRY(store->scan(index.end(), Position(store->head().size.value),
                          [&](Position position, BytesView record) -> Result<void> {
                            STAFETT_TRY(auto event, event::decode_record(record));
                            if (event.position != position)
                              return fail(ErrorCode::corruption, "the record of position " +
                                                                     std::to_string(position.value) +
                                                                     " says that it is another's");
                            entries.push_back({event.id, std::string(event.stream), event.version});
                            if (entries.size() < lot) return ok();
                            return add();
                          }));
  return add();
}

void Ledger::State::start(Standing standing) {
  auto publish = [this](const TreeHead& grown) {
    std::lock_guard lock(head_mutex);
    head = grown;
  };
  sequencer = std::make_unique<Sequencer>(
      *store, *vault, clock(), Sequencer::Limits{options.queue_bytes_max, options.batch_events_max},
      std::move(standing), std::move(publish), listeners);
}

Result<std::unique_ptr<Ledger>> Ledger::open(Options options) {
  auto state = std::make_unique<State>();
  state->options = std::move(options);
  storage::StoreOptions store_options{.folder = state->options.data,
                                      .read_only = state->options.read_only,
                                      .rebuild_index = state->options.rebuild_index,
                                      .hooks = state->options.hooks};
  STAFETT_TRY(state->store, storage::Store::open(store_options));
  const auto committed = state->store->head();
  state->head = {committed.size, committed.root};
  const bool is_new = committed.size.value == 0;
  STAFETT_TRY(state->vault, Vault::open(*state->store, is_new));
  STAFETT_TRY(auto standing, state->read_standing());
  STAFETT_TRY(state->complete_index());
  const bool read_only = state->options.read_only;
  auto head_of = [s = state.get()] {
    std::lock_guard lock(s->head_mutex);
    return s->head;
  };
  STAFETT_TRY(state->notary, Notary::open(*state->store, head_of, state->options.witnesses));
  if (!read_only && state->vault->completing()) {
    auto completed = state->vault->complete(*state->store);
    // With a full disk a ledger opens all the same; then the sequencer goes on.
    if (!completed && completed.error().code != ErrorCode::unavailable)
      return fail(std::move(completed.error()));
  }
  if (!read_only) state->start(std::move(standing));
  const auto first = !read_only && is_new ? state->options.first_event : std::nullopt;
  std::unique_ptr<Ledger> ledger(new Ledger(std::move(state)));
  if (first) {
    auto answer = ledger->append({*first}, "system");
    if (answer.refusal) return fail(std::move(answer.refusal->error));
  }
  const auto& opened = *ledger->state_;
  if (!read_only && opened.options.heads_every.count() > 0)
    opened.notary->sign_every(opened.options.heads_every);
  return ledger;
}

}  // namespace stafett::ledger
