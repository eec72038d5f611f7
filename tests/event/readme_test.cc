#include <catch2/catch.hpp>
#include <cctype>
#include <fstream>
#include <sstream>

#include "event/sample.h"
#include "stafett/merkle/hash.h"

namespace stafett::event {
namespace {

// What stands between the fences that follow `heading`, the first block of that language ("" for none).
std::string block_after(const std::string& text, const std::string& heading, const std::string& language) {
  auto fence = text.find("```" + language + "\n", text.find(heading));
  REQUIRE(fence != std::string::npos);
  auto begin = text.find('\n', fence) + 1;
  return text.substr(begin, text.find("```", begin) - begin);
}

TEST_CASE("the worked example of the schema's manual is a real record", "[event][readme]") {
  std::ifstream in(std::string(STAFETT_SOURCE_DIR) + "/schema/README.md");
  REQUIRE(in);
  std::stringstream all;
  all << in.rdbuf();
  std::string text = all.str(), example = text.substr(text.find("### Worked example"));
  std::string json = block_after(example, "###", "json");
  NewEvent event = parse_json(json).value();
  Place place{Position(7), Version(2), parse_instant("2019-03-13T09:00:01Z").value(), "s1"};
  Bytes record = encode_record(event, place, {});

  // "number  eight bytes in hex  explanation"
  std::istringstream lines(example.substr(example.find("29 words")));
  std::string shown;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line) && !(number > 0 && line.starts_with("```"));) {
    if (line.size() < 28 || !std::isdigit(static_cast<unsigned char>(line[1]))) continue;
    REQUIRE(std::stoul(line.substr(0, 2)) == number++);
    for (std::size_t i = 0; i < 8; ++i) shown += line.substr(4 + i * 3, 2);
  }
  CHECK(shown == to_hex(record));
  CHECK(text.find("`" + to_hex(merkle::leaf_hash(record)) + "`") != std::string::npos);
}

}  // namespace
}  // namespace stafett::event
