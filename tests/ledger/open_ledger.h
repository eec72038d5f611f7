#pragma once

#include <catch2/catch.hpp>

#include "stafett/ledger/ledger.h"
#include "stafett/storage/test_hooks.h"
#include "support/event_builder.h"
#include "support/manual_clock.h"
#include "support/temp_dir.h"

namespace stafett::ledger {

inline const Instant spring = parse_instant("2019-03-20T12:00:00Z").value();

// What the server has a new ledger begin with.
inline support::Draft rules_adopted(std::uint64_t number) {
  return {support::event_id(number), "RuleSetAdopted", "rules/base",
          R"("ruleSetId":"base","inForceFrom":"1900-01-01","rules":[])"};
}

// A ledger that begins, when it is new, as the server's do: with an adoption of rules at position 0.
inline std::unique_ptr<Ledger> open_ledger(Options options) {
  if (!options.first_event) options.first_event = rules_adopted(~std::uint64_t{0}).build();
  auto ledger = Ledger::open(std::move(options));
  if (!ledger) FAIL(ledger.error().message);
  return std::move(ledger.value());
}
inline std::unique_ptr<Ledger> open_ledger(const std::filesystem::path& path, const Clock* clock = nullptr) {
  Options options;
  options.data = path;
  options.clock = clock;
  return open_ledger(std::move(options));
}

inline AppendAnswer append_one(Ledger& ledger, const support::Draft& draft) {
  return ledger.append({draft.build()}, "tester");
}

// A file of a key as the product writes it: for its owner alone.
inline void write_key(const std::filesystem::path& path, const std::string& content) {
  support::write(path, content);
  std::filesystem::permissions(path, static_cast<std::filesystem::perms>(0600));
}

inline std::vector<Bytes> all_records(const Ledger& ledger) {
  std::vector<Bytes> records;
  auto result =
      ledger.scan(Position(0), ledger.next_position(), [&](Position, BytesView record) -> Result<void> {
        records.emplace_back(record.begin(), record.end());
        return ok();
      });
  if (!result) FAIL(result.error().message);
  return records;
}

}  // namespace stafett::ledger
