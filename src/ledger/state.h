#pragma once

#include <mutex>

#include "ledger/listeners.h"
#include "ledger/notary.h"
#include "ledger/sequencer.h"
#include "ledger/vault.h"
#include "stafett/ledger/ledger.h"
#include "stafett/storage/store.h"

namespace stafett::ledger {

// What is destroyed first stands last.
struct Ledger::State {
  Options options;
  SystemClock system_clock;
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<Vault> vault;
  mutable std::mutex head_mutex;
  TreeHead head;
  Listeners listeners;
  std::unique_ptr<Notary> notary;
  std::unique_ptr<Sequencer> sequencer;  // null when reading only

  const Clock& clock() const { return options.clock ? *options.clock : system_clock; }

  // The steps of opening, in order.
  Result<Standing> read_standing() const;
  Result<void> complete_index();
  void start(Standing standing);
};

}  // namespace stafett::ledger
