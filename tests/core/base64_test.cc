#include "stafett/core/base64.h"

#include <catch2/catch.hpp>

using namespace stafett;

TEST_CASE("base64 is that of RFC 4648", "[core]") {
  // Section 10.
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    CHECK(to_base64(as_bytes(plain)) == encoded);
    CHECK(from_base64(encoded) == to_bytes(plain));
  }
}

TEST_CASE("bytes have one encoding in base64: every other text is refused", "[core]") {
  for (const char* text : {"Zg", "Zg=", "Zh==", "Zm9=", "Zm8", "Zg==Zg==", "Zm9v\n", " Zm9v", "Zm-v", "Zm_v",
                           "====", "=g==", "Z==="})
    CHECK_FALSE(from_base64(text));
  // Of all texts of four characters that are read, each is what its bytes are written as.
  const std::string characters = "AQZgz09+/=-";
  for (char a : characters)
    for (char b : characters)
      for (char c : characters)
        for (char d : characters)
          if (const std::string text{a, b, c, d}; from_base64(text))
            CHECK(to_base64(*from_base64(text)) == text);
}
