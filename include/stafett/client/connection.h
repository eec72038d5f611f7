#pragma once

#include <functional>
#include <memory>
#include <string>

#include "stafett/core/result.h"
#include "stafett/wire/messages.h"

// The protocol from the client's side, blocking. A server that cannot be reached, or whose connection is
// lost, is the error `unavailable` with the field "server"; what the server itself answers comes as it was
// said.
namespace stafett::client {

inline constexpr const char* server_field = "server";
// Whether the error says that the server could not be reached, or was lost.
inline bool lost(const Error& error) { return error.field == server_field; }

// One connection. Not for several threads at a time, except as AppendPipeline uses it. Movable.
class Connection {
 public:
  // "127.0.0.1:7411", "[::1]:7411" or a host name with a port. Errors: unavailable (lost), invalid_argument
  // for an address that is none.
  static Result<Connection> open(const std::string& server);
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  // Sends one request and hands out the parts of its answer, in order, until the last. An error of `each`
  // ends the call; then the connection is of no more use. An `error` from the server is returned as the error
  // of the call.
  Result<void> call(wire::RequestBody request, const std::function<Result<void>(wire::ResponseBody)>& each);

  // Calls with one answer. Parts are put together.
  Result<wire::HeadAnswer> head();
  Result<wire::CaseAnswer> case_of(wire::CaseRequest request);
  Result<wire::ObligationsAnswer> obligations(wire::ObligationsRequest request);
  Result<wire::FiguresAnswer> figures(wire::IndicatorsRequest request);
  Result<wire::CountedAnswer> counted(wire::IndicatorsRequest request);
  Result<wire::RulesAnswer> rules(wire::RulesRequest request);
  Result<wire::AppendedAnswer> adopt(wire::AdoptRequest request);
  Result<wire::RebuiltAnswer> rebuild(const std::function<void(wire::ProgressAnswer)>& progress);
  Result<wire::ProofAnswer> inclusion(wire::InclusionRequest request);
  Result<wire::ProofAnswer> consistency(wire::ConsistencyRequest request);

  Result<wire::ExplanationsAnswer> explain(wire::ExplainRequest request);
  Result<wire::RuleChangesAnswer> what_if(wire::WhatIfRequest request,
                                          const std::function<void(wire::ProgressAnswer)>& progress);
  Result<wire::CasesAnswer> cases(wire::CasesRequest request);
  Result<wire::LateEventsAnswer> late(wire::LateRequest request);
  Result<wire::AmendmentsAnswer> amended(wire::AmendedRequest request);
  Result<wire::AppendedAnswer> freeze(wire::FreezeRequest request);
  Result<wire::FrozenAnswer> frozen(wire::FrozenRequest request);
  Result<wire::ConsentsAnswer> consents(wire::ConsentsRequest request);
  Result<wire::NotesAnswer> heads(wire::HeadsRequest request);
  Result<wire::HeadAnswer> cosign(wire::CosignRequest request);
  Result<void> bundle(wire::BundleRequest request, const std::function<Result<void>(Bytes)>& each);
  Result<wire::VerifiedAnswer> verify(const std::function<void(wire::ProgressAnswer)>& progress);
  Result<wire::AppendedAnswer> erase(wire::EraseRequest request);
  Result<wire::KeysAnswer> stream_keys();

  // Events one by one, of `history`, `read` or `follow`.
  Result<void> events(wire::RequestBody request, const std::function<Result<void>(wire::StoredEvent)>& each);

 private:
  friend class AppendPipeline;
  struct State;
  explicit Connection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace stafett::client
