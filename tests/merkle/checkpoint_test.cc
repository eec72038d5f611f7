#include "stafett/merkle/checkpoint.h"

#include <catch2/catch.hpp>

using namespace stafett;
using namespace stafett::merkle;

namespace {

const std::string text =
    "stafett/0011\n17\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n"
    "streams 1aCLaJPs0aqLKisA9X1hktm0vLjpk45eEGZT0+xyD10=\n";

}  // namespace

TEST_CASE("a checkpoint is written as it was read", "[merkle]") {
  const auto parsed = Checkpoint::parse(text);
  REQUIRE(parsed.has_value());
  CHECK(parsed.value().origin == "stafett/0011");
  CHECK(parsed.value().size == TreeSize(17));
  CHECK(to_hex(parsed.value().root).starts_with("4813494d137e1631"));
  CHECK(to_hex(parsed.value().streams).starts_with("d5a08b6893ecd1aa"));
  CHECK(parsed.value().to_text() == text);
}

TEST_CASE("a checkpoint with one byte changed is another one or none", "[merkle]") {
  const auto whole = Checkpoint::parse(text).value();
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : {'\n', ' ', '0', '7', '=', 'A', '\0'}) {
      auto changed = text;
      changed[i] = c;
      if (changed == text) continue;
      if (const auto parsed = Checkpoint::parse(changed)) CHECK_FALSE(parsed.value() == whole);
    }
    CHECK_FALSE(Checkpoint::parse(text.substr(0, i)).has_value());
  }
  CHECK_FALSE(Checkpoint::parse(text + "\n").has_value());
  CHECK_FALSE(Checkpoint::parse(text + "another line\n").has_value());
}

TEST_CASE("a size is written without leading zeros and within 64 bits", "[merkle]") {
  for (const char* size : {"017", "+17", "-1", "", "17 ", "0x11", "18446744073709551616"}) {
    auto changed = text;
    changed.replace(changed.find("17"), 2, size);
    CHECK_FALSE(Checkpoint::parse(changed).has_value());
  }
}
