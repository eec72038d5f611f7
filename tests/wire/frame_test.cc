#include "stafett/wire/frame.h"

#include <catch2/catch.hpp>
#include <random>

#include "stafett/wire/codec.h"
#include "support/seed.h"
#include "wire/samples.h"

using namespace stafett;
using wire::FrameReader;

namespace {

Bytes little_endian(std::initializer_list<std::uint32_t> numbers) {
  Bytes out;
  for (auto n : numbers)
    for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::byte>(n >> (8 * i)));
  return out;
}

// A frame with segments of these sizes in words, filled with a pattern.
Bytes frame_of(std::initializer_list<std::uint32_t> segments) {
  Bytes out = little_endian({static_cast<std::uint32_t>(segments.size() - 1)});
  std::size_t words = 0;
  for (auto s : segments) {
    auto size = little_endian({s});
    out.insert(out.end(), size.begin(), size.end());
    words += s;
  }
  if (out.size() % 8 != 0) out.resize(out.size() + 4);
  for (std::size_t i = 0; i < words * 8; ++i) out.push_back(static_cast<std::byte>(i * 7 + words));
  return out;
}

std::vector<Bytes> all(FrameReader& reader) {
  std::vector<Bytes> out;
  while (auto frame = reader.next()) out.push_back(std::move(*frame));
  return out;
}

}  // namespace

TEST_CASE("frames come out whole wherever the stream is cut in two", "[wire]") {
  std::vector<Bytes> frames{frame_of({1}), frame_of({2, 0, 3}), frame_of({5, 1})};
  Bytes stream;
  for (auto& f : frames) stream.insert(stream.end(), f.begin(), f.end());
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    FrameReader reader;
    REQUIRE(reader.feed(BytesView(stream).first(cut)));
    auto got = all(reader);
    REQUIRE(reader.feed(BytesView(stream).subspan(cut)));
    for (auto& f : all(reader)) got.push_back(std::move(f));
    REQUIRE(got == frames);
    REQUIRE_FALSE(reader.inside_frame());
    REQUIRE(reader.begun() == frames.size());
  }
}

TEST_CASE("frames come out whole when the stream comes byte by byte", "[wire]") {
  std::vector<Bytes> frames{frame_of({3, 4}), frame_of({1}), frame_of({1, 1, 1, 1})};
  FrameReader reader;
  std::vector<Bytes> got;
  for (auto& f : frames)
    for (std::size_t i = 0; i < f.size(); ++i) {
      REQUIRE(reader.feed(BytesView(f).subspan(i, 1)));
      REQUIRE(reader.inside_frame() == (i + 1 < f.size()));
      for (auto& whole : all(reader)) got.push_back(std::move(whole));
    }
  REQUIRE(got == frames);
}

TEST_CASE("a frame of more than 512 segments is refused when the count has been read", "[wire]") {
  FrameReader at_limit;
  REQUIRE(at_limit.feed(little_endian({511})));
  FrameReader reader;
  REQUIRE(reader.feed(BytesView(little_endian({512})).first(3)));
  auto fed = reader.feed(BytesView(little_endian({512})).last(1));
  REQUIRE_FALSE(fed);
  REQUIRE(fed.error().code == ErrorCode::too_large);
  FrameReader absurd;
  REQUIRE_FALSE(absurd.feed(little_endian({0xffffffff})));
}

TEST_CASE(
    "a frame of more than 16 MiB is refused when its table has been read, and nothing is allocated for it",
    "[wire]") {
  std::uint32_t words = (16u << 20) / 8 - 1;  // with the table of 8 bytes: exactly the limit
  FrameReader at_limit;
  REQUIRE(at_limit.feed(little_endian({0, words})));
  REQUIRE(at_limit.inside_frame());
  REQUIRE(at_limit.footprint() <= 4096);
  FrameReader over;
  auto fed = over.feed(little_endian({0, words + 1}));
  REQUIRE_FALSE(fed);
  REQUIRE(fed.error().code == ErrorCode::too_large);
  FrameReader in_sum;
  REQUIRE_FALSE(in_sum.feed(little_endian({3, words / 2, words / 2, words / 2, 0xffffffff, 0})));
}

TEST_CASE("memory for a frame grows with what arrives, not with what is claimed", "[wire]") {
  FrameReader reader;
  REQUIRE(reader.feed(little_endian({0, 2'000'000})));
  Bytes piece(1000);
  std::size_t arrived = 8;
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(reader.feed(piece));
    arrived += piece.size();
    REQUIRE(reader.footprint() <= std::max<std::size_t>(4096, 2 * arrived));
  }
}

TEST_CASE("a frame without room for a root pointer is refused", "[wire]") {
  FrameReader reader;
  auto fed = reader.feed(little_endian({0, 0}));
  REQUIRE_FALSE(fed);
  REQUIRE(fed.error().code == ErrorCode::invalid_argument);
}

TEST_CASE("random bytes never crash the frame reader, and what it gives can be refused", "[wire]") {
  std::mt19937_64 random(support::seed());
  for (int round = 0; round < 3000; ++round) {
    FrameReader reader;
    Bytes bytes(random() % 400);
    for (auto& b : bytes) b = static_cast<std::byte>(random() % (round % 2 == 0 ? 256 : 3));
    std::size_t at = 0;
    while (at < bytes.size()) {
      auto n = std::min<std::size_t>(bytes.size() - at, 1 + random() % 40);
      if (!reader.feed(BytesView(bytes).subspan(at, n))) break;
      at += n;
      while (auto frame = reader.next()) {
        wire::decode_request(*frame);
        (void)wire::decode_response(*frame).has_value();
      }
    }
  }
}
