#include "ledger/first_event.h"

#include <cstdio>

#include "stafett/crypto/random.h"

namespace stafett::ledger {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.append({'\\', c});
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

Result<event::NewEvent> first_event(std::string_view base_rules, Instant now) {
  event::EventId id = crypto::random_bytes<16>();
  id[6] = (id[6] & std::byte{0x0f}) | std::byte{0x40};  // RFC 9562, version 4
  id[8] = (id[8] & std::byte{0x3f}) | std::byte{0x80};
  // The summary of rules stays empty: this layer does not read rule sets, and the definition has them all.
  std::string data = R"({"ruleSetId":"base","inForceFrom":"1900-01-01","rules":[])";
  if (!base_rules.empty()) data += R"(,"definition":)" + quoted(base_rules);
  return event::parse_json(
      R"({"specversion":"1.0","id":")" + event::format_event_id(id) +
      R"(","type":"se.stafett.RuleSetAdopted","source":"stafett/centralAdministration",)" +
      R"("subject":"rules/base","time":")" + format_utc(now) +
      R"(","municipality":"0000","actor":"system","actorrole":"system","data":)" + data + "}}");
}

}  // namespace stafett::ledger
