#include "stafett/crypto/seal.h"

#include <openssl/evp.h>

#include <memory>

#include "stafett/core/assert.h"

namespace stafett::crypto {
namespace {

const EVP_CIPHER* algorithm() {
  static const EVP_CIPHER* cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  STAFETT_ASSERT(cipher != nullptr);
  return cipher;
}

// One context a thread. It is reset after use, which wipes the expanded key.
class Context {
 public:
  Context() : ctx_(slot().get()) {}
  ~Context() { EVP_CIPHER_CTX_reset(ctx_); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  operator EVP_CIPHER_CTX*() const { return ctx_; }

 private:
  struct Free {
    void operator()(EVP_CIPHER_CTX* ctx) const { EVP_CIPHER_CTX_free(ctx); }
  };
  static std::unique_ptr<EVP_CIPHER_CTX, Free>& slot() {
    thread_local std::unique_ptr<EVP_CIPHER_CTX, Free> ctx(EVP_CIPHER_CTX_new());
    STAFETT_ASSERT(ctx != nullptr);
    return ctx;
  }
  EVP_CIPHER_CTX* ctx_;
};

const unsigned char* in(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* out(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }

}  // namespace

Bytes seal(const Key& key, const Nonce& nonce, BytesView associated, BytesView plaintext) {
  Context ctx;
  int size = 0;
  Bytes sealed(plaintext.size() + seal_tag_size);
  STAFETT_ASSERT(EVP_EncryptInit_ex2(ctx, algorithm(), in(key.view()), in(nonce), nullptr) == 1);
  STAFETT_ASSERT(
      EVP_EncryptUpdate(ctx, nullptr, &size, in(associated), static_cast<int>(associated.size())) == 1);
  STAFETT_ASSERT(EVP_EncryptUpdate(ctx, out(sealed.data()), &size, in(plaintext),
                                   static_cast<int>(plaintext.size())) == 1);
  STAFETT_ASSERT(EVP_EncryptFinal_ex(ctx, out(sealed.data()) + plaintext.size(), &size) == 1);
  STAFETT_ASSERT(
      EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, seal_tag_size, sealed.data() + plaintext.size()) == 1);
  return sealed;
}

Result<Bytes> open(const Key& key, const Nonce& nonce, BytesView associated, BytesView sealed) {
  if (sealed.size() < seal_tag_size)
    return fail(ErrorCode::corruption, "sealed bytes are shorter than their tag");
  const auto length = sealed.size() - seal_tag_size;
  Bytes tag(sealed.begin() + static_cast<std::ptrdiff_t>(length), sealed.end());
  Bytes plaintext(length);
  Context ctx;
  int size = 0;
  STAFETT_ASSERT(EVP_DecryptInit_ex2(ctx, algorithm(), in(key.view()), in(nonce), nullptr) == 1);
  STAFETT_ASSERT(
      EVP_DecryptUpdate(ctx, nullptr, &size, in(associated), static_cast<int>(associated.size())) == 1);
  STAFETT_ASSERT(EVP_DecryptUpdate(ctx, out(plaintext.data()), &size, in(sealed), static_cast<int>(length)) ==
                 1);
  STAFETT_ASSERT(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, seal_tag_size, tag.data()) == 1);
  if (EVP_DecryptFinal_ex(ctx, out(plaintext.data()) + length, &size) != 1) {
    wipe(plaintext);
    return fail(ErrorCode::corruption, "sealed bytes do not fit their key and place");
  }
  return plaintext;
}

}  // namespace stafett::crypto
