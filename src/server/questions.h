#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>

#include "server/part.h"
#include "stafett/core/instant.h"
#include "stafett/ledger/ledger.h"
#include "stafett/projection/casebook.h"
#include "stafett/server/limits.h"

namespace stafett::server {

inline constexpr std::size_t definition_bytes_max = 2u << 20;
inline Error too_large_a_rule_set() {
  return {ErrorCode::too_large, "a rule set of more than 2 MiB", {}, {}};
}

// Questions to the read model, and what changes its rules. Whatever is made here blocks while the casebook
// catches up or folds.
class Questions {
 public:
  Questions(ledger::Ledger& ledger, projection::Casebook& casebook, const Clock& clock, const Limits& limits)
      : ledger_(ledger), casebook_(casebook), clock_(clock), limits_(limits) {}

  Parts parts(const wire::CaseRequest& request);
  Parts parts(const wire::ObligationsRequest& request);
  Parts parts(const wire::IndicatorsRequest& request);
  Parts parts(const wire::FrozenRequest& request);
  Parts parts(wire::FreezeRequest request, std::string appended_by);
  Parts parts(const wire::RulesRequest& request);
  Parts parts(const wire::ExplainRequest& request);
  // `progress` as in rebuild_parts.
  Parts parts(wire::WhatIfRequest request, std::function<void(wire::ProgressAnswer)> progress);
  Parts parts(const wire::AmendedRequest& request);
  Parts parts(const wire::ConsentsRequest& request);
  Parts parts(const wire::CasesRequest& request);
  Parts parts(const wire::LateRequest& request);
  Parts parts(wire::AdoptRequest request, std::string appended_by);
  // What the answer may take of memory while it is made; for those that are not said here: little.
  std::size_t bytes_to_make(const wire::ObligationsRequest& request) const;
  std::size_t bytes_to_make(const wire::IndicatorsRequest& request) const;
  std::size_t bytes_to_make(bool of_all_cases) const;
  // `progress` is called from the thread that asks for the part.
  Parts rebuild_parts(std::function<void(wire::ProgressAnswer)> progress);

 private:
  // As asked, at least up to what is acknowledged now. Errors: invalid_argument when more is asked than there
  // is.
  Result<projection::AsOf> as_of(const wire::AsOf& asked) const;
  Part append(event::NewEvent event, const std::string& appended_by) const;

  ledger::Ledger& ledger_;
  projection::Casebook& casebook_;
  const Clock& clock_;
  const Limits& limits_;
  std::atomic<bool> rebuilding_ = false;
  std::mutex adopting_;
};

}  // namespace stafett::server
