#include "stafett/wire/codec.h"

#include <catch2/catch.hpp>
#include <random>

#include "support/seed.h"
#include "wire/samples.h"

using namespace stafett;
using namespace stafett::wire;

TEST_CASE("every kind of request comes back from its frame with every field", "[wire]") {
  for (auto& request : samples::requests()) {
    auto frame = encode(request);
    REQUIRE(frame);
    auto decoded = decode_request(frame.value());
    REQUIRE(std::holds_alternative<Request>(decoded));
    auto& back = std::get<Request>(decoded);
    CHECK(back.id == request.id);
    CHECK(back.body.index() == request.body.index());
    // Equal bytes from what came back: nothing was lost on the way.
    CHECK(encode(back).value() == frame.value());
  }
}

TEST_CASE("every kind of response comes back from its frame with every field", "[wire]") {
  for (auto& response : samples::responses()) {
    auto frame = encode(response);
    REQUIRE(frame);
    auto back = decode_response(frame.value());
    REQUIRE(back);
    CHECK(back.value().id == response.id);
    CHECK(back.value().more == response.more);
    CHECK(back.value().body.index() == response.body.index());
    CHECK(encode(back.value()).value() == frame.value());
  }
}

TEST_CASE("an append carries expected versions and personal content", "[wire]") {
  auto decoded = decode_request(encode(samples::requests().at(1)).value());
  auto& events = std::get<AppendRequest>(std::get<Request>(decoded).body).events;
  REQUIRE(events.size() == 3);
  CHECK(events[0].expected.kind == event::ExpectedVersion::Kind::any);
  CHECK(events[1].expected.kind == event::ExpectedVersion::Kind::exactly);
  CHECK(events[1].expected.version == Version(3));
  CHECK(events[1].personal == event::Personal{{"note", "med egna ord"}});
  CHECK(events[2].expected.kind == event::ExpectedVersion::Kind::no_stream);
  CHECK(events[0].content == samples::event("6f1c1a52-6d0e-4f5e-9d6b-0b6a5a0c0e01").content);
}

TEST_CASE("what is absent stays absent", "[wire]") {
  auto decoded = decode_request(encode(Request{1, CaseRequest{"c-elin", {}}}).value());
  auto& asked = std::get<CaseRequest>(std::get<Request>(decoded).body);
  CHECK_FALSE(asked.as_of.at);
  CHECK_FALSE(asked.as_of.known_at);
  CHECK_FALSE(asked.as_of.at_least);
  auto figures = decode_response(encode(Response{1, false, FiguresAnswer{{Figure()}, {}}}).value());
  auto& figure = std::get<FiguresAnswer>(figures.value().body).figures.at(0);
  CHECK_FALSE(figure.numerator);
  CHECK_FALSE(figure.denominator);
  CHECK_FALSE(figure.value);
}

TEST_CASE("an append without events is refused, and the connection may go on", "[wire]") {
  auto decoded = decode_request(encode(Request{7, AppendRequest{}}).value());
  REQUIRE(std::holds_alternative<Rejected>(decoded));
  auto& rejected = std::get<Rejected>(decoded);
  CHECK(rejected.id == 7);
  CHECK(rejected.understood);
  CHECK(rejected.failure.error.code == ErrorCode::invalid_argument);
}

TEST_CASE("a message over 16 MiB is not made", "[wire]") {
  auto frame = encode(Request{1, AdoptRequest{std::string(17u << 20, 'x')}});
  REQUIRE_FALSE(frame);
  CHECK(frame.error().code == ErrorCode::too_large);
}

TEST_CASE("a kind of request that does not exist is refused with its id", "[wire]") {
  auto frame = encode(Request{0x1122334455, HeadRequest{}}).value();
  // The discriminant follows the id in the data section: word 0 is the table, 1 the root pointer, 2 the id, 3
  // this.
  frame.at(3 * 8) = std::byte{200};
  auto decoded = decode_request(frame);
  REQUIRE(std::holds_alternative<Rejected>(decoded));
  auto& rejected = std::get<Rejected>(decoded);
  CHECK(rejected.id == 0x1122334455);
  CHECK_FALSE(rejected.understood);
}

TEST_CASE("pointers into the same bytes cannot pretend to be far more than was sent", "[wire]") {
  // A list of 300 texts that all are the same one: 300 pointers rewritten to the first target.
  IndicatorsRequest request;
  request.ids.assign(300, std::string(40'000, 'I'));
  auto frame = encode(Request{1, request}).value();
  auto decoded = decode_request(frame);
  REQUIRE(std::holds_alternative<Request>(decoded));

  std::size_t word = 8;
  auto read = [&](std::size_t at) {
    std::uint64_t v = 0;
    std::memcpy(&v, frame.data() + at * word, word);
    return v;
  };
  // Find the list's pointers: list pointers (tag 1) to bytes (size 2) of 40 001 elements.
  std::vector<std::size_t> places;
  for (std::size_t at = 2; at * word < frame.size(); ++at)
    if ((read(at) & 3) == 1 && (read(at) >> 32) == ((std::uint64_t{40'001} << 3) | 2)) places.push_back(at);
  REQUIRE(places.size() == 300);
  // A short message: the first text only, and all pointers to it.
  auto target = places[0] + 1 + ((read(places[0]) & 0xffffffff) >> 2);
  for (auto at : places) {
    std::uint64_t pointer =
        (std::uint64_t{40'001} << 35) | (std::uint64_t{2} << 32) | ((target - at - 1) << 2) | 1;
    std::memcpy(frame.data() + at * word, &pointer, word);
  }
  frame.resize((target + 40'008 / word) * word);
  std::uint32_t words = static_cast<std::uint32_t>(frame.size() / word - 1);
  std::memcpy(frame.data() + 4, &words, 4);
  CHECK(std::holds_alternative<Rejected>(decode_request(frame)));
}

TEST_CASE("mutated frames are decoded or refused, and never crash", "[wire]") {
  std::mt19937_64 random(support::seed());
  std::vector<Bytes> frames;
  for (auto& request : samples::requests()) frames.push_back(encode(request).value());
  for (auto& response : samples::responses()) frames.push_back(encode(response).value());
  std::size_t refused = 0;
  for (int round = 0; round < 30'000; ++round) {
    Bytes frame = frames[random() % frames.size()];
    for (auto flips = 1 + random() % 4; flips > 0; --flips) {
      // The table has been checked by the frame reader before anything is decoded: only what follows is
      // hostile here.
      auto at = 8 + random() % (frame.size() - 8);
      if (random() % 2 == 0)
        frame[at] ^= static_cast<std::byte>(1 << (random() % 8));
      else
        frame[at] = static_cast<std::byte>(random());
    }
    if (std::holds_alternative<Rejected>(decode_request(frame))) ++refused;
    (void)decode_response(frame).has_value();
  }
  CHECK(refused > 0);
}
