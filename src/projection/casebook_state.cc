#include "projection/casebook_state.h"

#include <algorithm>

namespace stafett::projection {
namespace {

using casework::Judgement;

constexpr std::size_t catch_up_batch = 4096;

Error stopping() { return {ErrorCode::unavailable, "the server is stopping", {}, {}}; }

}  // namespace

Error too_long() {
  return {ErrorCode::too_large,
          "more than " + std::to_string(list_max) +
              " lines: narrow the question (case, unit, rule, state, period)",
          {},
          {}};
}

Result<void> Casebook::State::take_in(const event::RecordedEvent& event) {
  std::unique_lock lock(folding);
  auto governed = fold.dossiers().governance().size();
  STAFETT_TRY(auto touched, fold.apply(event));
  for (auto id : touched) cache.drop(id);
  if (fold.dossiers().governance().size() != governed) cache.clear();
  return ok();
}

void Casebook::State::follow() {
  while (!stopped) {
    Position from(checkpoint.load()), to = ledger.next_position();
    if (from >= to) {
      std::unique_lock lock(waiting);
      moved.wait(lock, [&] { return stopped || ledger.next_position() > from; });
      continue;
    }
    to = std::min(to, Position(from.value + catch_up_batch));
    auto taken = ledger.scan(from, to, [&](Position, BytesView bytes) -> Result<void> {
      if (stopped) return fail(stopping());
      STAFETT_TRY(auto event, event::decode_record(bytes));
      return take_in(event);
    });
    std::lock_guard lock(waiting);
    if (!taken) {
      if (!stopped) failure = taken.error();
      moved.notify_all();
      return;
    }
    checkpoint = to.value;
    moved.notify_all();
  }
}

Result<void> Casebook::State::catch_up(const AsOf& as_of) {
  auto wanted = ledger.next_position();
  if (as_of.at_least && *as_of.at_least >= wanted)
    return fail(ErrorCode::invalid_argument, "the ledger has not reached that position", "atLeast");
  std::unique_lock lock(waiting);
  moved.wait(lock, [&] { return stopped || failure || checkpoint.load() >= wanted.value; });
  if (failure) return fail(*failure);
  if (stopped) return fail(stopping());
  return ok();
}

Result<Casebook::State::Question> Casebook::State::ask(const AsOf& as_of) {
  STAFETT_TRY(catch_up(as_of));
  Question q;
  q.sharing = Sharing(folding);
  q.at = as_of.at.value_or(clock.now());
  q.known = fold.checkpoint();
  q.live = !as_of.known_at;
  if (as_of.known_at) {
    STAFETT_TRY(auto known, recorded_by(ledger, *as_of.known_at, q.known));
    q.known = known;
  }
  // The set that a ledger begins with is in force for all times (domain.md 8.2 no. 9), also before it was
  // recorded.
  q.book = fold.book(std::max(q.known, Position(1)));
  return q;
}

Result<Dossier> Casebook::State::read(Id id, const Question& q) {
  return read_dossier(ledger, fold.dossiers(), id, q.known);
}

Result<std::shared_ptr<const Judgement>> Casebook::State::judgement_of(Id id, const Question& q,
                                                                       const Dossier* dossier) {
  if (stopped) return fail(stopping());
  if (q.live)
    if (auto at_hand = cache.find(id, q.at, *q.book)) return at_hand;
  Dossier read_now;
  if (!dossier) {
    STAFETT_TRY(read_now, read(id, q));
    dossier = &read_now;
  }
  STAFETT_TRY(auto judged, judge_dossier(*dossier, *q.book, q.at, stopped));
  auto judgement = std::make_shared<const Judgement>(std::move(judged));
  // It tells of the present: keep it.
  if (q.live && judgement->horizon > clock.now()) cache.keep(id, q.at, judgement, q.book);
  return judgement;
}

Result<casework::FigureQuery> Casebook::State::compile(const IndicatorQuery& query, const Question& q) {
  casework::FigureQuery out;
  auto year = static_cast<int>(civil(local_date(q.at)).year());
  out.at = q.at;
  out.from = query.from.value_or(make_date(year, 1, 1));
  out.to = query.to.value_or(make_date(year + 1, 1, 1));
  if (out.to < out.from) return fail(ErrorCode::invalid_argument, "the period ends before it begins", "to");
  for (auto& name : query.by) {
    if (q.book->has_split(name)) {
      out.splits.push_back(name);
      continue;
    }
    auto d = casework::dimension_from(name);
    if (!d) return fail(ErrorCode::invalid_argument, "there is no dimension \"" + name + "\"", "by");
    out.by.push_back(*d);
  }
  if (!query.split.empty()) {
    auto split = split_from(query.split);
    if (!split)
      return fail(ErrorCode::invalid_argument, "time is not divided by \"" + query.split + "\"", "split");
    out.period_split = *split;
  }
  out.municipality = query.municipality.value_or("");
  auto known = q.book->indicator_ids();
  for (auto& id : known) out.all.push_back(q.book->indicator(id));
  for (auto& id : query.ids.empty() ? known : query.ids) {
    auto* indicator = q.book->indicator(id);
    if (!indicator) return fail(ErrorCode::not_found, "there is no indicator \"" + id + "\"", "indicator");
    out.indicators.push_back(indicator);
  }
  return out;
}

}  // namespace stafett::projection
