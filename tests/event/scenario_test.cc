#include <catch2/catch.hpp>
#include <fstream>

#include "event/sample.h"

// The scenarios that the contract's users bring, as far as a single event decides.
namespace stafett::event {
namespace {

using test::Json;

std::ifstream scenario(const std::string& name) {
  std::ifstream in(std::string(STAFETT_SOURCE_DIR) + "/tests/scenarios/" + name);
  REQUIRE(in);
  return in;
}

// The last name in a path, without an index; anything inside personal is personal
// (tests/scenarios/README.md).
std::string compared(std::string path) {
  if (path.find("personal") != std::string::npos) return "personal";
  path = path.substr(path.rfind('.') + 1);
  return path.substr(0, path.find('['));
}

TEST_CASE("every malformed event is refused and its field named", "[event][scenario]") {
  auto lines = scenario("bad-events.jsonl");
  auto expected_file = scenario("bad-events.expected.json");
  Json expected = Json::parse(expected_file);
  constexpr int in_the_future = 26;  // only a ledger has a clock
  std::string line;
  int number = 0;
  while (std::getline(lines, line)) {
    const Json& want = expected.at(static_cast<std::size_t>(number++));
    INFO("line " << number << ": " << want.at("why"));
    REQUIRE(want.at("line") == number);
    auto parsed = parse_json(line);
    if (number == in_the_future) {
      CHECK(parsed.has_value());
      continue;
    }
    REQUIRE_FALSE(parsed.has_value());
    CHECK(to_string(parsed.error().code) == want.at("code"));
    INFO(parsed.error().field << ": " << parsed.error().message);
    CHECK(compared(parsed.error().field) == compared(want.at("field")));
  }
  CHECK(number == 43);
}

TEST_CASE("the family's scenario is stored and shown as it was sent", "[event][scenario]") {
  auto lines = scenario("eskilstuna-2019.jsonl");
  std::string line;
  std::uint64_t position = 0;
  while (std::getline(lines, line)) {
    INFO(line);
    auto parsed = parse_json(line);
    REQUIRE(parsed.has_value());
    const NewEvent& event = parsed.value();
    Bytes record = encode_record(event, {Position(position), Version(7), Instant(), "tester"}, {});
    auto decoded = decode_record(record);
    REQUIRE(decoded.has_value());
    Json sent = Json::parse(line);
    Json shown = Json::parse(to_json(decoded.value(), {event.personal, false}));
    CHECK(shown.at("position") == position);
    CHECK(shown.at("streamversion") == 7);
    CHECK(shown.at("recordedat") == "1970-01-01T00:00:00.000000Z");
    CHECK(shown.at("appendedby") == "tester");
    for (const char* added : {"position", "streamversion", "recordedat", "appendedby"}) shown.erase(added);
    CHECK(test::same_json(shown, sent));
    ++position;
  }
  CHECK(position == 106);
}

}  // namespace
}  // namespace stafett::event
