#include "stafett/crypto/ed25519.h"

#include <openssl/evp.h>

#include "stafett/core/assert.h"

namespace stafett::crypto {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* ctx) const { EVP_MD_CTX_free(ctx); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeKey>;

std::unique_ptr<EVP_MD_CTX, FreeContext> new_context() {
  std::unique_ptr<EVP_MD_CTX, FreeContext> ctx(EVP_MD_CTX_new());
  STAFETT_ASSERT(ctx != nullptr);
  return ctx;
}

const unsigned char* in(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

struct SigningKey::State {
  KeyHandle key;
};

SigningKey::SigningKey(const Key& seed) : state_(std::make_unique<State>()) {
  state_->key.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, in(seed.view()), Key::size));
  STAFETT_ASSERT(state_->key != nullptr);
  std::size_t size = public_key_.size();
  STAFETT_ASSERT(EVP_PKEY_get_raw_public_key(
                     state_->key.get(), reinterpret_cast<unsigned char*>(public_key_.data()), &size) == 1);
  STAFETT_ASSERT(size == public_key_.size());
}

SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

Signature SigningKey::sign(BytesView message) const {
  auto ctx = new_context();
  Signature signature;
  std::size_t size = signature.size();
  STAFETT_ASSERT(EVP_DigestSignInit(ctx.get(), nullptr, nullptr, nullptr, state_->key.get()) == 1);
  STAFETT_ASSERT(EVP_DigestSign(ctx.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                in(message), message.size()) == 1);
  STAFETT_ASSERT(size == signature.size());
  return signature;
}

bool verify(const PublicKey& key, BytesView message, const Signature& signature) {
  KeyHandle handle(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, in(key), key.size()));
  if (!handle) return false;
  auto ctx = new_context();
  if (EVP_DigestVerifyInit(ctx.get(), nullptr, nullptr, nullptr, handle.get()) != 1) return false;
  return EVP_DigestVerify(ctx.get(), in(signature), signature.size(), in(message), message.size()) == 1;
}

}  // namespace stafett::crypto
