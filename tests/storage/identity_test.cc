#include "storage/identity.h"

#include <catch2/catch.hpp>

#include "stafett/crypto/sha256.h"

using namespace stafett;
using namespace stafett::storage;

namespace {

Identity sample() {
  Identity identity;
  identity.ledger[3] = std::byte{7};
  identity.state = Identity::State::stopped;
  identity.size = TreeSize(1234);
  identity.root[31] = std::byte{9};
  identity.files = {{"000012.sst", 4711}, {"CURRENT", 16}, {"a name with blanks", 0}};
  return identity;
}

}  // namespace

TEST_CASE("the file LEDGER says what was written to it", "[storage]") {
  const auto identity = sample();
  const auto read = Identity::parse(identity.to_text()).value();
  CHECK(read.ledger == identity.ledger);
  CHECK(read.state == identity.state);
  CHECK(read.size == identity.size);
  CHECK(read.root == identity.root);
  CHECK(read.files == identity.files);
}

TEST_CASE("a changed, missing or added byte in the file LEDGER is found", "[storage]") {
  const auto text = sample().to_text();
  for (std::size_t i = 0; i < text.size(); ++i) {
    INFO(i);
    auto changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 2);
    CHECK(Identity::parse(changed).error().code == ErrorCode::corruption);
    CHECK(Identity::parse(text.substr(0, i)).has_error());
    CHECK(Identity::parse(text.substr(0, i) + "0" + text.substr(i)).has_error());
  }
  CHECK(Identity::parse(text + "\n").has_error());
}

TEST_CASE("a format of another release is refused by name", "[storage]") {
  auto text = sample().to_text();
  text.replace(text.find('1'), 1, "2");
  text.resize(text.rfind("sha256 "));
  text += "sha256 " + to_hex(crypto::sha256(as_bytes(text))) + "\n";
  auto read = Identity::parse(text);
  CHECK(read.error().code == ErrorCode::invalid_argument);
  CHECK(read.error().message.find("format 2") != std::string::npos);
}
