#pragma once

#include <filesystem>
#include <span>

#include "simulation/model.h"
#include "stafett/ledger/ledger.h"

// Compares an open ledger with the model.
namespace stafett::simulation {

class Witness {
 public:
  Witness(const ledger::Ledger& ledger, Model& model, Journal& journal)
      : ledger_(ledger), model_(model), journal_(journal) {}

  // After opening: everything known is there, and beyond it nothing but whole appends that were in doubt,
  // which the model then takes for true. Errors: as reading.
  Result<void> take_stock();
  // Everything once more, in as many ways as there are to read it.
  Result<void> everything() const;
  // A part, drawn with this number.
  Result<void> something(std::uint64_t draw) const;
  Result<void> proofs(std::uint64_t draw) const;
  Result<void> head(const ledger::SignedTreeHead& head) const;

  // No file holds a key that has been destroyed.
  static void no_dead_key(const std::filesystem::path& folder, const Model& model);

 private:
  Result<void> record(const ledger::StoredRecord& record, std::uint64_t position) const;
  Result<void> stream(const std::string& name) const;
  Result<std::vector<Bytes>> records() const;
  void explain(std::span<const Bytes> beyond);

  const ledger::Ledger& ledger_;
  Model& model_;
  Journal& journal_;
};

void require(bool condition, const std::string& what);

}  // namespace stafett::simulation
