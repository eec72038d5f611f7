#include "stafett/event/correction.h"

#include <catch2/catch.hpp>

#include "event/sample.h"

namespace stafett::event {
namespace {

using test::Json;

Result<NewEvent> correcting(const char* fields) {
  std::mt19937_64 random(1);
  Json event = test::sample_event(*find_event_type("EventCorrected"), test::Fill::required_only, random);
  event["data"]["correctedFields"] = Json::parse(fields);
  return parse_json(event.dump());
}

RecordedEvent recorded(const char* fields) {
  auto event = correcting(fields);
  REQUIRE(event.has_value());
  return decode_record(encode_record(event.value(), {}, {})).value();
}

const Value& corrected(const Correction& correction, const EventType& type, const char* name) {
  for (const CorrectedField& field : correction.fields)
    if (field.index == type.field(name)->index) return field.value;
  FAIL("not corrected: " << name);
  return correction.fields.front().value;
}

TEST_CASE("a correction gives values of the corrected event's fields", "[event][correction]") {
  const EventType& type = *find_event_type("ConcernReported");
  Correction read;
  {
    // The record may be gone when the values are used.
    auto result = read_correction(
        recorded(R"({"childId":"p-iris","receivedAt":"2019-01-21T08:30:00+01:00","violenceExposed":true,
                     "concernKinds":["violence","misuse"],"reporterUnitId":null})"),
        type);
    REQUIRE(result.has_value());
    read = std::move(result.value());
  }
  CHECK(read.fields.size() == 5);
  CHECK(corrected(read, type, "childId") == Value::of(std::string_view("p-iris")));
  CHECK(corrected(read, type, "receivedAt") == Value::of(parse_instant("2019-01-21T07:30:00Z").value()));
  CHECK(corrected(read, type, "violenceExposed") == Value::of(true));
  CHECK(corrected(read, type, "concernKinds").items().size() == 2);
  CHECK_FALSE(corrected(read, type, "reporterUnitId").present());
}

TEST_CASE("a correction may replace a list of rows", "[event][correction]") {
  const EventType& type = *find_event_type("MeetingHeld");
  auto read = read_correction(recorded(R"({"attended":[{"role":"child","personId":"p-elin"}]})"), type);
  REQUIRE(read.has_value());
  const Value& rows = corrected(read.value(), type, "attended");
  REQUIRE(rows.items().size() == 1);
  CHECK(rows.items()[0].items()[0] == Value::of(std::string_view("child")));
}

TEST_CASE("a correction that does not fit the corrected event is refused", "[event][correction]") {
  const EventType& type = *find_event_type("ConcernReported");
  struct Case {
    const char *fields, *place;
  };
  for (auto [fields, place] :
       {Case{R"({"heldAt":"2019-01-21T08:30:00+01:00"})", "data.correctedFields.heldAt"},
        Case{R"({"childId":null})", "data.correctedFields.childId"},
        Case{R"({"outcome":"open"})", "data.correctedFields.outcome"}}) {
    INFO(fields);
    auto read = read_correction(recorded(fields), type);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::invalid_argument);
    CHECK(read.error().field == place);
  }
}

TEST_CASE("what no event could mean is refused with the correction itself", "[event][correction]") {
  for (const char* fields :
       {R"({"mood":"good"})", R"({"childId":{"a":1}})", R"({"units":[["a"]]})", R"(["childId"])",
        R"({"a b":1})", R"("childId")", R"({"childId":"a b"})", R"({"violenceExposed":"yes"})",
        R"({"concernKinds":["noise"]})", R"({"decidedAt":"yesterday"})", R"({"outcome":"maybe"})",
        R"({"violenceExposed":null})"}) {
    INFO(fields);
    auto event = correcting(fields);
    REQUIRE_FALSE(event.has_value());
    CHECK(event.error().code == ErrorCode::invalid_argument);
    CHECK(event.error().field.starts_with("data.correctedFields"));
  }
  CHECK(correcting("{}").has_value());
}

}  // namespace
}  // namespace stafett::event
