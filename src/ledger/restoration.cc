#include "stafett/ledger/restoration.h"

#include <algorithm>

#include "ledger/key_file.h"
#include "ledger/notary.h"
#include "ledger/vault.h"
#include "stafett/merkle/tree.h"
#include "stafett/storage/files.h"

namespace stafett::ledger {
namespace fs = std::filesystem;

struct Restoration::State {
  fs::path folder, building;
  RestorationKeys keys;
  std::vector<storage::StreamKey> installed;
  std::size_t installed_put = 0;
  std::unique_ptr<storage::Store> store;
  merkle::Tree tree;
};

Restoration::Restoration(std::unique_ptr<State> state) : state_(std::move(state)) {}

Restoration::~Restoration() {
  if (!state_) return;
  state_->store.reset();
  std::error_code ignored;
  fs::remove_all(state_->building, ignored);
}

Result<std::unique_ptr<Restoration>> Restoration::begin(fs::path given, RestorationKeys keys) {
  auto state = std::make_unique<State>();
  state->folder = given.has_filename() ? given : given.parent_path();
  state->building = state->folder;
  state->building += ".restoring";
  if (!state->folder.has_filename())
    return fail(ErrorCode::invalid_argument, "\"" + given.string() + "\" is no name for a new folder");
  std::error_code error;
  if (fs::exists(state->folder, error) && !fs::is_directory(state->folder, error))
    return fail(ErrorCode::invalid_argument, state->folder.string() + " is not a folder");
  if (fs::exists(state->folder, error) && !fs::is_empty(state->folder, error))
    return fail(ErrorCode::invalid_argument,
                state->folder.string() + " is not empty; a backup is restored into a new folder");
  if (fs::exists(state->building, error)) {
    if (!fs::exists(state->building / "LEDGER", error))
      return fail(ErrorCode::invalid_argument, state->building.string() + " is in the way");
    fs::remove_all(state->building, error);
  }
  STAFETT_TRY(state->store, storage::Store::open({.folder = state->building}));
  std::unique_ptr<Restoration> restoration(new Restoration(std::move(state)));
  auto& s = *restoration->state_;
  std::vector<storage::StreamKey> wrapped;
  for (auto& key : keys.wrapped) wrapped.push_back({std::move(key.stream), std::move(key.value)});
  STAFETT_TRY(s.installed, Vault::install(s.store->keys_folder(), std::move(wrapped), keys.kek));
  // The proof of the key comes first: a ledger's first batch holds it.
  std::ranges::sort(s.installed, {}, &storage::StreamKey::stream);
  if (keys.signing) {
    STAFETT_TRY(Notary::install(s.store->keys_folder(), *keys.signing, keys.signer));
  }
  s.keys = std::move(keys);
  return restoration;
}

Result<void> Restoration::add(std::vector<Bytes> records) {
  auto& s = *state_;
  if (records.empty()) return ok();
  std::vector<merkle::Hash> nodes;
  std::vector<storage::IndexEntry> entries;
  for (const auto& record : records) {
    const auto position = s.tree.size().value;
    STAFETT_TRY(const auto outline, event::outline_record(record));
    if (outline.position.value != position)
      return fail(ErrorCode::corruption, "the record of position " + std::to_string(position) +
                                             " says that it is that of " +
                                             std::to_string(outline.position.value));
    s.tree.append(merkle::leaf_hash(record), nodes);
    entries.push_back({outline.id, std::string(outline.stream), outline.version});
  }
  constexpr std::size_t keys_a_batch = 4096;
  const auto keys =
      std::span(s.installed)
          .subspan(s.installed_put, std::min(keys_a_batch, s.installed.size() - s.installed_put));
  STAFETT_TRY(s.store->index().wait_for_room());
  STAFETT_TRY(s.store->commit({records, nodes, keys, s.tree.root()}));
  s.installed_put += keys.size();
  return s.store->index().add(std::move(entries));
}

Result<TreeHead> Restoration::finish(std::string_view note) {
  auto& s = *state_;
  constexpr std::size_t lot = 4096;
  while (s.installed_put < s.installed.size()) {
    const auto keys =
        std::span(s.installed).subspan(s.installed_put, std::min(lot, s.installed.size() - s.installed_put));
    STAFETT_TRY(s.store->put_keys(keys));
    s.installed_put += keys.size();
  }
  if (s.keys.signing) {
    STAFETT_TRY(s.store->put_signing_key(s.keys.signer.key));
    STAFETT_TRY(s.store->put_note(s.tree.size(), note));
  }
  STAFETT_TRY(s.store->close());
  s.store.reset();
  std::error_code error;
  if (fs::exists(s.folder, error)) fs::remove(s.folder, error);  // an empty one
  STAFETT_TRY(storage::rename_file(s.building, fs::absolute(s.folder)));
  return TreeHead{s.tree.size(), s.tree.root()};
}

}  // namespace stafett::ledger
