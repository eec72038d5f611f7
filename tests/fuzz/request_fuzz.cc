// A peer's bytes: cut into frames, each read as a request and as a response; what is understood is encoded
// again.
#include "stafett/wire/codec.h"
#include "stafett/wire/frame.h"

using namespace stafett;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  wire::FrameReader reader;
  if (!reader.feed({reinterpret_cast<const std::byte*>(data), size})) return 0;
  while (auto frame = reader.next()) {
    auto request = wire::decode_request(*frame);
    if (auto* understood = std::get_if<wire::Request>(&request)) (void)wire::encode(*understood);
    (void)wire::decode_response(*frame);
  }
  return 0;
}
