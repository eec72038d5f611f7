#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "stafett/core/ids.h"

namespace stafett::ledger {

// Who wants to know that the ledger has grown.
class Listeners {
 public:
  // When the handle is destroyed no call is under way and none follows. A listener must not destroy its own.
  std::shared_ptr<void> add(std::function<void(Position)> listener) {
    std::lock_guard lock(state_->mutex);
    const auto number = state_->next++;
    state_->listeners.emplace(number, std::move(listener));
    // The handle may outlive the ledger.
    return std::shared_ptr<void>(state_.get(), [state = state_, number](void*) {
      std::lock_guard inner(state->mutex);
      state->listeners.erase(number);
    });
  }

  void call(Position next) const {
    std::lock_guard lock(state_->mutex);
    for (const auto& [number, listener] : state_->listeners) listener(next);
  }

 private:
  struct State {
    std::mutex mutex;
    std::map<std::uint64_t, std::function<void(Position)>> listeners;
    std::uint64_t next = 0;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace stafett::ledger
