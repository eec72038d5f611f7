#pragma once

#include <filesystem>
#include <memory>

#include "simulation/disk.h"
#include "simulation/model.h"
#include "simulation/random.h"
#include "simulation/witness.h"
#include "stafett/ledger/ledger.h"
#include "stafett/storage/test_hooks.h"

namespace stafett::simulation {

// What a life does with its ledger between opening and the end.
class Work {
 public:
  Work(Journal& journal, const DiskPlan& disk, std::uint64_t seed, std::filesystem::path folder, bool last);
  void run();

 private:
  ledger::Options options();
  void open();
  void step();
  void append_some();
  void append_many_at_once();
  void append_again();
  void append_conflict();
  void erase();
  void sign();
  void restore();
  void go_on_when_there_is_room();

  std::uint64_t attempt(const std::vector<Event>& group);
  void answered(std::uint64_t group, const ledger::AppendAnswer& answer);
  std::vector<Event> fresh(std::size_t count);
  bool may_be_refused(const std::vector<Event>& group) const;
  void check_refusal(const ledger::Refusal& refusal, bool may_be_refused, bool conflict) const;
  // A read that failed must have had a reason.
  void check(const Result<void>& result) const;
  void excuse(const Error& error) const;

  Journal& journal_;
  const DiskPlan disk_;
  Random random_;
  const std::filesystem::path folder_;
  const bool last_;
  Model model_;
  storage::TestHooks hooks_;
  std::unique_ptr<ledger::Ledger> ledger_;
  std::unique_ptr<Witness> witness_;
};

}  // namespace stafett::simulation
