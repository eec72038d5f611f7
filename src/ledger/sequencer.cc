#include "ledger/sequencer.h"

#include "ledger/receipt.h"
#include "stafett/core/assert.h"

namespace stafett::ledger {
namespace {

// Records in one batch, about: a large write keeps everybody behind it waiting.
constexpr std::size_t batch_bytes_max = 8u << 20;

std::size_t size_of(const std::vector<event::NewEvent>& events) {
  std::size_t bytes = 256;
  for (const auto& event : events) {
    bytes += sizeof event + event.content.size() + event.stream.size();
    for (const auto& [name, value] : event.personal) bytes += 64 + name.size() + value.size();
  }
  return bytes;
}

AppendAnswer refused(std::size_t index, Error error) { return {{}, Refusal{index, std::move(error)}}; }

}  // namespace

Sequencer::Sequencer(storage::Store& store, Vault& vault, const Clock& clock, Limits limits,
                     Standing standing, std::function<void(const TreeHead&)> publish, Listeners& listeners)
    : store_(store),
      vault_(vault),
      clock_(clock),
      limits_(limits),
      standing_(std::move(standing)),
      publish_(std::move(publish)),
      listeners_(listeners),
      thread_([this] { run(); }) {}

Sequencer::~Sequencer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_all();
  thread_.join();
}

void Sequencer::submit(Request request) {
  request.bytes = size_of(request.events);
  {
    std::lock_guard lock(mutex_);
    STAFETT_ASSERT(!stopping_);
    // A single append is always taken into an empty queue, however large: it is in memory already.
    if (queue_bytes_ > 0 && queue_bytes_ + request.bytes > limits_.queue_bytes_max) {
      request =
          Request{{},
                  {},
                  std::move(request.done),
                  0,
                  Error{ErrorCode::unavailable, "the ledger has too much to do; try again later", {}, {}},
                  std::nullopt};
    }
    queue_bytes_ += request.bytes;
    queue_.push_back(std::move(request));
  }
  queued_.notify_one();
}

void Sequencer::run() {
  for (auto requests = next_requests(); !requests.empty(); requests = next_requests()) process(requests);
}

// Empty only when it is time to stop.
std::vector<Request> Sequencer::next_requests() {
  std::vector<Request> requests;
  std::size_t events = 0, bytes = 0;
  std::unique_lock lock(mutex_);
  queued_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  while (!queue_.empty()) {
    auto& next = queue_.front();
    // An erasure is a batch of its own.
    if (!requests.empty() && (next.erasure || requests.front().erasure)) break;
    if (!requests.empty() &&
        (events + next.events.size() > limits_.batch_events_max || bytes + next.bytes > batch_bytes_max))
      break;
    events += next.events.size();
    bytes += next.bytes;
    requests.push_back(std::move(next));
    queue_.pop_front();
  }
  queue_bytes_ -= bytes;
  return requests;
}

void Sequencer::process(std::vector<Request>& requests) {
  complete_erasure();
  if (requests.front().erasure) return erase(requests.front());
  std::vector<Draft::Answer> answers;
  answers.reserve(requests.size());
  Draft draft(store_, vault_, last_versions_, standing_, clock_.now());
  auto ready = store_.index().wait_for_room();
  if (ready) ready = draft.look_up(requests);
  for (const auto& request : requests) {
    if (request.refused)
      answers.push_back({refused(0, *request.refused), std::nullopt});
    else if (!ready)
      answers.push_back({refused(0, ready.error()), std::nullopt});
    else
      answers.push_back(draft.take(request));
  }
  draft.finish();
  if (!draft.empty()) {
    if (auto committed = commit(draft); !committed)
      for (auto& answer : answers)
        if (answer.rests_on_batch) answer.answer = refused(*answer.rests_on_batch, committed.error());
  }
  for (const auto& answer : answers)
    if (answer.answer.refusal) store_.health().note(answer.answer.refusal->error);
  for (std::size_t i = 0; i < requests.size(); ++i) requests[i].done(std::move(answers[i].answer));
  if (standing_.tree.size() == draft.after().tree.size() && !draft.empty())
    listeners_.call(Position(standing_.tree.size().value));
}

Result<void> Sequencer::commit(Draft& draft) {
  STAFETT_ASSERT(store_.head().size == standing_.tree.size());
  STAFETT_TRY(store_.commit(draft.batch()));
  standing_ = draft.after();
  // The draft has checked what the index would refuse.
  STAFETT_ASSERT(store_.index().add(draft.take_entries()).has_value());
  draft.remember();
  publish_({standing_.tree.size(), standing_.tree.root()});
  return ok();
}

// Goes on with what a full disk has interrupted, but not at every batch.
void Sequencer::complete_erasure() {
  constexpr std::chrono::seconds pause{1};
  const auto now = std::chrono::steady_clock::now();
  if (now < complete_erasure_at_ || !vault_.completing()) return;
  complete_erasure_at_ = now + pause;
  // Whoever asked has been told that it is not done.
  if (auto completed = vault_.complete(store_); !completed) store_.health().note(completed.error());
}

void Sequencer::erase(Request& request) {
  auto answer = carry_out_erasure(request);
  if (!answer) store_.health().note(answer.error());
  request.done(answer ? std::move(answer.value()) : refused(0, std::move(answer.error())));
}

Result<AppendAnswer> Sequencer::carry_out_erasure(Request& request) {
  const auto& [stream, reason] = *request.erasure;
  if (vault_.completing()) {
    STAFETT_TRY(vault_.complete(store_));
  }
  const auto now = clock_.now();
  STAFETT_TRY(auto receipt,
              erasure_receipt(store_, vault_, *request.erasure, std::max(now, standing_.recorded_at)));
  request.events.push_back(std::move(receipt));
  STAFETT_TRY(store_.index().wait_for_room());
  Draft draft(store_, vault_, last_versions_, standing_, now);
  STAFETT_TRY(draft.look_up(std::span(&request, 1)));
  auto taken = draft.take(request);
  if (taken.answer.refusal) return std::move(taken.answer);
  STAFETT_TRY(auto keys, vault_.begin_erasing(stream));
  draft.put_keys(std::move(keys));
  draft.finish();
  STAFETT_TRY(commit(draft));
  vault_.erased(stream);
  listeners_.call(Position(standing_.tree.size().value));
  auto completed = vault_.complete(store_);
  if (completed) return std::move(taken.answer);
  const auto position = std::to_string(taken.answer.places.front().position.value);
  Error error = std::move(completed.error());
  error.message =
      "the erasure stands, with its receipt at position " + position +
      ", but the old key-encryption key could not be destroyed yet, which is tried again with the next "
      "append and at the next start: " +
      error.message;
  return fail(std::move(error));
}

}  // namespace stafett::ledger
