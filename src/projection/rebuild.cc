#include "projection/rebuild.h"

#include <chrono>

#include "projection/reader.h"
#include "stafett/casework/judgement_bytes.h"
#include "stafett/crypto/sha256.h"

namespace stafett::projection {
namespace {

std::string positions_text(std::span<const Position> positions) {
  std::string out;
  for (auto p : positions) out += std::to_string(p.value) + ' ';
  return out;
}

}  // namespace

Result<RebuildReport> rebuild_and_compare(const ledger::Ledger& ledger, const LiveState& live, Instant at,
                                          const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                                          const std::atomic<bool>& stopped) {
  auto begin = std::chrono::steady_clock::now();
  Fold fold;
  std::uint64_t total = live.checkpoint.value, judged = 0;
  auto interrupted = [&]() -> Result<void> {
    if (stopped) return fail(ErrorCode::unavailable, "the server is stopping");
    return ok();
  };
  STAFETT_TRY(ledger.scan(Position(0), live.checkpoint, [&](Position p, BytesView bytes) -> Result<void> {
    STAFETT_TRY(auto event, event::decode_record(bytes));
    auto applied = fold.apply(event);
    if (!applied) return fail(applied.error());
    if (p.value % 8192 == 0) {
      if (progress) progress(p.value / 2, total);
      return interrupted();
    }
    return ok();
  }));
  RebuildReport report;
  report.events = total;
  report.same = true;
  auto differ = [&](std::string what) {
    if (report.same) report.difference = std::move(what);
    report.same = false;
  };
  auto book = fold.book(live.checkpoint);
  if (book->name() != live.book->name())
    differ("rule sets: rebuilt " + book->name() + ", live " + live.book->name());
  auto& index = fold.dossiers();
  auto rebuilt = index.all(), followed = live.dossiers.all();
  if (rebuilt.size() != followed.size())
    differ("dossiers: rebuilt " + std::to_string(rebuilt.size()) + ", live " +
           std::to_string(followed.size()));
  std::string digest_input;
  for (std::size_t i = 0; i < rebuilt.size(); ++i) {
    auto id = rebuilt[i];
    auto own = positions_text(index.own(id)), visiting = positions_text(index.visiting(id));
    auto name = "the dossier that begins at position " + std::to_string(index.first(id).value);
    bool has_live = i < followed.size();
    auto live_id = has_live ? followed[i] : casework::DossierIndex::Id{};
    if (has_live && (positions_text(live.dossiers.own(live_id)) != own ||
                     positions_text(live.dossiers.visiting(live_id)) != visiting))
      differ(name + " holds other events");
    STAFETT_TRY(auto dossier, read_dossier(ledger, index, id, live.checkpoint));
    STAFETT_TRY(auto judgement, judge_dossier(dossier, *book, at, stopped));
    auto bytes = casework::to_bytes(judgement);
    if (has_live)
      if (auto at_hand = live.judgements.find(live_id); at_hand != live.judgements.end())
        if (casework::to_bytes(*at_hand->second) != bytes) differ(name + " is judged differently");
    digest_input += own + '/' + visiting + '/';
    auto hash = crypto::sha256(as_bytes(bytes));
    digest_input += to_hex(hash);
    judged += index.own(id).size();
    if (i % 64 == 0) {
      if (progress) progress(total / 2 + judged / 2, total);
      STAFETT_TRY(interrupted());
    }
  }
  if (progress) progress(total, total);
  report.digest = to_hex(crypto::sha256(as_bytes(digest_input)));
  auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  report.events_per_s = seconds > 0 ? static_cast<double>(total) / seconds : 0;
  return report;
}

}  // namespace stafett::projection
