// A rule set, as somebody may write it.
#include "stafett/casework/rule_set.h"

using namespace stafett;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  auto parsed = casework::RuleSet::parse({reinterpret_cast<const char*>(data), size});
  return parsed ? static_cast<int>(parsed.value().rules.size() > 100000) : 0;
}
