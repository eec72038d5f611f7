#include "server/reading.h"

#include <algorithm>
#include <memory>

#include "stafett/event/recorded_event.h"

namespace stafett::server {
namespace {

constexpr std::size_t records_at_once = 1024;

Result<wire::StoredEvent> shown(const ledger::Ledger& ledger, ledger::StoredRecord record) {
  STAFETT_TRY(auto personal, ledger.unseal(record.bytes));
  return wire::StoredEvent{std::move(record.bytes), std::move(personal)};
}

// The records as they are sent, their personal content unsealed. Errors: as Ledger::unseal.
Result<wire::EventsAnswer> shown(const ledger::Ledger& ledger, std::vector<ledger::StoredRecord> records) {
  wire::EventsAnswer out;
  out.events.reserve(records.size());
  for (auto& record : records) {
    STAFETT_TRY(auto event, shown(ledger, std::move(record)));
    out.events.push_back(std::move(event));
  }
  out.size = TreeSize(ledger.next_position().value);
  return out;
}

}  // namespace

Parts read_parts(const ledger::Ledger& ledger, const wire::ReadRequest& request, const Limits& limits) {
  std::uint64_t end = ledger.next_position().value;
  std::uint64_t from = std::min(request.from.value, end);
  if (request.limit) end = from + std::min(*request.limit, end - from);
  return [&ledger, bytes = limits.part_bytes, from, end]() mutable -> Part {
    std::vector<ledger::StoredRecord> records;
    if (from < end) {
      auto read = ledger.read(Position(from), std::min<std::uint64_t>(end - from, records_at_once), bytes);
      if (!read) return failed(std::move(read).error());
      records = std::move(read).value();
      if (records.empty())
        return failed({ErrorCode::corruption, "an acknowledged event is missing from the ledger", {}, {}});
    }
    from += records.size();
    auto events = shown(ledger, std::move(records));
    if (!events) return failed(std::move(events).error());
    return {std::move(events).value(), from < end ? Part::Then::more : Part::Then::last, {}, 0};
  };
}

Parts follow_parts(const ledger::Ledger& ledger, const wire::FollowRequest& request, const Limits& limits) {
  return [&ledger, bytes = limits.part_bytes, from = request.from.value]() mutable -> Part {
    std::uint64_t end = ledger.next_position().value;
    if (from >= end) return {wire::DoneAnswer{}, Part::Then::wait, Position(from), 0};
    auto read = ledger.read(Position(from), std::min<std::uint64_t>(end - from, records_at_once), bytes);
    if (!read) return failed(std::move(read).error());
    if (read.value().empty())
      return failed({ErrorCode::corruption, "an acknowledged event is missing from the ledger", {}, {}});
    from += read.value().size();
    auto events = shown(ledger, std::move(read).value());
    if (!events) return failed(std::move(events).error());
    return {std::move(events).value(), Part::Then::more, {}, 0};
  };
}

Parts history_parts(const ledger::Ledger& ledger, const wire::HistoryRequest& request, const Limits& limits) {
  struct Reading {
    wire::HistoryRequest request;
    std::optional<std::uint64_t> end;  // first version that is not wanted; unknown before the first part
  };
  auto reading = std::make_shared<Reading>(Reading{request, {}});
  return [&ledger, bytes = limits.part_bytes, reading]() -> Part {
    auto& from = reading->request.from;
    if (!reading->end) {
      auto last = ledger.last_version(reading->request.stream);
      if (!last) return failed(std::move(last).error());
      if (!last.value()) return failed({ErrorCode::not_found, "there is no such stream", "stream", {}});
      reading->end = last.value()->value + 1;
    }
    std::vector<ledger::StoredRecord> records;
    if (from.value < *reading->end) {
      auto limit = std::min<std::uint64_t>(*reading->end - from.value, records_at_once);
      auto read = ledger.read_stream(reading->request.stream, from, limit, bytes);
      if (!read) return failed(std::move(read).error());
      records = std::move(read).value();
      if (records.empty())
        return failed({ErrorCode::corruption, "an acknowledged event is missing from its stream", {}, {}});
    }
    from = Version(from.value + records.size());
    if (auto known_at = reading->request.known_at) {
      // Recording times never decrease: what follows the first event recorded later was recorded later too.
      for (std::size_t i = 0; i < records.size(); ++i) {
        auto event = event::decode_record(records[i].bytes);
        if (!event) return failed(std::move(event).error());
        if (event.value().recorded_at <= *known_at) continue;
        records.resize(i);
        reading->end = from.value;
        break;
      }
    }
    auto events = shown(ledger, std::move(records));
    if (!events) return failed(std::move(events).error());
    return {
        std::move(events).value(), from.value < *reading->end ? Part::Then::more : Part::Then::last, {}, 0};
  };
}

namespace {

Part head_answered(const ledger::Ledger& ledger, Result<ledger::SignedTreeHead> head) {
  if (!head) return failed(std::move(head).error());
  auto key = ledger.note_key();
  if (!key) return failed(std::move(key).error());
  auto& [checkpoint, note] = head.value();
  return whole(wire::HeadAnswer{checkpoint.size, checkpoint.root, std::move(note), key.value().to_text(),
                                std::move(checkpoint.origin), checkpoint.streams});
}

}  // namespace

Part head_part(ledger::Ledger& ledger) { return head_answered(ledger, ledger.signed_head()); }

Part cosign_part(ledger::Ledger& ledger, const wire::CosignRequest& request) {
  return head_answered(ledger, ledger.cosign(request.note));
}

Parts heads_parts(const ledger::Ledger& ledger, const wire::HeadsRequest& request, const Limits& limits) {
  return [&ledger, items = limits.part_items, bytes = limits.part_bytes, from = request.from,
          left = request.limit.value_or(~std::uint64_t{0})]() mutable -> Part {
    auto heads = ledger.signed_heads(from, std::min<std::uint64_t>(items, left));
    if (!heads) return failed(std::move(heads).error());
    wire::NotesAnswer answer;
    std::size_t taken = 0;
    for (auto& head : heads.value()) {
      if (taken > 0 && taken + head.note.size() > bytes) break;
      taken += head.note.size();
      from = head.checkpoint.size.next();
      answer.notes.push_back(std::move(head.note));
    }
    left -= answer.notes.size();
    const bool more = !answer.notes.empty() && left > 0;
    return {std::move(answer), more ? Part::Then::more : Part::Then::last, {}, 0};
  };
}

Part inclusion_part(const ledger::Ledger& ledger, const wire::InclusionRequest& request) {
  auto size = request.size.value_or(TreeSize(ledger.next_position().value));
  auto hashes = ledger.inclusion_proof(request.position, size);
  if (!hashes) return failed(std::move(hashes).error());
  return whole(wire::ProofAnswer{std::move(hashes).value(), size});
}

Part consistency_part(const ledger::Ledger& ledger, const wire::ConsistencyRequest& request) {
  auto hashes = ledger.consistency_proof(request.older, request.newer);
  if (!hashes) return failed(std::move(hashes).error());
  return whole(wire::ProofAnswer{std::move(hashes).value(), request.newer});
}

}  // namespace stafett::server
