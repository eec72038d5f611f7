// An event's JSON line, as anybody may send it: refused or accepted, and what is accepted goes through a
// record unchanged.
#include <cstdlib>

#include "stafett/event/new_event.h"

using namespace stafett;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  auto parsed = event::parse_json({reinterpret_cast<const char*>(data), size});
  if (!parsed) return 0;
  auto record = event::encode_record(parsed.value(), {}, {});
  auto decoded = event::decode_record(record);
  if (!decoded || !event::same_content(record, parsed.value()).value()) std::abort();
  auto shown = event::to_json(decoded.value(), {});
  return shown.empty();
}
