#include "server/questions.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <optional>

#include "server/convert.h"
#include "server/weight.h"

namespace stafett::server {
namespace {

constexpr std::size_t definition_bytes_max = 2u << 20;
// Guesses, to wait for room before an answer is made: what it then holds is counted as it is. A ledger of
// whole cases gives lists of some 200 bytes an event, and while a list is made it is there twice for a
// moment, as the casebook gives it and as it is sent.
constexpr std::size_t small_answer_bytes = 256u << 10;
constexpr std::size_t answer_bytes_an_event = 512;
constexpr auto progress_interval = std::chrono::milliseconds(250);

}  // namespace

Result<projection::AsOf> Questions::as_of(const wire::AsOf& asked) const {
  auto out = from_wire(asked);
  auto next = ledger_.next_position();
  if (!out.at_least) {
    if (next.value > 0) out.at_least = Position(next.value - 1);
  } else if (*out.at_least >= next) {
    return fail(ErrorCode::invalid_argument,
                "position " + std::to_string(out.at_least->value) + " is not in the ledger: it has " +
                    std::to_string(next.value) + " events",
                "atLeast");
  }
  return out;
}

std::size_t Questions::bytes_to_make(bool of_all_cases) const {
  if (!of_all_cases) return small_answer_bytes;
  return small_answer_bytes + ledger_.next_position().value * answer_bytes_an_event;
}

std::size_t Questions::bytes_to_make(const wire::ObligationsRequest& request) const {
  return bytes_to_make(request.case_id.empty());
}

std::size_t Questions::bytes_to_make(const wire::IndicatorsRequest& request) const {
  return bytes_to_make(request.counted);
}

// Asks once, at the first part, and hands the items out a part at a time; everything else is repeated in
// each.
template <class Answer, class Item>
Parts Questions::list(std::function<Result<Answer>()> ask, std::vector<Item> Answer::*items) const {
  struct Held {
    std::function<Result<Answer>()> ask;
    std::optional<Answer> rest;  // without the items
    std::vector<Item> items;
    std::size_t given = 0;
    std::size_t bytes = 0;  // of all items
  };
  auto held = std::make_shared<Held>();
  held->ask = std::move(ask);
  return [held, items, count_max = limits_.part_items]() -> Part {
    if (!held->rest) {
      auto answer = held->ask();
      if (!answer) return failed(std::move(answer).error());
      held->rest = std::move(answer).value();
      held->items = std::move((*held->rest).*items);
      ((*held->rest).*items).clear();
      held->bytes = weight(held->items);
    }
    auto count = std::min(count_max, held->items.size() - held->given);
    auto begin = held->items.begin() + static_cast<std::ptrdiff_t>(held->given);
    auto end = begin + static_cast<std::ptrdiff_t>(count);
    Answer part = *held->rest;
    (part.*items).assign(std::make_move_iterator(begin), std::make_move_iterator(end));
    held->given += count;
    if (held->given == held->items.size()) return whole(std::move(part));
    return {std::move(part), Part::Then::more, {}, held->bytes};
  };
}

Parts Questions::parts(const wire::CaseRequest& request) {
  std::function<Result<wire::CaseAnswer>()> ask = [this, request]() -> Result<wire::CaseAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.case_of(request.case_id, when));
    return to_wire(std::move(answer));
  };
  return list(std::move(ask), &wire::CaseAnswer::obligations);
}

Parts Questions::parts(const wire::ObligationsRequest& request) {
  std::function<Result<wire::ObligationsAnswer>()> ask = [this,
                                                          request]() -> Result<wire::ObligationsAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.obligations(from_wire(request), when));
    return to_wire(std::move(answer));
  };
  return list(std::move(ask), &wire::ObligationsAnswer::obligations);
}

Parts Questions::parts(const wire::IndicatorsRequest& request) {
  if (request.counted) {
    std::function<Result<wire::CountedAnswer>()> ask = [this, request]() -> Result<wire::CountedAnswer> {
      STAFETT_TRY(auto when, as_of(request.as_of));
      STAFETT_TRY(auto answer, casebook_.counted(from_wire(request), when));
      return to_wire(std::move(answer));
    };
    return list(std::move(ask), &wire::CountedAnswer::instances);
  }
  std::function<Result<wire::FiguresAnswer>()> ask = [this, request]() -> Result<wire::FiguresAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.indicators(from_wire(request), when));
    return to_wire(std::move(answer));
  };
  return list(std::move(ask), &wire::FiguresAnswer::figures);
}

Parts Questions::parts(const wire::RulesRequest& request) {
  std::function<Result<wire::RulesAnswer>()> ask = [this, request]() -> Result<wire::RulesAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.rules(when));
    return to_wire(std::move(answer));
  };
  return list(std::move(ask), &wire::RulesAnswer::rules);
}

Parts Questions::parts(wire::AdoptRequest request, std::string appended_by) {
  return [this, request = std::move(request), appended_by = std::move(appended_by)]() -> Part {
    if (request.definition.size() > definition_bytes_max)
      return failed({ErrorCode::too_large, "a rule set of more than 2 MiB", {}, {}});
    auto event = casebook_.prepare_adoption(request.definition, clock_.now());
    if (!event) return failed(std::move(event).error());
    std::vector<event::NewEvent> events;
    events.push_back(std::move(event).value());
    auto answer = ledger_.append(std::move(events), appended_by);
    if (answer.refusal) return failed(std::move(answer.refusal->error));
    wire::AppendedAnswer out;
    for (auto& p : answer.places) out.places.push_back({p.position, p.version, p.recorded_at, p.duplicate});
    return whole(std::move(out));
  };
}

Parts Questions::rebuild_parts(std::function<void(wire::ProgressAnswer)> progress) {
  return [this, progress = std::move(progress)]() -> Part {
    if (rebuilding_.exchange(true))
      return failed(
          {ErrorCode::unavailable, "another rebuild is running; ask again when it is done", {}, {}});
    auto said = std::chrono::steady_clock::now();
    auto report = casebook_.rebuild([&](std::uint64_t done, std::uint64_t total) {
      auto now = std::chrono::steady_clock::now();
      if (now - said < progress_interval) return;
      said = now;
      progress({done, total});
    });
    rebuilding_ = false;
    if (!report) return failed(std::move(report).error());
    auto& r = report.value();
    return whole(
        wire::RebuiltAnswer{r.same, r.events, r.events_per_s, std::move(r.difference), std::move(r.digest)});
  };
}

}  // namespace stafett::server
