// Bytes that claim to be a stored record.
#include "stafett/event/new_event.h"

using namespace stafett;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  BytesView record(reinterpret_cast<const std::byte*>(data), size);
  if (auto decoded = event::decode_record(record)) (void)event::to_json(decoded.value(), {});
  (void)event::sealed_personal(record);
  return 0;
}
