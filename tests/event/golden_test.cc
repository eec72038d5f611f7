#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "event/sample.h"
#include "stafett/merkle/hash.h"

// Records as an earlier release wrote them (tests/golden/records.txt): one of each type with every field set,
// as name, leaf hash, record in hex and the JSON it is shown as. They are read for ever; the file is only
// ever added to. STAFETT_WRITE_GOLDEN=1 appends records of the types that the file does not have yet.
namespace stafett::event {
namespace {

using test::Json;

const std::string path = std::string(STAFETT_SOURCE_DIR) + "/tests/golden/records.txt";

struct Golden {
  std::string type, leaf_hash, json;
  Bytes record;
};

Bytes from_hex(const std::string& hex) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(std::byte(std::stoul(hex.substr(i, 2), nullptr, 16)));
  return out;
}

std::vector<Golden> golden_records() {
  std::vector<Golden> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::istringstream columns(line);
    Golden golden;
    std::string hex;
    columns >> golden.type >> golden.leaf_hash >> hex >> std::ws;
    std::getline(columns, golden.json);
    golden.record = from_hex(hex);
    out.push_back(std::move(golden));
  }
  return out;
}

void write_missing() {
  std::set<std::string> have;
  for (const Golden& golden : golden_records()) have.insert(golden.type);
  std::ofstream out(path, std::ios::app);
  for (const EventType& type : event_types()) {
    if (have.contains(type.name)) continue;
    std::mt19937_64 random(type.ordinal);
    NewEvent event = parse_json(test::sample_event(type, test::Fill::every_field, random).dump()).value();
    Place place{Position(1000u + type.ordinal), Version(type.ordinal),
                instant_from_micros(1'552'381'200'123'456), "case-system-1"};
    Bytes record = encode_record(event, place, to_bytes("sealed content of " + type.name));
    out << type.name << ' ' << to_hex(merkle::leaf_hash(record)) << ' ' << to_hex(record) << ' '
        << to_json(decode_record(record).value(), {}) << '\n';
  }
}

TEST_CASE("records of earlier releases are read and hashed as they were then", "[event][golden]") {
  if (std::getenv("STAFETT_WRITE_GOLDEN")) write_missing();
  auto goldens = golden_records();
  std::set<std::string> types;
  for (const Golden& golden : goldens) {
    INFO(golden.type);
    types.insert(golden.type);
    CHECK(to_hex(merkle::leaf_hash(golden.record)) == golden.leaf_hash);
    auto decoded = decode_record(golden.record);
    REQUIRE(decoded.has_value());
    CHECK(decoded.value().event_type().name == golden.type);
    CHECK(to_json(decoded.value(), {}) == golden.json);
    CHECK(sealed_personal(golden.record).value() == to_bytes("sealed content of " + golden.type));
    // What this release would write for the same event is the same bytes.
    Json shown = Json::parse(golden.json);
    for (const char* added : {"position", "streamversion", "recordedat", "appendedby"}) shown.erase(added);
    auto again = parse_json(shown.dump());
    // Units with empty segments, "/x", were taken once: such records are read for ever, and not taken anew.
    if (golden.type == "ConsentGiven" || golden.type == "DeviationReported") {
      auto field = golden.type == "ConsentGiven" ? "data.recipients[" : "data.units[";
      REQUIRE(again.has_error());
      CHECK(again.error().field.starts_with(field));
      continue;
    }
    REQUIRE(again.has_value());
    CHECK(same_content(golden.record, again.value()).value());
    Place place{decoded.value().position, decoded.value().version, decoded.value().recorded_at,
                decoded.value().appended_by};
    CHECK(encode_record(again.value(), place, sealed_personal(golden.record).value()) == golden.record);
  }
  for (const EventType& type : event_types()) CHECK(types.contains(type.name));
}

}  // namespace
}  // namespace stafett::event
