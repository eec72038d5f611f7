#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "stafett/client/connection.h"
#include "stafett/event/new_event.h"

namespace stafett::client {

// What became of one append: its places, or why it was refused. `index` of the failure says which event is to
// blame.
using AppendOutcome = std::variant<wire::AppendedAnswer, wire::Failure>;

// Appends many, without waiting for one answer before the next is sent, and never with more unanswered than a
// window. Appends enter the ledger in the order of `submit`. Answers are handed out by a thread of the
// pipeline, in the order they come, which is the order sent except where one is refused before it reaches the
// ledger.
class AppendPipeline {
 public:
  struct Window {
    std::size_t appends = 1000;
    std::size_t bytes = 32u << 20;
  };

  // The connection is the pipeline's until it is destroyed, and of no use for anything else afterwards.
  // `answered` gets the number that `submit` returned.
  AppendPipeline(Connection& connection, Window window,
                 std::function<void(std::uint64_t number, AppendOutcome outcome)> answered);
  ~AppendPipeline();
  AppendPipeline(const AppendPipeline&) = delete;
  AppendPipeline& operator=(const AppendPipeline&) = delete;

  // One append of all events or none; numbers count from 0. May keep the request back until `flush` or until
  // there is enough to send; waits while the window is full. Errors: too_large when no message can hold it
  // (then it is not submitted, and no number is used), unavailable (lost).
  Result<std::uint64_t> submit(std::vector<event::NewEvent> events);
  // Sends what is kept back. Errors: unavailable (lost).
  Result<void> flush();
  // Why the connection is of no more use, once that has been noticed.
  std::optional<Error> lost() const;
  // Flushes and waits for all answers. Errors: unavailable (lost) when some will not come.
  Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stafett::client
