#include "ledger/vault.h"

#include "ledger/key_file.h"
#include "stafett/crypto/random.h"
#include "stafett/crypto/seal.h"

namespace stafett::ledger {
namespace {

constexpr std::string_view kek_title = "stafett key-encryption key 1";
constexpr std::byte erased_mark{0};
constexpr std::byte wrapped_mark{1};
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

}  // namespace

Result<std::unique_ptr<Vault>> Vault::open(const storage::Store& store, bool new_ledger) {
  const KeyFile file{store.keys_folder() / "kek", kek_title};
  auto read = file.read();
  if (!read && read.error().code == ErrorCode::not_found) {
    if (!new_ledger)
      return fail(ErrorCode::corruption,
                  "the key file " + file.path.string() +
                      " is missing; without it no personal content can be read, and a new one "
                      "would hide that");
    auto made = crypto::Key::random();
    STAFETT_TRY(file.write(made));
    read = std::move(made);
  }
  STAFETT_TRY(auto key, std::move(read));
  if (!new_ledger) {
    STAFETT_TRY(auto proof, store.key(proof_name));
    if (!proof || proof->empty() || proof->front() != wrapped_mark)
      return fail(ErrorCode::corruption, "the store has lost the proof of its key-encryption key");
    if (!open_under(key, key_binding(proof_name), BytesView(*proof).subspan(1)))
      return fail(ErrorCode::corruption, "the key file " + file.path.string() + " belongs to another ledger");
  }
  return std::unique_ptr<Vault>(new Vault(store, std::move(key)));
}

storage::StreamKey Vault::proof_of_key() const { return wrap(kek_, proof_name, as_bytes(proof_content)); }

Result<Vault::DataKey> Vault::find(std::string_view stream) const {
  {
    std::lock_guard lock(mutex_);
    if (auto* known = known_.find(stream)) return DataKey{*known};
  }
  STAFETT_TRY(auto stored, store_.key(stream));
  if (!stored) return DataKey{};
  if (is_erased(*stored)) return DataKey{nullptr, true};
  STAFETT_TRY(auto unwrapped, unwrap(stream, *stored));
  auto key = std::make_shared<const crypto::Key>(std::move(unwrapped));
  remember(std::string(stream), key);
  return DataKey{std::move(key)};
}

bool Vault::intact(std::string_view stream) const {
  const auto stored = store_.key(stream);
  return stored && stored.value() && (is_erased(*stored.value()) || unwrap(stream, *stored.value()));
}

bool Vault::is_erased(BytesView value) { return value.size() == 1 && value.front() == erased_mark; }
bool Vault::is_wrapped(BytesView value) { return value.size() > 1 && value.front() == wrapped_mark; }

Result<crypto::Key> Vault::unwrap(std::string_view stream, BytesView value) const {
  const auto damaged = [&] {
    return fail(ErrorCode::corruption, "the data key of " + std::string(stream) + " is damaged");
  };
  if (!is_wrapped(value)) return damaged();
  auto bytes = open_under(kek_, key_binding(stream), value.subspan(1));
  if (!bytes || bytes.value().size() != crypto::Key::size) return damaged();
  crypto::Key key(bytes.value());
  crypto::wipe(bytes.value());
  return key;
}

std::pair<std::shared_ptr<const crypto::Key>, storage::StreamKey> Vault::make(
    const std::string& stream) const {
  auto key = std::make_shared<const crypto::Key>(crypto::Key::random());
  auto wrapped = wrap(kek_, stream, key->view());
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

}  // namespace stafett::ledger
