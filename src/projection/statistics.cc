#include <algorithm>

#include "projection/casebook_state.h"
#include "stafett/casework/disclosure.h"
#include "stafett/crypto/random.h"

namespace stafett::projection {
namespace {

using casework::Judgement;

Result<void> known_threshold(std::uint32_t threshold) {
  constexpr std::uint32_t threshold_max = 1'000'000;
  if (threshold >= 1 && threshold <= threshold_max) return ok();
  return fail(ErrorCode::invalid_argument, "the threshold is from 1 to 1000000", "threshold");
}

Result<void> is_over(const casework::FigureQuery& query, Instant now) {
  if (start_of_day(query.to) <= std::min(query.at, now)) return ok();
  return fail(ErrorCode::invalid_argument,
              "the period is not over: it ends with " + format_date(add_days(query.to, -1)), "to");
}

}  // namespace

Result<std::vector<casework::Figure>> Casebook::State::figures(const casework::FigureQuery& asked,
                                                               const IndicatorQuery& query,
                                                               const Question& q) {
  STAFETT_TRY(known_threshold(query.threshold));
  if (query.publish) {
    STAFETT_TRY(casework::publishable(asked));
  }
  casework::FigureCount count(casework::widened(asked));
  STAFETT_TRY(each_judgement(q, [&](const Judgement& judgement) -> Result<void> {
    count.add(judgement);
    return ok();
  }));
  if (query.publish) return casework::published(count.figures(), asked, query.threshold);
  return casework::marked(count.figures(), asked, query.threshold);
}

Result<Answer<std::vector<casework::Figure>>> Casebook::indicators(const IndicatorQuery& query,
                                                                   const AsOf& as_of) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(as_of));
  STAFETT_TRY(auto compiled, s.compile(query, q));
  STAFETT_TRY(auto figures, s.figures(compiled, query, q));
  return Answer<std::vector<casework::Figure>>{q.basis(), std::move(figures)};
}

Result<Answer<std::vector<casework::Counted>>> Casebook::counted(const IndicatorQuery& query,
                                                                 const AsOf& as_of) {
  auto& s = *state_;
  if (query.publish)
    return fail(ErrorCode::invalid_argument,
                "the counted instances are case lists, not statistics to publish", "publish");
  STAFETT_TRY(auto q, s.ask(as_of));
  STAFETT_TRY(auto compiled, s.compile(query, q));
  Answer<std::vector<casework::Counted>> answer{q.basis(), {}};
  STAFETT_TRY(s.each_judgement(q, [&](const Judgement& judgement) -> Result<void> {
    for (auto& c : casework::counted(compiled, judgement)) {
      if (answer.value.size() == list_max) return fail(too_long());
      answer.value.push_back(std::move(c));
    }
    return ok();
  }));
  std::stable_sort(answer.value.begin(), answer.value.end(), [](auto& a, auto& b) {
    return std::tie(a.indicator, a.group, a.case_id, a.subject) <
           std::tie(b.indicator, b.group, b.case_id, b.subject);
  });
  return answer;
}

Result<event::NewEvent> Casebook::prepare_freeze(const IndicatorQuery& query, const std::string& unit,
                                                 const std::string& municipality, const AsOf& as_of) {
  auto& s = *state_;
  if (!query.from || !query.to)
    return fail(ErrorCode::invalid_argument, "the period to freeze is missing", "from");
  STAFETT_TRY(auto q, s.ask(as_of));
  // Figures of nothing, under what may be a slip of the pen.
  if (!s.fold.knows(municipality, q.known))
    return fail(ErrorCode::not_found, "nothing is recorded of a municipality \"" + municipality + "\"",
                "municipality");
  auto asked = query;
  asked.publish = true;
  asked.municipality = municipality;
  STAFETT_TRY(auto compiled, s.compile(asked, q));
  auto now = s.clock.now();
  STAFETT_TRY(is_over(compiled, now));
  STAFETT_TRY(auto figures, s.figures(compiled, asked, q));
  auto basis = q.basis();
  casework::FrozenFigures frozen{{compiled.from, compiled.to},
                                 basis.at,
                                 basis.size,
                                 basis.rule_set,
                                 query.threshold,
                                 std::move(figures)};
  return casework::freezing_event(frozen, unit, municipality, crypto::random_uuid(), now);
}

Result<std::vector<FrozenStatistics>> Casebook::frozen(const FrozenFilter& filter) {
  auto& s = *state_;
  STAFETT_TRY(auto q, s.ask(AsOf{}));
  STAFETT_TRY(auto records, s.ledger.read_at(s.fold.frozen()));
  std::vector<FrozenStatistics> out;
  for (auto& record : records) {
    STAFETT_TRY(auto event, event::decode_record(record.bytes));
    FrozenStatistics one{event.position, event.recorded_at, std::string(event.stream_id()),
                         std::string(event.municipality), casework::frozen_figures(event)};
    auto& period = one.figures.period;
    if ((filter.municipality && one.municipality != *filter.municipality) ||
        (filter.unit && one.unit != *filter.unit) || (filter.from && period.from < *filter.from) ||
        (filter.to && *filter.to < period.to))
      continue;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace stafett::projection
