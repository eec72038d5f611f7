#include "server/upkeep.h"

#include <chrono>

#include "stafett/ledger/verify.h"

namespace stafett::server {
namespace {

constexpr auto progress_interval = std::chrono::milliseconds(250);
constexpr std::size_t problems_max = 1000;

}  // namespace

Parts Upkeep::parts(const wire::VerifyRequest&, std::function<void(wire::ProgressAnswer)> progress) {
  return [this, progress = std::move(progress)]() -> Part {
    if (verifying_.exchange(true))
      return failed(
          {ErrorCode::unavailable, "another verification is running; ask again when it is done", {}, {}});
    auto verified = verify(progress);
    verifying_ = false;
    if (!verified) return failed(std::move(verified).error());
    return whole(std::move(verified).value());
  };
}

Result<wire::VerifiedAnswer> Upkeep::verify(const std::function<void(wire::ProgressAnswer)>& progress) {
  auto said = std::chrono::steady_clock::now();
  // Half of the way is the ledger's, half the casebook's.
  auto say = [&](std::uint64_t half, std::uint64_t done, std::uint64_t total) {
    const auto now = std::chrono::steady_clock::now();
    if (now - said < progress_interval) return;
    said = now;
    progress({half * total / 2 + done / 2, total});
  };
  ledger::VerifyOptions options;
  options.problems_max = problems_max;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    say(0, done, total);
    return !stopping_;
  };
  STAFETT_TRY(auto verified, ledger_.verify(options));
  wire::VerifiedAnswer out;
  out.events = verified.head.size.value;
  out.events_per_second = verified.events_per_s;
  out.problems_found = verified.problems_found;
  out.head.size = verified.head.size;
  out.head.root = verified.head.root;
  for (auto& p : verified.problems)
    out.problems.push_back({std::move(p.where), std::move(p.what), p.position});
  auto rebuilt = casebook_.rebuild([&](std::uint64_t done, std::uint64_t total) { say(1, done, total); });
  std::string difference;
  if (rebuilt)
    difference = std::move(rebuilt.value().difference);
  else if (rebuilt.error().code == ErrorCode::corruption)
    difference = std::move(rebuilt.error().message);
  else
    return fail(std::move(rebuilt.error()));
  if (!difference.empty()) {
    ++out.problems_found;
    if (out.problems.size() < problems_max) out.problems.push_back({"projection", std::move(difference), {}});
  }
  out.same = out.problems_found == 0;
  return out;
}

Parts Upkeep::parts(wire::EraseRequest request, std::string appended_by) {
  return [this, request = std::move(request), appended_by = std::move(appended_by)]() -> Part {
    projection::AsOf now;
    const auto next = ledger_.next_position();
    if (next.value > 0) now.at_least = Position(next.value - 1);
    auto open = casebook_.open_cases(request.stream, now);
    if (!open) return failed(std::move(open).error());
    if (!open.value().value.empty())
      return failed({ErrorCode::forbidden,
                     "the case " + open.value().value.front() +
                         " is open: its personal content is needed until it is closed",
                     "stream",
                     {}});
    auto answer = ledger_.erase(request.stream, request.reason, appended_by);
    if (answer.refusal) return failed(std::move(answer.refusal->error));
    wire::AppendedAnswer out;
    for (auto& p : answer.places) out.places.push_back({p.position, p.version, p.recorded_at, p.duplicate});
    return whole(std::move(out));
  };
}

Parts Upkeep::parts(const wire::StreamKeysRequest&, std::size_t part_bytes) {
  constexpr std::size_t key_bytes = 256;  // about, as sent
  return [this, limit = part_bytes / key_bytes, after = std::optional<std::string>()]() mutable -> Part {
    auto keys = ledger_.wrapped_keys(after, limit);
    if (!keys) return failed(std::move(keys).error());
    wire::KeysAnswer out;
    const bool last = keys.value().size() < limit;
    if (!last) after = keys.value().back().stream;
    for (auto& [stream, value] : keys.value()) out.keys.push_back({std::move(stream), std::move(value)});
    return {std::move(out), last ? Part::Then::last : Part::Then::more, {}, 0};
  };
}

}  // namespace stafett::server
