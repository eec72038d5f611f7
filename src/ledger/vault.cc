#include "ledger/vault.h"

#include <algorithm>

#include "ledger/kek_files.h"
#include "stafett/crypto/random.h"
#include "stafett/crypto/seal.h"

namespace stafett::ledger {
namespace {

constexpr std::byte erased_mark{0};
constexpr std::byte wrapped_mark{1};
constexpr std::byte lost_mark{2};
constexpr std::size_t nonce_size = std::tuple_size_v<crypto::Nonce>;

// nonce || ciphertext || tag
Bytes seal_under(const crypto::Key& key, std::string_view associated, BytesView content) {
  const auto nonce = crypto::random_bytes<nonce_size>();
  const auto sealed = crypto::seal(key, nonce, as_bytes(associated), content);
  Bytes out(nonce.begin(), nonce.end());
  out.insert(out.end(), sealed.begin(), sealed.end());
  return out;
}

Result<Bytes> open_under(const crypto::Key& key, std::string_view associated, BytesView sealed) {
  if (sealed.size() < nonce_size) return fail(ErrorCode::corruption, "sealed bytes are too short");
  crypto::Nonce nonce;
  std::copy_n(sealed.begin(), nonce.size(), nonce.begin());
  return crypto::open(key, nonce, as_bytes(associated), sealed.subspan(nonce.size()));
}

std::string key_binding(std::string_view stream) { return "stafett data key of " + std::string(stream); }

std::string content_binding(std::string_view stream, Position position) {
  return "stafett personal content at " + std::to_string(position.value) + " of " + std::string(stream);
}

// The name of no stream: what lies there proves which key-encryption key is the store's.
constexpr std::string_view proof_name;
constexpr std::string_view proof_content = "the key-encryption key of this store";

storage::StreamKey wrap(const crypto::Key& kek, std::string_view stream, BytesView content) {
  storage::StreamKey wrapped{std::string(stream), {wrapped_mark}};
  const auto sealed = seal_under(kek, key_binding(stream), content);
  wrapped.value.insert(wrapped.value.end(), sealed.begin(), sealed.end());
  return wrapped;
}

Result<Bytes> open_wrapped(const crypto::Key& kek, std::string_view stream, BytesView value) {
  if (!Vault::is_wrapped(value)) return fail(ErrorCode::corruption, "not a wrapped key");
  return open_under(kek, key_binding(stream), value.subspan(1));
}

}  // namespace

Vault::Vault(const storage::Store& store, Kek kek, Kek previous)
    : store_(store), kek_(std::move(kek)), previous_(std::move(previous)) {}

Result<std::unique_ptr<Vault>> Vault::open(const storage::Store& store, bool new_ledger) {
  const KekFiles files(store.keys_folder());
  const auto name = files.current().path.string();
  auto read = files.current().read();
  if (!read && read.error().code == ErrorCode::not_found) {
    if (!new_ledger)
      return fail(ErrorCode::corruption,
                  "the key file " + name +
                      " is missing; without it no personal content can be read, and a new one "
                      "would hide that");
    auto made = crypto::Key::random();
    STAFETT_TRY(files.current().write(made));
    read = std::move(made);
  }
  STAFETT_TRY(auto key, std::move(read));
  auto kek = std::make_shared<const crypto::Key>(std::move(key));
  if (!store.read_only()) {
    STAFETT_TRY(files.current().check_private());
  }
  if (new_ledger) return std::unique_ptr<Vault>(new Vault(store, std::move(kek), nullptr));

  STAFETT_TRY(auto proof, store.key(proof_name));
  if (!proof || !is_wrapped(*proof))
    return fail(ErrorCode::corruption, "the store has lost the proof of its key-encryption key");
  if (open_wrapped(*kek, proof_name, *proof)) {
    // Either there was no change, or it was not decided, or all of it is done but the cleaning up.
    if (!store.read_only()) {
      STAFETT_TRY(files.drop_next());
      STAFETT_TRY(files.destroy_old());
    }
    return std::unique_ptr<Vault>(new Vault(store, std::move(kek), nullptr));
  }
  auto next = files.next().read();
  if (!next || !open_wrapped(next.value(), proof_name, *proof))
    return fail(ErrorCode::corruption,
                "the key file " + name + " belongs to another ledger, or is an older one");
  return std::unique_ptr<Vault>(
      new Vault(store, std::make_shared<const crypto::Key>(std::move(next.value())), std::move(kek)));
}

storage::StreamKey Vault::proof_of_key() const { return wrap(*kek_, proof_name, as_bytes(proof_content)); }

bool Vault::is_erased(BytesView value) { return value.size() == 1 && value.front() == erased_mark; }
bool Vault::is_lost(BytesView value) { return value.size() == 1 && value.front() == lost_mark; }
bool Vault::is_wrapped(BytesView value) { return value.size() > 1 && value.front() == wrapped_mark; }

Result<crypto::Key> Vault::unwrap(std::string_view stream, BytesView value) const {
  auto bytes = open_wrapped(*kek_, stream, value);
  if (!bytes && previous_) bytes = open_wrapped(*previous_, stream, value);
  if (!bytes || bytes.value().size() != crypto::Key::size)
    return fail(ErrorCode::corruption, "the data key of " + std::string(stream) + " is damaged");
  crypto::Key key(bytes.value());
  crypto::wipe(bytes.value());
  return key;
}

bool Vault::opens(std::string_view stream, BytesView value) const {
  std::shared_lock keks(keks_mutex_);
  return is_wrapped(value) && unwrap(stream, value);
}

bool Vault::intact(std::string_view stream) const {
  std::shared_lock keks(keks_mutex_);
  const auto stored = store_.key(stream);
  if (!stored || !stored.value()) return false;
  const auto& value = *stored.value();
  return is_erased(value) || is_lost(value) || (is_wrapped(value) && unwrap(stream, value));
}

Result<Vault::DataKey> Vault::find(std::string_view stream) const {
  std::shared_lock keks(keks_mutex_);
  {
    std::lock_guard lock(mutex_);
    if (auto* known = known_.find(stream)) return DataKey{*known};
  }
  STAFETT_TRY(auto stored, store_.key(stream));
  if (!stored) return DataKey{};
  if (is_erased(*stored) || is_lost(*stored)) return DataKey{nullptr, is_erased(*stored), is_lost(*stored)};
  STAFETT_TRY(auto unwrapped, unwrap(stream, *stored));
  auto key = std::make_shared<const crypto::Key>(std::move(unwrapped));
  remember(std::string(stream), key);
  return DataKey{std::move(key)};
}

std::pair<std::shared_ptr<const crypto::Key>, storage::StreamKey> Vault::make(
    const std::string& stream) const {
  auto key = std::make_shared<const crypto::Key>(crypto::Key::random());
  auto wrapped = wrap(*kek_, stream, key->view());
  return {std::move(key), std::move(wrapped)};
}

void Vault::remember(const std::string& stream, std::shared_ptr<const crypto::Key> key) const {
  std::lock_guard lock(mutex_);
  known_.put(stream, std::move(key));
}

Bytes Vault::seal(const crypto::Key& key, std::string_view stream, Position position, BytesView content) {
  return seal_under(key, content_binding(stream, position), content);
}

Result<std::optional<Bytes>> Vault::open(std::string_view stream, Position position, BytesView sealed) const {
  STAFETT_TRY(auto data_key, find(stream));
  if (!data_key.key) return std::optional<Bytes>();
  auto content = open_under(*data_key.key, content_binding(stream, position), sealed);
  if (!content)
    return fail(ErrorCode::corruption, "the personal content at position " + std::to_string(position.value) +
                                           " does not fit its key and place");
  return std::optional(std::move(content.value()));
}

Result<std::vector<storage::StreamKey>> Vault::begin_erasing(const std::string& stream) {
  if (!next_) {
    STAFETT_TRY(auto made, KekFiles(store_.keys_folder()).make_next());
    next_ = std::make_shared<const crypto::Key>(std::move(made));
  }
  return std::vector<storage::StreamKey>{{stream, {erased_mark}},
                                         wrap(*next_, proof_name, as_bytes(proof_content))};
}

void Vault::erased(const std::string& stream) {
  std::unique_lock keks(keks_mutex_);
  previous_ = std::exchange(kek_, std::exchange(next_, nullptr));
  std::lock_guard lock(mutex_);
  known_.forget(stream);
}

bool Vault::completing() const {
  std::shared_lock keks(keks_mutex_);
  return previous_ != nullptr;
}

Result<void> Vault::complete(storage::Store& store) {
  STAFETT_TRY(wrap_anew(store));
  STAFETT_TRY(KekFiles(store.keys_folder()).replace());
  {
    std::unique_lock keks(keks_mutex_);
    previous_.reset();
  }
  // What is left of the old values is of no use to anybody any more, so a full disk may keep them for a
  // while.
  auto compacted = store.compact_keys();
  if (!compacted && compacted.error().code != ErrorCode::unavailable) return compacted;
  return ok();
}

Result<void> Vault::wrap_anew(storage::Store& store) const {
  constexpr std::size_t lot = 4096;
  std::optional<std::string> after;
  for (;;) {
    STAFETT_TRY(const auto stored, store.keys(after, lot));
    std::vector<storage::StreamKey> anew;
    for (const auto& [stream, value] : stored) {
      if (!is_wrapped(value) || open_wrapped(*kek_, stream, value)) continue;
      auto key = open_wrapped(*previous_, stream, value);
      // A damaged one is of no use under either key, and stays to be found by verification.
      if (!key) continue;
      anew.push_back(wrap(*kek_, stream, key.value()));
      crypto::wipe(key.value());
    }
    if (!anew.empty()) {
      STAFETT_TRY(store.put_keys(anew));
    }
    if (stored.size() < lot) return ok();
    after = stored.back().stream;
  }
}

Result<std::vector<storage::StreamKey>> Vault::install(const std::filesystem::path& keys_folder,
                                                       std::vector<storage::StreamKey> keys,
                                                       const std::optional<std::filesystem::path>& kek) {
  const KekFiles files(keys_folder);
  auto proof = std::ranges::find(keys, proof_name, &storage::StreamKey::stream);
  if (proof == keys.end())
    return fail(ErrorCode::corruption, "the proof of the key-encryption key is missing");
  if (!kek) {
    const auto made = crypto::Key::random();
    STAFETT_TRY(files.current().write(made));
    for (auto& key : keys)
      if (is_wrapped(key.value)) key.value = {lost_mark};
    *proof = wrap(made, proof_name, as_bytes(proof_content));
    return keys;
  }
  STAFETT_TRY(const auto given, (KeyFile{*kek, files.current().title}.read_given()));
  if (!open_wrapped(given, proof_name, proof->value))
    return fail(
        ErrorCode::invalid_argument,
        kek->string() +
            " is not the key-encryption key under which the backup's keys lie: with an older backup than "
            "the last erasure, everything but personal content can be restored, without a key");
  for (const auto& [stream, value] : keys)
    if (is_wrapped(value) && !open_wrapped(given, stream, value))
      return fail(ErrorCode::corruption, "the data key of " + stream + " is damaged");
  STAFETT_TRY(files.current().write(given));
  return keys;
}

}  // namespace stafett::ledger
