#include <capnp/message.h>
#include <capnp/serialize.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <functional>

#include "event/sample.h"
#include "stafett/event/correction.h"
#include "stafett/event/encoding.h"
#include "support/seed.h"

// Bytes that nobody of this house wrote: from a damaged disk, or from a hostile sender.
namespace stafett::event {
namespace {

using test::Fill;
using test::Json;

NewEvent sample(const char* type, Fill fill, std::mt19937_64& random) {
  return parse_json(test::sample_event(*find_event_type(type), fill, random).dump()).value();
}

NewEvent any_sample(std::mt19937_64& random) {
  const EventType& type = event_types()[random() % event_types().size()];
  return parse_json(test::sample_event(type, Fill::some_fields, random).dump()).value();
}

void mutate(std::span<std::byte> bytes, std::mt19937_64& random) {
  for (std::size_t n = 1 + random() % 4; n > 0; --n) {
    std::byte& b = bytes[random() % bytes.size()];
    switch (random() % 3) {
      case 0:
        b ^= std::byte(1u << random() % 8);
        break;
      case 1:
        b = std::byte(random());
        break;
      default:
        b = random() % 2 ? std::byte{0} : std::byte{0xff};
    }
  }
}

// Everything that is done with a stored record.
void read_in_every_way(BytesView record, const NewEvent& event) {
  auto decoded = decode_record(record);
  if (decoded.has_value()) {
    CHECK(Json::accept(to_json(decoded.value(), {})));
    if (decoded.value().event_type().name == "EventCorrected")
      (void)read_correction(decoded.value(), event_types()[0]);
  } else {
    CHECK(decoded.error().code == ErrorCode::corruption);
  }
  for (const auto& code :
       {sealed_personal(record).has_value() ? ErrorCode::corruption : sealed_personal(record).error().code,
        same_content(record, event).has_value() ? ErrorCode::corruption
                                                : same_content(record, event).error().code})
    CHECK(code == ErrorCode::corruption);
}

TEST_CASE("damaged records are read as far as they go or reported as corruption", "[event][hostile]") {
  std::mt19937_64 random(support::seed());
  for (int i = 0; i < 3000; ++i) {
    NewEvent event = any_sample(random);
    Place place{Position(random() % 1000), Version(0), instant_from_micros(1'552'381'200'000'000), "a"};
    Bytes record = encode_record(event, place, to_bytes("sealed"));
    mutate(record, random);
    read_in_every_way(record, event);
  }
}

TEST_CASE("a record that was cut off is reported, wherever it was cut", "[event][hostile]") {
  std::mt19937_64 random(support::seed());
  NewEvent event = sample("MeetingCalled", Fill::every_field, random);
  Bytes record = encode_record(event, {Position(1), Version(1), Instant(), "a"}, to_bytes("sealed"));
  for (std::size_t size = 0; size < record.size(); ++size) {
    INFO(size);
    auto decoded = decode_record(BytesView(record).first(size));
    // Without its last words the record may lack only what is optional to read; most cuts break its
    // structure.
    if (decoded.has_value()) FAIL("read a record of " << size << " of " << record.size() << " bytes");
    CHECK(decoded.error().code == ErrorCode::corruption);
  }
}

TEST_CASE("a record of another format is not guessed at", "[event][hostile]") {
  std::mt19937_64 random(support::seed());
  Bytes record = encode_record(any_sample(random), {}, {});
  record[8] = std::byte{2};
  CHECK(decode_record(record).error().code == ErrorCode::corruption);
  CHECK(sealed_personal(record).error().code == ErrorCode::corruption);
}

// A well-formed ChildHeard, then one thing done to it.
Result<NewEvent> received(const std::function<void(schema::Event::Builder)>& change) {
  std::mt19937_64 random(1);
  capnp::MallocMessageBuilder message;
  auto builder = message.initRoot<schema::Event>();
  to_wire(sample("ChildHeard", Fill::every_field, random), builder);
  change(builder);
  return from_wire(message.getRoot<schema::Event>().asReader(), {});
}

std::string refused_field(const std::function<void(schema::Event::Builder)>& change) {
  auto result = received(change);
  if (result.has_value()) return "accepted";
  CHECK(result.error().code == ErrorCode::invalid_argument);
  return result.error().field;
}

TEST_CASE("an event over the wire is checked like one in JSON", "[event][hostile][wire]") {
  CHECK(refused_field([](auto) {}) == "accepted");
  CHECK(refused_field([](auto e) { e.initId(15); }) == "id");
  CHECK(refused_field([](auto e) { e.disownId(); }) == "id");
  CHECK(refused_field([](auto e) { e.getData().setNone(); }) == "type");
  CHECK(refused_field([](auto e) { e.setSource("a b"); }) == "source");
  CHECK(refused_field([](auto e) { e.disownSubject(); }) == "subject");
  CHECK(refused_field([](auto e) { e.setSubject("person/p-1"); }) == "subject");
  CHECK(refused_field([](auto e) { e.setTime(INT64_MIN); }) == "time");
  CHECK(refused_field([](auto e) { e.setTime(INT64_MAX); }) == "time");
  CHECK(refused_field([](auto e) { e.setMunicipality("12345"); }) == "municipality");
  CHECK(refused_field([](auto e) { e.setActor(""); }) == "actor");
  CHECK(refused_field([](auto e) { e.setActorRole(static_cast<schema::Role>(99)); }) == "actorrole");
  CHECK(refused_field([](auto e) { e.setCausationId("å"); }) == "causationid");
  CHECK(refused_field([](auto e) { e.getData().getChildHeard().disownChildId(); }) == "data.childId");
  CHECK(refused_field([](auto e) { e.getData().getChildHeard().setChildId("a\n"); }) == "data.childId");
  CHECK(refused_field([](auto e) { e.getData().initChildHeard(); }) == "data.childId");
  CHECK(refused_field([](auto e) {
          e.getData().getChildHeard().setConversationKind(
              static_cast<schema::ChildHeard::ConversationKind>(4));
        }) == "data.conversationKind");
  CHECK(refused_field([](auto e) {
          e.getData().getChildHeard().setConversationKind(schema::ChildHeard::ConversationKind::UNSPECIFIED);
        }) == "data.conversationKind");
  CHECK(refused_field([](auto e) {
          e.getData().getChildHeard().setGuardianPresent(static_cast<schema::Flag>(3));
        }) == "data");
  CHECK(refused_field([](auto e) { e.getData().getChildHeard().setHeldAt(0x7000000000000000); }) ==
        "data.heldAt");
  CHECK(refused_field([](auto e) { e.getData().getChildHeard().setDurationMin(-2); }) == "data.durationMin");
  CHECK(refused_field([](auto e) { e.getData().getChildHeard().setDurationMin(1ll << 32); }) ==
        "data.durationMin");
  CHECK(refused_field([](auto e) {
          auto list = e.getData().initConcernReported().initConcernKinds(1);
          list.set(0, schema::ConcernReported::ConcernKind::UNSPECIFIED);
        }) == "data.reportId");
  CHECK(refused_field([](auto e) {
          auto personal = e.initPersonal(2);
          personal[0].setName("note");
          personal[1].setName("note");
        }) == "data.personal.note");
  CHECK(refused_field([](auto e) { e.initPersonal(65); }) == "data.personal");
  CHECK(refused_field([](auto e) { e.initPersonal(1)[0].setName("Elin Exempel"); }) == "data.personal");
  CHECK(refused_field([](auto e) {
          auto personal = e.initPersonal(1);
          personal[0].setName("note");
          personal[0].setValue("\xff");
        }) == "data.personal.note");
}

TEST_CASE("what a newer schema would add is refused rather than dropped", "[event][hostile][wire]") {
  std::mt19937_64 random(1);
  NewEvent event = sample("ChildHeard", Fill::required_only, random);
  for (bool in_data : {false, true}) {
    capnp::MallocMessageBuilder plain, wider;
    to_wire(event, plain.initRoot<schema::Event>());
    capnp::AnyStruct::Reader from = capnp::toAny(plain.getRoot<schema::Event>().asReader());
    capnp::AnyStruct::Builder to = wider.getRoot<capnp::AnyPointer>().initAsAnyStruct(
        static_cast<std::uint16_t>(from.getDataSection().size() / 8 + 1),
        static_cast<std::uint16_t>(from.getPointerSection().size() + 1));
    std::memcpy(to.getDataSection().begin(), from.getDataSection().begin(), from.getDataSection().size());
    for (capnp::uint i = 0; i < from.getPointerSection().size(); ++i)
      to.getPointerSection()[i].set(from.getPointerSection()[i]);
    auto reader = [&] { return wider.getRoot<schema::Event>().asReader(); };
    CHECK(from_wire(reader(), {}).has_value());  // room alone is no content
    if (in_data)
      to.getDataSection()[to.getDataSection().size() - 1] = 1;
    else
      to.getPointerSection()[to.getPointerSection().size() - 1].setAs<capnp::Text>("new");
    CHECK(from_wire(reader(), {}).error().code == ErrorCode::invalid_argument);
  }
}

TEST_CASE("lists that claim more items than their bytes could hold are refused", "[event][hostile][wire]") {
  auto with_empty_rows = [](capnp::uint count) {
    return refused_field([&](auto e) {
      e.setSubject("case/c-1");
      auto called = e.getData().initMeetingCalled();
      called.setMeetingId("m-1");
      called.setKind(schema::MeetingCalled::Kind::SIP);
      called.setPlannedAt(0);
      called.setPurpose("plan");
      called.initInvited(0);
      capnp::toAny(called).getPointerSection()[2].initAsListOfAnyStruct(0, 0, count);
    });
  };
  CHECK(with_empty_rows(0) == "accepted");
  CHECK(with_empty_rows(1) == "data.invited[0].role");
  CHECK(with_empty_rows(10001) == "data.invited");
  CHECK(with_empty_rows(1'000'000) == "data");
}

TEST_CASE("maps over the wire are spelled in one way", "[event][hostile][wire]") {
  auto sent = [](std::initializer_list<std::pair<const char*, const char*>> entries) {
    return received([&](auto e) {
      e.setSubject("case/c-1");
      auto correction = e.getData().initEventCorrected();
      correction.setCorrectsEventId("6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e01");
      correction.setReason(schema::EventCorrected::Reason::LATE);
      auto list = correction.initCorrectedFields(static_cast<capnp::uint>(entries.size()));
      capnp::uint i = 0;
      for (auto [name, json] : entries) {
        list[i].setName(name);
        list[i++].setJson(json);
      }
    });
  };
  auto plain = sent({{"childId", R"("p-1")"}, {"units", R"(["a","b"])"}});
  auto spaced = sent({{"units", R"( [ "a" , "b" ] )"}, {"childId", R"("p-\u0031")"}});
  REQUIRE(plain.has_value());
  REQUIRE(spaced.has_value());
  CHECK(plain.value().content == spaced.value().content);
  CHECK(sent({{"childId", "{"}}).error().field == "data.correctedFields.childId");
  CHECK(sent({{"childId", "1"}, {"childId", "1"}}).error().field == "data.correctedFields.childId");
  CHECK(sent({{"mood", "1"}}).error().field == "data.correctedFields.mood");
  CHECK(sent({{"", "1"}}).error().field == "data.correctedFields");
}

TEST_CASE("whatever a hostile sender's bytes are taken for is a well-formed event",
          "[event][hostile][wire]") {
  std::mt19937_64 random(support::seed());
  int accepted = 0;
  for (int i = 0; i < 3000; ++i) {
    capnp::MallocMessageBuilder message;
    to_wire(any_sample(random), message.initRoot<schema::Event>());
    auto flat = capnp::messageToFlatArray(message);
    auto bytes = std::as_writable_bytes(std::span(flat.begin(), flat.size())).subspan(8);
    mutate(bytes, random);
    auto receive = [&]() -> Result<NewEvent> {
      // As the wire layer does: the reader's own limits first.
      try {
        capnp::FlatArrayMessageReader reader(flat,
                                             {.traversalLimitInWords = 8 * flat.size(), .nestingLimit = 64});
        return from_wire(reader.getRoot<schema::Event>(), {});
      } catch (const kj::Exception&) {
        return fail(ErrorCode::invalid_argument, "not a message");
      }
    };
    auto event = receive();
    if (!event.has_value()) continue;
    ++accepted;
    auto decoded = decode_record(encode_record(event.value(), {}, {}));
    REQUIRE(decoded.has_value());
    Json shown = Json::parse(to_json(decoded.value(), {event.value().personal, false}));
    for (const char* added : {"position", "streamversion", "recordedat", "appendedby"}) shown.erase(added);
    auto again = parse_json(shown.dump());
    INFO(shown.dump());
    REQUIRE(again.has_value());
    CHECK(again.value().content == event.value().content);
  }
  CHECK(accepted > 0);
}

}  // namespace
}  // namespace stafett::event
