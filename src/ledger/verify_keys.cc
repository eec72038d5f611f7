#include "ledger/verify_keys.h"

#include <algorithm>

namespace stafett::ledger {
namespace {

bool is_receipt(std::uint16_t type) {
  static const auto* receipt = event::find_event_type("PersonalDataErased");
  return receipt && type == receipt->ordinal;
}

}  // namespace

void NameSet::add(std::uint64_t hash) {
  auto& recent = recent_[hash % recent_.size()];
  if (recent == hash) return;
  recent = hash;
  hashes_.push_back(hash);
  if (hashes_.size() < compact_at_) return;
  compact();
  compact_at_ = std::max(compact_at_, hashes_.size() * 2);
}

void NameSet::compact() {
  std::ranges::sort(hashes_);
  const auto repeated = std::ranges::unique(hashes_);
  hashes_.erase(repeated.begin(), repeated.end());
}

const std::vector<std::uint64_t>& NameSet::sorted() {
  compact();
  return hashes_;
}

bool NameSet::contains(std::uint64_t hash) const { return std::ranges::binary_search(hashes_, hash); }

KeysCheck::KeysCheck(const storage::Inspection& store, const Vault* vault, Problems& problems)
    : store_(store), vault_(vault), problems_(problems) {}

void KeysCheck::record(const event::RecordOutline& record) {
  if (record.sealed) sealed_.add(name(record.stream));
  if (is_receipt(record.type)) receipts_.add(name(record.stream));
}

bool KeysCheck::usable(std::string_view stream, BytesView value) const {
  if (!vault_) return Vault::is_wrapped(value);
  if (vault_->opens(stream, value)) return true;
  // It may have been wrapped anew, or erased, since this began.
  return Vault::is_wrapped(value) && vault_->intact(stream);
}

void KeysCheck::read_keys() {
  store_.keys(
      [&](std::string_view stream, BytesView value) {
        if (stream.empty()) {
          proof_ = true;
          if (!Vault::is_wrapped(value))
            problems_.add("key", "the proof of the key-encryption key is damaged");
          return true;
        }
        if (Vault::is_erased(value))
          erased_.add(name(stream));
        else if (!Vault::is_lost(value) && !usable(stream, value))
          problems_.add("key", "the data key of " + std::string(stream) + " is damaged");
        keys_.add(name(stream));
        return !problems_.full();
      },
      [&](std::string what) { problems_.add("key", std::move(what)); });
}

void KeysCheck::finish(bool all_records) {
  if (!proof_ && store_.head().size.value > 0)
    problems_.add("key", "the proof of the key-encryption key is missing");
  keys_.sorted();
  erased_.sorted();
  const auto& sealed = sealed_.sorted();
  const auto& receipts = receipts_.sorted();
  const bool keys_missing = std::ranges::any_of(sealed, [&](auto hash) { return !keys_.contains(hash); });
  const bool not_erased = std::ranges::any_of(receipts, [&](auto hash) { return !erased_.contains(hash); });
  if (all_records)
    store_.keys(
        [&](std::string_view stream, BytesView value) {
          if (Vault::is_erased(value) && !receipts_.contains(name(stream)))
            problems_.add("key", "the data key of " + std::string(stream) +
                                     " has been destroyed, but the ledger has no receipt of that");
          return !problems_.full();
        },
        [](const std::string&) {});
  if (!keys_missing && !not_erased) return;
  // Which streams these are is in the records.
  store_.records(
      Position(0), Position(store_.head().size.value),
      [&](Position position, BytesView bytes) {
        auto record = event::outline_record(bytes);
        if (!record) return true;
        const auto stream = std::string(record.value().stream);
        const auto hash = name(stream);
        if (record.value().sealed && !keys_.contains(hash)) {
          problems_.add("key", stream + " holds personal content, but its data key is missing", position);
          keys_.add(hash);
          keys_.sorted();
        }
        if (is_receipt(record.value().type) && !erased_.contains(hash))
          problems_.add("key",
                        "the ledger says that the personal content of " + stream +
                            " was erased, but its data key is there",
                        position);
        return !problems_.full();
      },
      [](Position, Position, const std::string&) {});
}

}  // namespace stafett::ledger
