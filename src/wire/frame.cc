#include "stafett/wire/frame.h"

#include <algorithm>
#include <cstring>

namespace stafett::wire {
namespace {

constexpr std::size_t word = 8;
constexpr std::size_t first_allocation = 4096;

std::uint32_t little_endian_32(const std::byte* at) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = value << 8 | std::to_integer<std::uint32_t>(at[i]);
  return value;
}

// The table's size in bytes for that many segments, padding included.
std::size_t table_size(std::size_t segments) { return (4 + 4 * segments + word - 1) / word * word; }

}  // namespace

Result<void> FrameReader::read_table() {
  std::size_t segments = std::size_t{little_endian_32(frame_.data())} + 1;
  if (segments > frame_segments_max) return fail(ErrorCode::too_large, "a frame with more than 512 segments");
  wanted_ = table_size(segments);
  if (frame_.size() < wanted_) return ok();
  std::size_t size = wanted_;
  for (std::size_t i = 0; i < segments; ++i) {
    size += word * std::size_t{little_endian_32(frame_.data() + 4 + 4 * i)};
    if (size > frame_size_max) return fail(ErrorCode::too_large, "a frame of more than 16 MiB");
  }
  if (little_endian_32(frame_.data() + 4) == 0)
    return fail(ErrorCode::invalid_argument, "a frame without a root pointer");
  wanted_ = size;
  table_read_ = true;
  return ok();
}

Result<void> FrameReader::feed(BytesView bytes) {
  while (!bytes.empty()) {
    if (frame_.empty()) {
      wanted_ = 4;
      table_read_ = false;
      ++begun_;
    }
    std::size_t taken = std::min(bytes.size(), wanted_ - frame_.size());
    std::size_t needed = frame_.size() + taken;
    if (needed > frame_.capacity()) {
      std::size_t grown =
          std::max({needed, std::min(wanted_, first_allocation), std::min(wanted_, needed * 2)});
      frame_.reserve(grown);
    }
    frame_.insert(frame_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(taken));
    bytes = bytes.subspan(taken);
    if (frame_.size() < wanted_) continue;
    // The count or the table is complete: reading it says how much more to expect.
    if (!table_read_) {
      STAFETT_TRY(read_table());
    }
    if (table_read_ && frame_.size() == wanted_) {
      complete_.push_back(std::move(frame_));
      frame_ = Bytes();
    }
  }
  return ok();
}

std::optional<Bytes> FrameReader::next() {
  if (complete_.empty()) return std::nullopt;
  Bytes frame = std::move(complete_.front());
  complete_.pop_front();
  return frame;
}

}  // namespace stafett::wire
