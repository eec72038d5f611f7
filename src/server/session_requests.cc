#include <boost/asio/post.hpp>

#include "server/bundling.h"
#include "server/reading.h"
#include "server/session.h"
#include "server/stream.h"
#include "stafett/event/catalogue.h"

namespace stafett::server {
namespace asio = boost::asio;
namespace {

constexpr std::size_t request_overhead = 512;  // what a request costs beside its bytes

// A receipt or a frozen figure says what the ledger did: from anybody else it would be a lie.
Result<void> may_be_sent(const event::NewEvent& event) {
  static const auto erased = event::find_event_type("PersonalDataErased")->ordinal;
  static const auto frozen = event::find_event_type("StatisticsFrozen")->ordinal;
  if (event.type == erased)
    return fail(ErrorCode::forbidden, "only the ledger records an erasure: use erase", "type");
  if (event.type == frozen)
    return fail(ErrorCode::forbidden, "only the ledger freezes statistics: use indicators --freeze", "type");
  return ok();
}

}  // namespace

// One overload a kind of request: which answer is begun, and who makes it.
struct Session::Carrying {
  Session& session;
  Service& service;
  std::uint64_t id;
  std::size_t frame_size;

  void read(Parts parts) { session.give(id, std::move(parts), frame_size); }
  void ask(Parts parts, std::size_t bytes_to_make) {
    session.ask(id, std::move(parts), bytes_to_make, frame_size);
  }
  void ask(Parts parts) { ask(std::move(parts), service.questions.bytes_to_make(false)); }

  void operator()(wire::AppendRequest& r) { session.append(id, std::move(r), frame_size); }
  void operator()(wire::FollowRequest& r) { session.follow(id, r, frame_size); }
  void operator()(wire::CancelRequest& r) { session.cancel(id, r.target); }
  void operator()(wire::HistoryRequest& r) { read(history_parts(service.ledger, r, service.limits)); }
  void operator()(wire::ReadRequest& r) { read(read_parts(service.ledger, r, service.limits)); }
  void operator()(wire::HeadRequest&) {
    read([&ledger = service.ledger] { return head_part(ledger); });
  }
  void operator()(wire::HeadsRequest& r) { read(heads_parts(service.ledger, r, service.limits)); }
  void operator()(wire::CosignRequest& r) {
    read([&ledger = service.ledger, r] { return cosign_part(ledger, r); });
  }
  void operator()(wire::InclusionRequest& r) {
    read([&ledger = service.ledger, r] { return inclusion_part(ledger, r); });
  }
  void operator()(wire::ConsistencyRequest& r) {
    read([&ledger = service.ledger, r] { return consistency_part(ledger, r); });
  }
  void operator()(wire::BundleRequest& r) {
    ask(bundle_parts(service.ledger, service.casebook, r, service.limits), bundle_bytes_to_make);
  }
  void operator()(wire::CaseRequest& r) { ask(service.questions.parts(r)); }
  void operator()(wire::ObligationsRequest& r) {
    ask(service.questions.parts(r), service.questions.bytes_to_make(r));
  }
  void operator()(wire::IndicatorsRequest& r) {
    ask(service.questions.parts(r), service.questions.bytes_to_make(r));
  }
  void operator()(wire::CasesRequest& r) {
    ask(service.questions.parts(r), service.questions.bytes_to_make(r.household.empty()));
  }
  void operator()(wire::LateRequest& r) { ask(service.questions.parts(r)); }
  void operator()(wire::FrozenRequest& r) { ask(service.questions.parts(r)); }
  void operator()(wire::FreezeRequest& r) { ask(service.questions.parts(std::move(r), session.appender_)); }
  void operator()(wire::RulesRequest& r) { ask(service.questions.parts(r)); }
  void operator()(wire::ExplainRequest& r) { ask(service.questions.parts(r)); }
  void operator()(wire::WhatIfRequest& r) { ask(service.questions.parts(std::move(r), progress())); }
  void operator()(wire::AmendedRequest& r) { ask(service.questions.parts(r)); }
  void operator()(wire::ConsentsRequest& r) { ask(service.questions.parts(r)); }
  void operator()(wire::AdoptRequest& r) { ask(service.questions.parts(std::move(r), session.appender_)); }
  // Sends how far the work has come, from whichever thread.
  std::function<void(wire::ProgressAnswer)> progress() {
    return [self = session.weak_from_this(), request = id](wire::ProgressAnswer done) {
      auto there = self.lock();
      if (!there) return;
      auto executor = there->socket_.get_executor();
      asio::post(executor, [there = std::move(there), request, done] { there->answer(request, done, true); });
    };
  }
  void operator()(wire::RebuildRequest&) { ask(service.questions.rebuild_parts(progress())); }
  void operator()(wire::EraseRequest& r) { ask(service.upkeep.parts(std::move(r), session.appender_)); }
  void operator()(wire::StreamKeysRequest& r) { read(service.upkeep.parts(r, service.limits.part_bytes)); }
  void operator()(wire::VerifyRequest& r) { ask(service.upkeep.parts(r, progress())); }
};

void Session::carry_out(wire::Request request, std::size_t frame_size) {
  Carrying carrying{*this, service_, request.id, frame_size};
  std::visit(carrying, request.body);
}

// The ledger keeps the order in which appends are handed to it, and this strand hands them over in the order
// sent.
void Session::append(std::uint64_t id, wire::AppendRequest request, std::size_t frame_size) {
  for (std::size_t i = 0; i < request.events.size(); ++i) {
    auto checked = may_be_sent(request.events[i]);
    if (checked) checked = service_.casebook.check(request.events[i]);
    if (!checked) return answer(id, wire::Failure{std::move(checked.error()), i});
  }
  auto& budget = service_.requests(frame_size);
  std::size_t held = frame_size + request_overhead;
  if (!budget.take(held)) return refuse_for_lack_of_room(id);
  ++in_flight_;
  ++service_.appends_in_ledger;
  auto done = [self = shared_from_this(), &service = service_, &budget, id,
               held](ledger::AppendAnswer answer) mutable {
    budget.give_back(held);
    auto executor = self->socket_.get_executor();
    // The last hold on the session goes with the handler: it must not end on the ledger's thread.
    asio::post(executor, [self = std::move(self), id, answer = std::move(answer)]() mutable {
      self->appended(id, std::move(answer));
    });
    --service.appends_in_ledger;
  };
  service_.ledger.append(std::move(request.events), appender_, std::move(done));
}

void Session::appended(std::uint64_t id, ledger::AppendAnswer result) {
  if (result.refusal) {
    answer(id, wire::Failure{std::move(result.refusal->error), result.refusal->index});
  } else {
    wire::AppendedAnswer out;
    out.places.reserve(result.places.size());
    for (auto& p : result.places) out.places.push_back({p.position, p.version, p.recorded_at, p.duplicate});
    answer(id, std::move(out));
  }
  finish_request();
}

void Session::follow(std::uint64_t id, const wire::FollowRequest& request, std::size_t frame_size) {
  if (subscriptions_ >= service_.limits.subscriptions_max) {
    Error error{ErrorCode::too_large, "too many subscriptions on one connection", {}, {}};
    return answer(id, wire::Failure{std::move(error), {}});
  }
  auto stream =
      begin(id, follow_parts(service_.ledger, request, service_.limits), service_.readers, frame_size);
  if (!stream) return;
  stream->subscription = true;
  ++subscriptions_;
  proceed(std::move(stream));
}

void Session::cancel(std::uint64_t id, std::uint64_t target) {
  auto streams = streams_;
  for (auto& stream : streams) {
    if (!stream->subscription || stream->id != target) continue;
    stream->cancelled = true;
    if (stream->waiting) end_subscription(stream);
  }
  answer(id, wire::DoneAnswer{});
}

}  // namespace stafett::server
