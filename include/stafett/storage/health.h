#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "stafett/core/result.h"

namespace stafett::storage {

// How a store fares from its opening on. The first damage that any read meets is kept: from then on the store
// can only be read, until it is opened anew. A full disk passes. Whoever listens is told of each once: when
// damage is met, when the disk becomes full, and when there is room again. Thread-safe.
class Health {
 public:
  enum class Change : std::uint8_t { damaged, disk_full, room_again };
  // The message says what and where, and holds nothing personal. Called from the thread that noticed; must
  // not block, nor call this object.
  using Listener = std::function<void(Change, const std::string& message)>;

  // Instead of the one before; told at once of what is so already.
  void listen(Listener listener);

  // Keeps the error when it is the first corruption; others mean nothing here.
  void note(const Error& error);
  // What a synced write came to: unavailable is a full disk, success is room again. Returns it.
  Result<void> written(Result<void> outcome);

  // The damage that was met, with what it means for writing; nothing while there is none.
  std::optional<Error> damage() const;

 private:
  mutable std::mutex mutex_;
  Listener listener_;
  std::optional<Error> damage_;
  std::optional<std::string> full_;  // why
};

}  // namespace stafett::storage
