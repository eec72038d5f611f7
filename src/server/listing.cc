#include <memory>

#include "server/convert.h"
#include "server/in_parts.h"
#include "server/questions.h"
#include "stafett/projection/late_events.h"

namespace stafett::server {
namespace {

wire::CaseSummary listed(casework::CaseSummary c) {
  auto count = [&](casework::State s) { return c.count[static_cast<std::size_t>(s)]; };
  wire::CaseSummary out;
  out.open = count(casework::State::open);
  out.fulfilled = count(casework::State::fulfilled);
  out.fulfilled_late = count(casework::State::fulfilled_late);
  out.overdue = count(casework::State::overdue);
  out.waived = count(casework::State::waived);
  out.breached = count(casework::State::breached);
  out.outcome = std::move(c.outcome);
  tell_case(std::move(c), out);
  return out;
}

wire::LateEvent listed(projection::LateEvent e) {
  return {e.position, std::move(e.stream), std::move(e.type), std::move(e.unit), std::move(e.actor_role),
          e.time,     e.recorded_at};
}

}  // namespace

Parts Questions::parts(const wire::CasesRequest& request) {
  std::function<Result<wire::CasesAnswer>()> ask = [this, request]() -> Result<wire::CasesAnswer> {
    STAFETT_TRY(auto when, as_of(request.as_of));
    projection::CaseFilter filter{unless_empty(request.household), unless_empty(request.unit),
                                  unless_empty(request.kind), unless_empty(request.status)};
    STAFETT_TRY(auto answer, casebook_.cases(filter, when));
    wire::CasesAnswer out{{}, to_wire(std::move(answer.basis))};
    out.cases.reserve(answer.value.size());
    for (auto& c : answer.value) out.cases.push_back(listed(std::move(c)));
    return out;
  };
  return in_parts(std::move(ask), &wire::CasesAnswer::cases, limits_.part_items);
}

// A scan in parts: no more is held than the part in the making.
Parts Questions::parts(const wire::LateRequest& request) {
  struct Scan {
    wire::LateRequest request;
    Instant at;
    std::optional<projection::LateEvents> events;
  };
  auto scan = std::make_shared<Scan>(Scan{request, request.as_of.at.value_or(clock_.now()), {}});
  return [this, scan]() -> Part {
    if (!scan->events) {
      auto& r = scan->request;
      if (auto when = as_of(r.as_of); !when) return failed(std::move(when).error());
      projection::LateFilter filter{r.hours, r.unit, r.from, r.to, r.as_of.at, r.as_of.known_at};
      scan->events.emplace(ledger_, std::move(filter));
    }
    auto found = scan->events->next(limits_.part_items);
    if (!found) return failed(std::move(found).error());
    wire::LateEventsAnswer out;
    for (auto& event : found.value()) out.events.push_back(listed(std::move(event)));
    out.basis = {scan->events->size(), {}, scan->at};
    return {std::move(out), scan->events->done() ? Part::Then::last : Part::Then::more, {}, 0};
  };
}

}  // namespace stafett::server
