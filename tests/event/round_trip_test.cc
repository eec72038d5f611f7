#include <capnp/message.h>
#include <capnp/serialize.h>

#include <catch2/catch.hpp>

#include "event/sample.h"
#include "stafett/event/encoding.h"
#include "stafett/schema/record.capnp.h"
#include "support/seed.h"

namespace stafett::event {
namespace {

using test::Fill;
using test::Json;

constexpr Fill fills[] = {Fill::required_only, Fill::every_field, Fill::some_fields};

NewEvent parsed(const Json& json) {
  auto result = parse_json(json.dump());
  INFO(json.dump());
  if (!result.has_value()) INFO(result.error().field << ": " << result.error().message);
  REQUIRE(result.has_value());
  return std::move(result.value());
}

Bytes stored(const NewEvent& event) {
  return encode_record(event, {Position(3), Version(1), instant_from_micros(1'552'381'200'000'000), "a"}, {});
}

// The library's own canonical form of the same message.
Bytes canonical_by_library(BytesView content) {
  auto words = test::words_of(content);
  kj::ArrayPtr<const capnp::word> segments[] = {
      {reinterpret_cast<const capnp::word*>(words.data()), words.size()}};
  capnp::SegmentArrayMessageReader message(segments);
  auto canonical = capnp::canonicalize(message.getRoot<schema::Event>());
  auto bytes = std::as_bytes(std::span(canonical.asBytes().begin(), canonical.asBytes().size()));
  return Bytes(bytes.begin(), bytes.end());
}

TEST_CASE("events of every type come back as they were sent", "[event]") {
  std::mt19937_64 random(support::seed());
  for (const EventType& type : event_types())
    for (Fill fill : fills) {
      Json sent = test::sample_event(type, fill, random);
      INFO(sent.dump());
      NewEvent event = parsed(sent);
      CHECK(event_types()[event.type].name == type.name);
      CHECK(event.stream == sent.at("subject"));
      auto decoded = decode_record(stored(event));
      REQUIRE(decoded.has_value());
      Json shown = Json::parse(to_json(decoded.value(), {event.personal, false}));
      for (const char* added : {"position", "streamversion", "recordedat", "appendedby"}) shown.erase(added);
      CHECK(test::same_json(shown, sent));
      // What is shown is shown in the contract's order: attributes first, data in the order of the schema.
      std::size_t last = 0;
      for (const auto& [name, value] : shown.at("data").items()) {
        if (name == "personal") continue;
        CHECK(type.field(name)->index >= last);
        last = type.field(name)->index;
      }
    }
}

TEST_CASE("equal events have equal bytes whatever the order of their members", "[event]") {
  std::mt19937_64 random(support::seed());
  for (const EventType& type : event_types()) {
    Json sent = test::sample_event(type, Fill::every_field, random);
    INFO(sent.dump());
    NewEvent a = parsed(sent), b = parsed(test::shuffled(sent, random));
    CHECK(a.content == b.content);
    CHECK(a.personal == b.personal);
  }
}

TEST_CASE("content is in the canonical form of Cap'n Proto", "[event]") {
  std::mt19937_64 random(support::seed());
  for (const EventType& type : event_types())
    for (Fill fill : fills) {
      Json sent = test::sample_event(type, fill, random);
      INFO(sent.dump());
      NewEvent event = parsed(sent);
      CHECK(to_hex(event.content) == to_hex(canonical_by_library(event.content)));
    }
}

TEST_CASE("an event that went over the wire is the same event", "[event][wire]") {
  std::mt19937_64 random(support::seed());
  for (const EventType& type : event_types())
    for (Fill fill : fills) {
      NewEvent event = parsed(test::sample_event(type, fill, random));
      capnp::MallocMessageBuilder message;
      to_wire(event, message.initRoot<schema::Event>());
      // Framed and read again, as on a socket.
      auto flat = capnp::messageToFlatArray(message);
      capnp::FlatArrayMessageReader reader(flat);
      auto received =
          from_wire(reader.getRoot<schema::Event>(), {ExpectedVersion::Kind::exactly, Version(4)});
      REQUIRE(received.has_value());
      CHECK(received.value().content == event.content);
      CHECK(received.value().personal == event.personal);
      CHECK(received.value().id == event.id);
      CHECK(received.value().stream == event.stream);
      CHECK(received.value().type == event.type);
      CHECK(received.value().occurred_at == event.occurred_at);
      CHECK(received.value().expected.version == Version(4));
    }
}

TEST_CASE("a record holds the event's content byte for byte", "[event][record]") {
  std::mt19937_64 random(support::seed());
  for (const EventType& type : event_types()) {
    NewEvent event = parsed(test::sample_event(type, Fill::some_fields, random));
    NewEvent other = event;
    other.content.back() ^= std::byte{1};
    Bytes sealed = to_bytes("sealed content of some length");
    Place place{Position(9), Version(2), instant_from_micros(5), "appender"};
    Bytes with = encode_record(event, place, sealed), without = encode_record(event, {}, {});
    for (const Bytes& record : {with, without}) {
      CHECK(same_content(record, event).value());
      CHECK_FALSE(same_content(record, other).value());
    }
    CHECK(sealed_personal(with).value() == sealed);
    CHECK(sealed_personal(without).value().empty());
    auto decoded = decode_record(with);
    REQUIRE(decoded.has_value());
    CHECK(decoded.value().position == Position(9));
    CHECK(decoded.value().version == Version(2));
    CHECK(decoded.value().recorded_at == instant_from_micros(5));
    CHECK(decoded.value().appended_by == "appender");
    CHECK(decode_record(without).value().appended_by.empty());
  }
}

TEST_CASE("a decoded event outlives the bytes it was read from", "[event][record]") {
  std::mt19937_64 random(support::seed());
  NewEvent event = parsed(test::sample_event(*find_event_type("MeetingCalled"), Fill::every_field, random));
  Bytes record = stored(event);
  RecordedEvent copy;
  {
    // One byte off, so that the words are not aligned.
    Bytes shifted(record.size() + 1);
    std::ranges::copy(record, shifted.begin() + 1);
    copy = decode_record(BytesView(shifted).subspan(1)).value();
    std::ranges::fill(shifted, std::byte{0xee});
  }
  CHECK(to_json(copy, {}) == to_json(decode_record(record).value(), {}));
}

TEST_CASE("personal content survives sealing's plain form", "[event]") {
  for (const Personal& personal :
       {Personal{}, Personal{{"name", "Elin Exempel"}}, Personal{{"a", ""}, {"b", "å\n"}}})
    CHECK(decode_personal(encode_personal(personal)).value() == personal);
  CHECK(decode_personal(to_bytes("12345678")).error().code == ErrorCode::corruption);
}

TEST_CASE("erased personal content is said to be erased", "[event]") {
  std::mt19937_64 random(support::seed());
  NewEvent event = parsed(test::sample_event(event_types()[0], Fill::every_field, random));
  RecordedEvent decoded = decode_record(stored(event)).value();
  Json erased = Json::parse(to_json(decoded, {std::nullopt, true}, {{"leafhash", "\"00\""}}));
  CHECK(erased.at("erased") == true);
  CHECK(erased.at("leafhash") == "00");
  CHECK_FALSE(erased.at("data").contains("personal"));
}

}  // namespace
}  // namespace stafett::event
