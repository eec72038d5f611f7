#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "ledger/draft.h"
#include "ledger/listeners.h"

namespace stafett::ledger {

// The only writer. A thread takes what is queued, drafts one batch of it (first stage), commits it with one
// sync, and only then answers (second stage). A failed commit changes nothing: the next draft begins where
// this one began.
class Sequencer {
 public:
  struct Limits {
    std::size_t queue_bytes_max = 0;
    std::size_t batch_events_max = 0;
  };
  // `publish` is told the new head after each commit, before anybody is answered.
  Sequencer(storage::Store& store, Vault& vault, const Clock& clock, Limits limits, Standing standing,
            std::function<void(const TreeHead&)> publish, Listeners& listeners);
  // Answers everything that is queued.
  ~Sequencer();

  void submit(Request request);

 private:
  void run();
  std::vector<Request> next_requests();
  void process(std::vector<Request>& requests);
  Result<void> commit(Draft& draft);
  void erase(Request& request);
  Result<AppendAnswer> carry_out_erasure(Request& request);
  void complete_erasure();

  storage::Store& store_;
  Vault& vault_;
  const Clock& clock_;
  const Limits limits_;
  Standing standing_;
  LastVersions last_versions_{131072};
  std::chrono::steady_clock::time_point complete_erasure_at_{};
  const std::function<void(const TreeHead&)> publish_;
  Listeners& listeners_;

  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<Request> queue_;
  std::size_t queue_bytes_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace stafett::ledger
