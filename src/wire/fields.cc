#include "wire/fields.h"

#include <cstring>

namespace stafett::wire {
namespace {

constexpr std::uint64_t reads_of_a_word = 4;

void put_little_endian_32(std::byte* at, std::size_t value) {
  for (int i = 0; i < 4; ++i) at[i] = static_cast<std::byte>(value >> (8 * i));
}

}  // namespace

Result<Bytes> to_frame(capnp::MessageBuilder& message) {
  auto segments = message.getSegmentsForOutput();
  std::size_t size = (4 + 4 * segments.size() + 7) / 8 * 8;
  std::size_t at = size;
  for (auto segment : segments) size += segment.size() * sizeof(capnp::word);
  if (size > frame_size_max) return fail(ErrorCode::too_large, "a message of more than 16 MiB");
  if (segments.size() > frame_segments_max)
    return fail(ErrorCode::too_large, "a message of more than 512 segments");
  Bytes frame(size);
  put_little_endian_32(frame.data(), segments.size() - 1);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    put_little_endian_32(frame.data() + 4 + 4 * i, segments[i].size());
    auto bytes = segments[i].asBytes();
    std::memcpy(frame.data() + at, bytes.begin(), bytes.size());
    at += bytes.size();
  }
  return frame;
}

capnp::ReaderOptions reader_options(BytesView frame) {
  capnp::ReaderOptions options;
  options.traversalLimitInWords = reads_of_a_word * (frame.size() / sizeof(capnp::word)) + 64;
  options.nestingLimit = 32;
  return options;
}

}  // namespace stafett::wire
