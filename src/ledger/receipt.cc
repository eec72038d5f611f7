#include "ledger/receipt.h"

#include <algorithm>

#include "stafett/core/calendar.h"
#include "stafett/crypto/random.h"

namespace stafett::ledger {
namespace {

// What a stream holds that matters to its erasure.
struct Holdings {
  std::uint64_t sealed = 0;
  std::optional<Position> erased_at;  // position of an earlier receipt
  std::string source, municipality;   // of its last event
};

Result<Holdings> look_through(const storage::Store& store, const std::string& stream) {
  constexpr std::size_t lot = 256;
  static const auto receipt = event::find_event_type("PersonalDataErased")->ordinal;
  Holdings out;
  Bytes last;
  for (Version from(0);;) {
    STAFETT_TRY(const auto positions, store.index().positions(stream, from, lot));
    if (positions.empty()) break;
    STAFETT_TRY(auto records, store.read_at(positions));
    for (const auto& [position, record] : records) {
      STAFETT_TRY(const auto outline, event::outline_record(record));
      if (outline.sealed) ++out.sealed;
      if (outline.type == receipt) out.erased_at = position;
    }
    last = std::move(records.back().second);
    from = Version(from.value + positions.size());
  }
  STAFETT_TRY(const auto event, event::decode_record(last));
  out.source = event.source;
  out.municipality = event.municipality;
  return out;
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

}  // namespace

Result<event::NewEvent> erasure_receipt(const storage::Store& store, const Vault& vault,
                                        const Erasure& erasure, Instant now) {
  const auto& stream = erasure.stream;
  if (!is_code(erasure.reason))
    return fail(ErrorCode::invalid_argument,
                "the reason is a code of 1 to 64 letters, digits, '.', '_' and '-', such as retentionEnded",
                "reason");
  if (stream.starts_with("rules/"))
    return fail(ErrorCode::forbidden, "a stream of rules is kept: what was judged rests on it", "stream");
  STAFETT_TRY(const auto last, store.index().last_version(stream));
  if (!last) return fail(ErrorCode::not_found, "there is no such stream", "stream");
  STAFETT_TRY(const auto holdings, look_through(store, stream));
  STAFETT_TRY(const auto key, vault.find(stream));
  if (key.erased && holdings.erased_at)
    return fail(ErrorCode::forbidden,
                "the personal content of this stream has been erased already; the receipt is at position " +
                    std::to_string(holdings.erased_at->value),
                "stream");
  if (holdings.sealed == 0)
    return fail(ErrorCode::not_found, "the stream holds no personal content", "stream");
  return event::parse_json(R"({"specversion":"1.0","id":")" + event::format_event_id(crypto::random_uuid()) +
                           R"(","type":"se.stafett.PersonalDataErased","source":")" + holdings.source +
                           R"(","subject":")" + stream + R"(","time":")" + format_local(now) +
                           R"(","municipality":")" + holdings.municipality + R"(","data":{"reason":")" +
                           erasure.reason + R"(","erasedAt":")" + format_local(now) + R"(","events":)" +
                           std::to_string(holdings.sealed) + "}}");
}

}  // namespace stafett::ledger
