#include "stafett/client/connection.h"

#include "client/link.h"
#include "client/whole.h"
#include "stafett/wire/codec.h"

namespace stafett::client {
Result<Connection> Connection::open(const std::string& server) {
  STAFETT_TRY(auto socket, Socket::connect(server));
  return Connection(std::make_unique<State>(std::move(socket)));
}

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<void> Connection::call(wire::RequestBody request,
                              const std::function<Result<void>(wire::ResponseBody)>& each) {
  auto id = ++state_->last_id;
  STAFETT_TRY(auto frame, wire::encode(wire::Request{id, std::move(request)}));
  // A send may fail because the server has closed, having said why: that is worth hearing.
  auto sent = state_->link.send(frame);
  for (;;) {
    auto received = state_->link.receive();
    if (!received) return fail(sent ? std::move(received).error() : std::move(sent).error());
    auto& response = received.value();
    if (response.id != id) continue;
    if (auto* failure = std::get_if<wire::Failure>(&response.body)) return fail(std::move(failure->error));
    STAFETT_TRY(each(std::move(response.body)));
    if (!response.more) return ok();
  }
}

Result<wire::HeadAnswer> Connection::head() { return whole<wire::HeadAnswer>(*this, wire::HeadRequest{}); }

Result<wire::CaseAnswer> Connection::case_of(wire::CaseRequest request) {
  return whole<wire::CaseAnswer>(*this, std::move(request),
                                 [](auto& all, auto& part) { join(all.obligations, part.obligations); });
}

Result<wire::ObligationsAnswer> Connection::obligations(wire::ObligationsRequest request) {
  return whole<wire::ObligationsAnswer>(
      *this, std::move(request), [](auto& all, auto& part) { join(all.obligations, part.obligations); });
}

Result<wire::FiguresAnswer> Connection::figures(wire::IndicatorsRequest request) {
  request.counted = false;
  return whole<wire::FiguresAnswer>(*this, std::move(request),
                                    [](auto& all, auto& part) { join(all.figures, part.figures); });
}

Result<wire::CountedAnswer> Connection::counted(wire::IndicatorsRequest request) {
  request.counted = true;
  return whole<wire::CountedAnswer>(*this, std::move(request),
                                    [](auto& all, auto& part) { join(all.instances, part.instances); });
}

Result<wire::RulesAnswer> Connection::rules(wire::RulesRequest request) {
  return whole<wire::RulesAnswer>(*this, std::move(request),
                                  [](auto& all, auto& part) { join(all.rules, part.rules); });
}

Result<wire::AppendedAnswer> Connection::adopt(wire::AdoptRequest request) {
  return whole<wire::AppendedAnswer>(*this, std::move(request));
}

Result<wire::RebuiltAnswer> Connection::rebuild(const std::function<void(wire::ProgressAnswer)>& progress) {
  return whole<wire::RebuiltAnswer>(*this, wire::RebuildRequest{}, progress);
}

Result<wire::ProofAnswer> Connection::inclusion(wire::InclusionRequest request) {
  return whole<wire::ProofAnswer>(*this, request);
}

Result<wire::ProofAnswer> Connection::consistency(wire::ConsistencyRequest request) {
  return whole<wire::ProofAnswer>(*this, request);
}

Result<void> Connection::events(wire::RequestBody request,
                                const std::function<Result<void>(wire::StoredEvent)>& each) {
  return call(std::move(request), [&](wire::ResponseBody body) -> Result<void> {
    auto* part = std::get_if<wire::EventsAnswer>(&body);
    if (!part) return fail(unexpected());
    for (auto& event : part->events) {
      STAFETT_TRY(each(std::move(event)));
    }
    return ok();
  });
}

}  // namespace stafett::client
