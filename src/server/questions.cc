#include "server/questions.h"

#include <algorithm>

#include "server/convert.h"
#include "server/in_parts.h"
#include "server/progress.h"

namespace stafett::server {
namespace {

// Guesses, to wait for room before an answer is made: what it then holds is counted as it is. A ledger of
// whole cases gives lists of some 200 bytes an event, and while a list is made it is there twice for a
// moment, as the casebook gives it and as it is sent.
constexpr std::size_t small_answer_bytes = 256u << 10;
constexpr std::size_t answer_bytes_an_event = 512;

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

Parts Questions::parts(const wire::CaseRequest& request) {
  std::function<Result<wire::CaseAnswer>()> ask = [this, request]() -> Result<wire::CaseAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.case_of(request.case_id, when));
    return to_wire(std::move(answer));
  };
  return in_parts(std::move(ask), &wire::CaseAnswer::obligations, limits_.part_items);
}

Parts Questions::parts(const wire::ObligationsRequest& request) {
  std::function<Result<wire::ObligationsAnswer>()> ask = [this,
                                                          request]() -> Result<wire::ObligationsAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.obligations(from_wire(request), when));
    return to_wire(std::move(answer));
  };
  return in_parts(std::move(ask), &wire::ObligationsAnswer::obligations, limits_.part_items);
}

Parts Questions::parts(const wire::IndicatorsRequest& request) {
  if (request.counted) {
    std::function<Result<wire::CountedAnswer>()> ask = [this, request]() -> Result<wire::CountedAnswer> {
      STAFETT_TRY(auto when, as_of(request.as_of));
      STAFETT_TRY(auto answer, casebook_.counted(from_wire(request), when));
      return to_wire(std::move(answer));
    };
    return in_parts(std::move(ask), &wire::CountedAnswer::instances, limits_.part_items);
  }
  std::function<Result<wire::FiguresAnswer>()> ask = [this, request]() -> Result<wire::FiguresAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.indicators(from_wire(request), when));
    return to_wire(std::move(answer));
  };
  return in_parts(std::move(ask), &wire::FiguresAnswer::figures, limits_.part_items);
}

Parts Questions::parts(const wire::RulesRequest& request) {
  std::function<Result<wire::RulesAnswer>()> ask = [this, request]() -> Result<wire::RulesAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    STAFETT_TRY(auto answer, casebook_.rules(when));
    return to_wire(std::move(answer));
  };
  return in_parts(std::move(ask), &wire::RulesAnswer::rules, limits_.part_items);
}

Part Questions::append(event::NewEvent event, const std::string& appended_by) const {
  std::vector<event::NewEvent> events;
  events.push_back(std::move(event));
  auto answer = ledger_.append(std::move(events), appended_by);
  if (answer.refusal) return failed(std::move(answer.refusal->error));
  wire::AppendedAnswer out;
  for (auto& p : answer.places) out.places.push_back({p.position, p.version, p.recorded_at, p.duplicate});
  return whole(std::move(out));
}

// One a part: each may have thousands of lines.
Parts Questions::parts(const wire::FrozenRequest& request) {
  std::function<Result<wire::FrozenAnswer>()> ask = [this, request]() -> Result<wire::FrozenAnswer> {
    STAFETT_TRY(auto answer, casebook_.frozen(from_wire(request)));
    return to_wire(std::move(answer));
  };
  return in_parts(std::move(ask), &wire::FrozenAnswer::frozen, 1);
}

Parts Questions::parts(wire::FreezeRequest request, std::string appended_by) {
  return [this, request = std::move(request), appended_by = std::move(appended_by)]() -> Part {
    auto when = as_of(request.indicators.as_of);
    if (!when) return failed(std::move(when).error());
    auto event = casebook_.prepare_freeze(from_wire(request.indicators), request.unit, request.municipality,
                                          when.value());
    if (!event) return failed(std::move(event).error());
    return append(std::move(event).value(), appended_by);
  };
}

Parts Questions::parts(wire::AdoptRequest request, std::string appended_by) {
  return [this, request = std::move(request), appended_by = std::move(appended_by)]() -> Part {
    if (request.definition.size() > definition_bytes_max) return failed(too_large_a_rule_set());
    // One at a time, so that two who adopt the same do not both find it missing.
    std::lock_guard adopting(adopting_);
    auto already = casebook_.adopted_already(request.definition);
    if (!already) return failed(std::move(already).error());
    if (auto& there = already.value())
      return whole(wire::AppendedAnswer{{{there->position, there->version, there->recorded_at, true}}});
    auto event = casebook_.prepare_adoption(request.definition, clock_.now());
    if (!event) return failed(std::move(event).error());
    return append(std::move(event).value(), appended_by);
  };
}

Parts Questions::rebuild_parts(std::function<void(wire::ProgressAnswer)> progress) {
  return [this, progress = std::move(progress)]() -> Part {
    if (rebuilding_.exchange(true))
      return failed(
          {ErrorCode::unavailable, "another rebuild is running; ask again when it is done", {}, {}});
    auto report = casebook_.rebuild(now_and_then(progress));
    rebuilding_ = false;
    if (!report) return failed(std::move(report).error());
    auto& r = report.value();
    return whole(
        wire::RebuiltAnswer{r.same, r.events, r.events_per_s, std::move(r.difference), std::move(r.digest)});
  };
}

}  // namespace stafett::server
