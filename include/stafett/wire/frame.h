#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "stafett/core/bytes.h"
#include "stafett/core/result.h"

// Frames of the protocol: Cap'n Proto's standard stream framing, unpacked. A frame is a table (number of
// segments less one, then the size of each in words, 32 bits each, padded to 8 bytes), then the segments.
namespace stafett::wire {

inline constexpr std::size_t frame_size_max = 16u << 20;  // bytes, the table included
inline constexpr std::size_t frame_segments_max = 512;

// Cuts a stream of bytes into frames, wherever the pieces end. Pure: no I/O, no clock. Believes nothing:
// memory grows with the bytes that have arrived, not with what the table claims, and a claim over the limits
// is refused as soon as it can be read. After an error the stream is lost; do not feed it further.
class FrameReader {
 public:
  // Takes the next bytes of the stream. Errors: too_large (over frame_size_max or frame_segments_max),
  // invalid_argument (a frame with no room for a message).
  Result<void> feed(BytesView bytes);

  // The oldest complete frame, table included, aligned to words; none when there is none yet.
  std::optional<Bytes> next();

  // Whether a frame has begun and is not complete: its first byte is here, its last is not.
  bool inside_frame() const { return !frame_.empty(); }
  // How many frames have begun.
  std::uint64_t begun() const { return begun_; }
  // Bytes of memory held for the frame that is not complete: at most 4 KiB, or twice what has arrived of it.
  std::size_t footprint() const { return frame_.capacity(); }

 private:
  Result<void> read_table();

  Bytes frame_;             // of the frame that has begun
  std::size_t wanted_ = 0;  // its size as far as known: the count, then the table, then the whole
  bool table_read_ = false;
  std::uint64_t begun_ = 0;
  std::deque<Bytes> complete_;
};

}  // namespace stafett::wire
