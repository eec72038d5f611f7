#pragma once

#include <string>

#include "stafett/crypto/sha256.h"
#include "stafett/merkle/tree.h"
#include "stafett/storage/store.h"
#include "stafett/storage/test_hooks.h"
#include "support/reference_tree.h"
#include "support/temp_dir.h"

namespace stafett::storage {

// What the ledger layer does with a store, without events: record p is "record p", written to stream s/(p mod
// 7).
inline Bytes plain_record(std::uint64_t p) { return to_bytes("record " + std::to_string(p)); }
inline std::string plain_stream(std::uint64_t p) { return "case/s" + std::to_string(p % 7); }
inline IdBytes plain_id(std::uint64_t p) {
  IdBytes id;
  const auto digest = crypto::sha256(plain_record(p));
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}
inline IndexEntry plain_entry(std::uint64_t p) { return {plain_id(p), plain_stream(p), Version(p / 7)}; }

inline Result<merkle::Tree> tree_of(const Store& store) {
  const auto size = store.head().size;
  STAFETT_TRY(auto edge, store.nodes(merkle::complete_nodes({0, size.value})));
  return merkle::Tree(size, std::move(edge));
}

// Fills the index from the records, as the ledger does when it opens.
inline void replay(Store& store) {
  for (auto p = store.index().end().value; p < store.head().size.value; ++p) {
    if (!store.index().wait_for_room() || !store.index().add({plain_entry(p)})) std::abort();
  }
}

inline Result<void> append_plain(Store& store, std::uint64_t count) {
  STAFETT_TRY(auto tree, tree_of(store));
  const auto first = tree.size().value;
  std::vector<Bytes> records;
  std::vector<merkle::Hash> nodes;
  std::vector<IndexEntry> entries;
  for (auto p = first; p < first + count; ++p) {
    records.push_back(plain_record(p));
    tree.append(merkle::leaf_hash(records.back()), nodes);
    entries.push_back(plain_entry(p));
  }
  STAFETT_TRY(store.index().wait_for_room());
  STAFETT_TRY(store.commit({records, nodes, {}, tree.root()}));
  return store.index().add(std::move(entries));
}

// The first thing that is not as it should be in a store of plain records; empty when all is well.
inline std::string fault_in(const Store& store) {
  const auto size = store.head().size.value;
  std::vector<Bytes> leaves;
  for (std::uint64_t p = 0; p < size; ++p) leaves.push_back(plain_record(p));
  if (store.head().root != reference::root(leaves)) return "root";
  auto records = store.read(Position(0), Position(size), size + 1, SIZE_MAX);
  if (!records) return records.error().message;
  if (records.value().size() != size) return "count";
  for (std::uint64_t p = 0; p < size; ++p)
    if (records.value()[p] != Store::Record(Position(p), leaves[p])) return "record " + std::to_string(p);
  auto tree = tree_of(store);
  if (!tree) return tree.error().message;
  if (tree.value().root() != store.head().root) return "nodes";

  if (store.index().end().value != size) return "index end";
  std::vector<IdBytes> ids;
  for (std::uint64_t p = 0; p <= size; ++p) ids.push_back(plain_id(p));
  auto found = store.index().find_ids(ids);
  if (!found) return found.error().message;
  for (std::uint64_t p = 0; p < size; ++p)
    if (found.value()[p] != Position(p)) return "id " + std::to_string(p);
  if (found.value()[size]) return "an id that is not there";
  for (std::uint64_t s = 0; s < 7; ++s) {
    std::vector<Position> expected;
    for (auto p = s; p < size; p += 7) expected.emplace_back(p);
    auto last = store.index().last_version(plain_stream(s));
    if (!last) return last.error().message;
    if (last.value() != (expected.empty() ? std::nullopt : std::optional(Version(expected.size() - 1))))
      return "last version of " + plain_stream(s);
    for (std::size_t from = 0; from <= expected.size() + 1; from += 1 + expected.size() / 5) {
      for (std::size_t limit : {std::size_t{1}, std::size_t{5}, expected.size() + 1}) {
        auto positions = store.index().positions(plain_stream(s), Version(from), limit);
        if (!positions) return positions.error().message;
        const auto begin = std::min(from, expected.size()), end = std::min(begin + limit, expected.size());
        if (!std::ranges::equal(positions.value(), std::span(expected).subspan(begin, end - begin)))
          return "positions of " + plain_stream(s);
      }
    }
  }
  return "";
}

}  // namespace stafett::storage
