#include "client/whole.h"

// Calls to the read model and the evidence beyond the main ones.
namespace stafett::client {

Result<wire::ExplanationsAnswer> Connection::explain(wire::ExplainRequest request) {
  return whole<wire::ExplanationsAnswer>(
      *this, std::move(request), [](auto& all, auto& part) { join(all.explanations, part.explanations); });
}

Result<wire::RuleChangesAnswer> Connection::what_if(
    wire::WhatIfRequest request, const std::function<void(wire::ProgressAnswer)>& progress) {
  return whole<wire::RuleChangesAnswer>(
      *this, std::move(request), [](auto& all, auto& part) { join(all.obligations, part.obligations); },
      progress);
}

Result<wire::CasesAnswer> Connection::cases(wire::CasesRequest request) {
  return whole<wire::CasesAnswer>(*this, std::move(request),
                                  [](auto& all, auto& part) { join(all.cases, part.cases); });
}

Result<wire::LateEventsAnswer> Connection::late(wire::LateRequest request) {
  return whole<wire::LateEventsAnswer>(*this, std::move(request),
                                       [](auto& all, auto& part) { join(all.events, part.events); });
}

Result<wire::AmendmentsAnswer> Connection::amended(wire::AmendedRequest request) {
  return whole<wire::AmendmentsAnswer>(*this, std::move(request),
                                       [](auto& all, auto& part) { join(all.amendments, part.amendments); });
}

Result<wire::AppendedAnswer> Connection::freeze(wire::FreezeRequest request) {
  return whole<wire::AppendedAnswer>(*this, std::move(request));
}

Result<wire::FrozenAnswer> Connection::frozen(wire::FrozenRequest request) {
  return whole<wire::FrozenAnswer>(*this, std::move(request),
                                   [](auto& all, auto& part) { join(all.frozen, part.frozen); });
}

Result<wire::ConsentsAnswer> Connection::consents(wire::ConsentsRequest request) {
  return whole<wire::ConsentsAnswer>(*this, std::move(request));
}

Result<wire::NotesAnswer> Connection::heads(wire::HeadsRequest request) {
  return whole<wire::NotesAnswer>(*this, request, [](auto& all, auto& part) { join(all.notes, part.notes); });
}

Result<wire::HeadAnswer> Connection::cosign(wire::CosignRequest request) {
  return whole<wire::HeadAnswer>(*this, std::move(request));
}

Result<void> Connection::bundle(wire::BundleRequest request, const std::function<Result<void>(Bytes)>& each) {
  return call(std::move(request), [&](wire::ResponseBody body) -> Result<void> {
    auto* part = std::get_if<wire::FileAnswer>(&body);
    if (!part) return fail(unexpected());
    return each(std::move(part->bytes));
  });
}

Result<wire::VerifiedAnswer> Connection::verify(const std::function<void(wire::ProgressAnswer)>& progress) {
  return whole<wire::VerifiedAnswer>(*this, wire::VerifyRequest{}, progress);
}

Result<wire::AppendedAnswer> Connection::erase(wire::EraseRequest request) {
  return whole<wire::AppendedAnswer>(*this, std::move(request));
}

Result<wire::KeysAnswer> Connection::stream_keys() {
  return whole<wire::KeysAnswer>(*this, wire::StreamKeysRequest{},
                                 [](auto& all, auto& part) { join(all.keys, part.keys); });
}

}  // namespace stafett::client
