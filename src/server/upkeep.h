#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "server/part.h"
#include "stafett/ledger/ledger.h"
#include "stafett/projection/casebook.h"

namespace stafett::server {

// Work on the ledger as a whole. Blocks.
class Upkeep {
 public:
  Upkeep(ledger::Ledger& ledger, projection::Casebook& casebook) : ledger_(ledger), casebook_(casebook) {}

  // What is stored, derived anew (ledger/verify.h), and then the live answers beside a fold of all records.
  // One at a time. `progress` is called from the thread that asks for the part.
  Parts parts(const wire::VerifyRequest&, std::function<void(wire::ProgressAnswer)> progress);

  // Refuses what has to be kept: an open case, and a person or household with one. `appended_by`: who asks.
  Parts parts(wire::EraseRequest request, std::string appended_by);
  Parts parts(const wire::StreamKeysRequest&, std::size_t part_bytes);

  // Makes what runs end with `unavailable`.
  void stop() { stopping_ = true; }

 private:
  Result<wire::VerifiedAnswer> verify(const std::function<void(wire::ProgressAnswer)>& progress);

  ledger::Ledger& ledger_;
  projection::Casebook& casebook_;
  std::atomic<bool> verifying_ = false;
  std::atomic<bool> stopping_ = false;
};

}  // namespace stafett::server
