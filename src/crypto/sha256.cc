#include "stafett/crypto/sha256.h"

#include <openssl/evp.h>

#include "stafett/core/assert.h"

namespace stafett::crypto {
namespace {

// Fetched once: a look-up by name in every hash would cost as much as the hash.
const EVP_MD* algorithm() {
  static const EVP_MD* md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  STAFETT_ASSERT(md != nullptr);
  return md;
}

struct Context {
  EVP_MD_CTX* ctx = EVP_MD_CTX_new();
  Context() { STAFETT_ASSERT(ctx != nullptr); }
  ~Context() { EVP_MD_CTX_free(ctx); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  void start() { STAFETT_ASSERT(EVP_DigestInit_ex2(ctx, algorithm(), nullptr) == 1); }
  void add(BytesView part) { STAFETT_ASSERT(EVP_DigestUpdate(ctx, part.data(), part.size()) == 1); }
  Digest end() {
    Digest digest;
    unsigned size = 0;
    STAFETT_ASSERT(EVP_DigestFinal_ex(ctx, reinterpret_cast<unsigned char*>(digest.data()), &size) == 1);
    STAFETT_ASSERT(size == digest.size());
    return digest;
  }
};

Context& thread_context() {
  thread_local Context context;
  context.start();
  return context;
}

}  // namespace

Digest sha256(BytesView part) {
  auto& context = thread_context();
  context.add(part);
  return context.end();
}

Digest sha256(BytesView first, BytesView second) {
  auto& context = thread_context();
  context.add(first);
  context.add(second);
  return context.end();
}

Digest sha256(BytesView first, BytesView second, BytesView third) {
  auto& context = thread_context();
  context.add(first);
  context.add(second);
  context.add(third);
  return context.end();
}

struct Sha256::State : Context {};

Sha256::Sha256() : state_(std::make_unique<State>()) { state_->start(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(BytesView part) { state_->add(part); }

Digest Sha256::finish() {
  auto digest = state_->end();
  state_->start();
  return digest;
}

}  // namespace stafett::crypto
