#include "stafett/client/append_pipeline.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "client/link.h"
#include "stafett/wire/codec.h"

namespace stafett::client {
namespace {

constexpr std::size_t send_size = 64u << 10;  // kept back up to here

}  // namespace

// Requests are numbered by their id, counted from 1: 0 is the connection's own.
struct AppendPipeline::State {
  State(Link& l, Window w, std::function<void(std::uint64_t, AppendOutcome)> a)
      : link(l), window(w), answered(std::move(a)) {}

  void receive();
  bool has_room(std::size_t bytes) const {
    return unanswered.empty() ||
           (unanswered.size() < window.appends && unanswered_bytes + bytes <= window.bytes);
  }

  Link& link;
  const Window window;
  const std::function<void(std::uint64_t, AppendOutcome)> answered;

  Bytes kept_back;  // of the submitting thread

  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::uint64_t, std::size_t> unanswered;  // id to size
  std::size_t unanswered_bytes = 0;
  std::uint64_t submitted = 0;
  bool ending = false;
  std::optional<Error> failure;  // of the connection
  std::thread receiver;
};

void AppendPipeline::State::receive() {
  for (;;) {
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return ending || !unanswered.empty(); });
      if (unanswered.empty()) return;
    }
    auto received = link.receive();
    if (!received) {
      std::lock_guard lock(mutex);
      failure = std::move(received).error();
      changed.notify_all();
      return;
    }
    auto& response = received.value();
    {
      std::lock_guard lock(mutex);
      auto found = unanswered.find(response.id);
      if (found == unanswered.end()) continue;
    }
    // Handed out before it is counted as answered, so that `finish` means that all have been handed out.
    auto number = response.id - 1;
    if (auto* appended = std::get_if<wire::AppendedAnswer>(&response.body))
      answered(number, std::move(*appended));
    else if (auto* refused = std::get_if<wire::Failure>(&response.body))
      answered(number, std::move(*refused));
    else
      continue;
    std::lock_guard lock(mutex);
    auto found = unanswered.find(response.id);
    unanswered_bytes -= found->second;
    unanswered.erase(found);
    changed.notify_all();
  }
}

AppendPipeline::AppendPipeline(Connection& connection, Window window,
                               std::function<void(std::uint64_t, AppendOutcome)> answered)
    : state_(std::make_unique<State>(connection.state_->link, window, std::move(answered))) {
  state_->receiver = std::thread([s = state_.get()] { s->receive(); });
}

AppendPipeline::~AppendPipeline() {
  {
    std::lock_guard lock(state_->mutex);
    state_->ending = true;
    if (!state_->unanswered.empty()) state_->link.shut_down();
    state_->changed.notify_all();
  }
  state_->receiver.join();
}

Result<std::uint64_t> AppendPipeline::submit(std::vector<event::NewEvent> events) {
  auto& s = *state_;
  auto id = s.submitted + 1;
  STAFETT_TRY(auto frame, wire::encode(wire::Request{id, wire::AppendRequest{std::move(events)}}));
  std::unique_lock lock(s.mutex);
  if (!s.failure && !s.has_room(frame.size()) && !s.kept_back.empty()) {
    // What is kept back will never be answered before it is sent.
    lock.unlock();
    STAFETT_TRY(flush());
    lock.lock();
  }
  s.changed.wait(lock, [&] { return s.failure || s.has_room(frame.size()); });
  if (s.failure) return fail(*s.failure);
  s.unanswered.emplace(id, frame.size());
  s.unanswered_bytes += frame.size();
  s.submitted = id;
  s.changed.notify_all();
  lock.unlock();
  s.kept_back.insert(s.kept_back.end(), frame.begin(), frame.end());
  if (s.kept_back.size() >= send_size) {
    STAFETT_TRY(flush());
  }
  return id - 1;
}

Result<void> AppendPipeline::flush() {
  auto& s = *state_;
  if (s.kept_back.empty()) return ok();
  auto bytes = std::move(s.kept_back);
  s.kept_back = Bytes();
  return s.link.send(bytes);
}

std::optional<Error> AppendPipeline::lost() const {
  std::lock_guard lock(state_->mutex);
  return state_->failure;
}

Result<void> AppendPipeline::finish() {
  auto& s = *state_;
  auto sent = flush();
  std::unique_lock lock(s.mutex);
  // After a failed send the receiver still hands out the answers that have come, and then notices.
  s.changed.wait(lock, [&] { return s.failure || s.unanswered.empty(); });
  if (s.unanswered.empty()) return ok();
  return fail(*s.failure);
}

}  // namespace stafett::client
