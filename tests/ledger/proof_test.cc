#include "ledger/open_ledger.h"
#include "stafett/merkle/verify.h"
#include "support/reference_tree.h"

using namespace stafett;
using namespace stafett::ledger;
using support::case_opened;
using support::TempDir;

TEST_CASE("every event is proved to be in every later tree, and every tree to continue the earlier ones",
          "[ledger]") {
  TempDir dir;
  auto ledger = open_ledger(dir / "ledger");
  std::vector<TreeHead> heads{ledger->head()};
  for (std::uint64_t i = 0; heads.back().size.value < 40; ++i) {
    std::vector<event::NewEvent> events;
    for (std::uint64_t k = 0; k <= i % 5; ++k)
      events.push_back(case_opened(i * 10 + k, "c" + std::to_string(i * 10 + k)).build());
    REQUIRE(!ledger->append(std::move(events), "tester").refusal);
    heads.push_back(ledger->head());
  }
  for (int round = 0; round < 2; ++round) {
    const auto records = all_records(*ledger);
    for (const auto& head : heads) {
      REQUIRE(head.root == reference::root(std::span(records).first(head.size.value)));
      REQUIRE(ledger->root_at(head.size).value() == head.root);
    }
    const auto size = records.size();
    for (std::uint64_t n = 1; n <= size; ++n) {
      const auto root = ledger->root_at(TreeSize(n)).value();
      for (std::uint64_t p = 0; p < n; ++p)
        REQUIRE(merkle::verify_inclusion(merkle::leaf_hash(records[p]), Position(p), TreeSize(n),
                                         ledger->inclusion_proof(Position(p), TreeSize(n)).value(),
                                         root) == merkle::Verdict::valid);
      for (std::uint64_t m = 0; m <= n; ++m)
        REQUIRE(merkle::verify_consistency(
                    TreeSize(m), TreeSize(n), ledger->consistency_proof(TreeSize(m), TreeSize(n)).value(),
                    ledger->root_at(TreeSize(m)).value(), root) == merkle::Verdict::valid);
    }
    CHECK(ledger->inclusion_proof(Position(size), TreeSize(size)).error().code ==
          ErrorCode::invalid_argument);
    CHECK(ledger->inclusion_proof(Position(0), TreeSize(size + 1)).error().code ==
          ErrorCode::invalid_argument);
    CHECK(ledger->inclusion_proof(Position(0), TreeSize(0)).error().code == ErrorCode::invalid_argument);
    CHECK(ledger->consistency_proof(TreeSize(1), TreeSize(size + 1)).error().code ==
          ErrorCode::invalid_argument);
    CHECK(ledger->consistency_proof(TreeSize(2), TreeSize(1)).error().code == ErrorCode::invalid_argument);
    ledger.reset();
    ledger = open_ledger(dir / "ledger");
  }
}
